"""`See the page` is no answer: the notice is read on its own.

The notice asks for the facts themselves; Coupang refuses 상세페이지 참조.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_ELSEWHERE = re.compile(
    r"(상세\s*(페이지|설명|정보|이미지)|본문|하단|별도)\s*(에\s*)?(참조|참고|표기|표시)"
    r"|(see|refer to)\s+(the\s+)?(page|description|detail)",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Hit]:
    for line in subject.notice.fields if subject.notice else ():
        path = f"notice.fields.{line.code}"
        if _ELSEWHERE.search(subject.text(path)):
            yield Hit(path, {"value": shorten(subject.text(path))})


RULE = Rule(
    code="notice-see-page",
    severity="limits",
    weight=10,
    message=Words("{value}: 내용이 아닙니다.", "{value} is not an answer."),
    remedy=Words("내용을 여기에 직접 쓰세요.", "Write the facts here."),
    source="상품 등의 정보제공에 관한 고시; Coupang 2024-10-31",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.material": "면 100%, 안감 없음"}),),
    fails=(
        Example({"notice.fields.material": "상세페이지 참조"}),
        Example({"notice.fields.size": "See the page"}),
    ),
)
