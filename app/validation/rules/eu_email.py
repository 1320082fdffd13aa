"""An electronic address on an offer is one that works: an e-mail address with its domain."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.eu import complete, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("eu.maker_email", "eu.person_email")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    for path in PATHS:
        address = subject.text(path)
        if address and not _ADDRESS.fullmatch(address):
            yield Hit(path, {"value": shorten(address)})


RULE = Rule(
    code="eu-email",
    severity="blocks",
    message=Words("{value}: 전자우편 주소의 꼴이 아닙니다.", "{value} is not an e-mail address."),
    remedy=Words("보기처럼 쓰세요: safety@company.com.", "Write it like safety@company.com."),
    source="GPSR (EU) 2023/988 art. 19 (electronic address)",
    reads=("sold_in", *PATHS),
    check=check,
    passes=(complete(),),
    fails=(
        Example({"sold_in": ["eu"], "eu.maker_email": "safety at hanbit"}),
        Example({"sold_in": ["eu"], "eu.person_email": "rep@berlin"}),
    ),
)
