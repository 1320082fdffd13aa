"""An attribute answered with `상세페이지 참조` or `-` is not answered (Coupang, since
2024-10-31).
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.placeholders import points_elsewhere
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_NOTHING = re.compile(r"[\W_]+|[ㄱ-ㅎㅏ-ㅣ]+|test|테스트|asdf|null", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Hit]:
    for attribute in subject.category.attributes:
        path = f"attributes.{attribute.code}"
        text = subject.text(path) if attribute.type == "text" else ""
        if text and (_NOTHING.fullmatch(text) or points_elsewhere(text)):
            yield Hit(path, {"value": shorten(text)})


RULE = Rule(
    code="attribute-placeholder",
    severity="limits",
    weight=6,
    message=Words("{value}: 답이 아닙니다.", "{value} is not an answer."),
    remedy=Words(
        "값을 쓰고, 해당이 없는 선택 항목이면 비우세요.",
        "Write the value; leave an optional one empty if it does not apply.",
    ),
    source="Coupang 속성 값 규칙 (2024-10-31)",
    reads=("attributes.*",),
    check=check,
    passes=(Example({"attributes.material": "면 100%"}),),
    fails=(
        Example({"attributes.material": "상세페이지 참조"}),
        Example({"attributes.material": "-"}),
        Example({"attributes.material": "ㅇㅇ"}),
    ),
)
