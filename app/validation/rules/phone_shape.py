"""A telephone number is one that can be called in Korea: area or service code and 7 to 8 digits.

Coupang companyContactNumber: 2 to 4, 3 to 4 and 4 digits.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_KOREAN = re.compile(
    r"(?:\+82[-. ]?|0)(?:2|[3-6][1-5]|1[016789]|[5-8]0|50[2-8])[-. )]?\d{3,4}[-. ]?\d{4}"
    r"|1[568]\d{2}[-. ]?\d{4}"
)


def check(subject: Subject) -> Iterator[Hit]:
    phone = subject.text("shipping.return_phone")
    if phone and not _KOREAN.fullmatch(phone):
        yield Hit("shipping.return_phone", {"value": shorten(phone)})


RULE = Rule(
    code="phone-shape",
    severity="blocks",
    message=Words("{value}: 전화번호의 꼴이 아닙니다.", "{value} is not a telephone number."),
    remedy=Words(
        "지역번호부터 쓰세요. 보기: 02-1234-5678.", "Start with the area code: 02-1234-5678."
    ),
    source="Coupang companyContactNumber",
    reads=("shipping.return_phone",),
    check=check,
    passes=(
        Example({"shipping.return_phone": "010-1234-5678"}),
        Example({"shipping.return_phone": "0212345678"}),
        Example({"shipping.return_phone": "1588-1234"}),
        Example({"shipping.return_phone": "070-1234-5678"}),
        Example({"shipping.return_phone": "+82-2-1234-5678"}),
    ),
    fails=(
        Example({"shipping.return_phone": "1234-5678"}),
        Example({"shipping.return_phone": "전화 주세요"}),
    ),
)
