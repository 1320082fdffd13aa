"""An option's value tells items apart: `단일상품` and `상세페이지 참조` tell nothing.

Coupang refuses both since 2024-10-31.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.item_texts import option_texts
from app.validation.placeholders import points_elsewhere
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_NOTHING = re.compile(
    r"단일 ?(상품|품목|옵션|제품)?|옵션 ?(없음|명|값)|상품 ?선택|선택(하세요)?|default( title)?"
    r"|none|null|n/?a|test|테스트"
    r"|[ㄱ-ㅎㅏ-ㅣ]+|[\W_]+",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for inner, text in option_texts(item):
            if _NOTHING.fullmatch(text) or points_elsewhere(text):
                yield Hit(item.path(inner), {"value": shorten(text)})


RULE = Rule(
    code="option-placeholder",
    severity="blocks",
    message=Words("{value}: 옵션 값이 아닙니다.", "{value} is not a value of the option."),
    remedy=Words(
        "고를 때 보일 값을 쓰세요. 옵션이 없으면 옵션 없음을 고르세요.",
        "Write what shoppers choose by; without options, choose no option.",
    ),
    source="Coupang 속성 값 규칙 (2024-10-31)",
    reads=("items.*.options",),
    check=check,
    passes=(
        Example({"items.1.options.size": "m"}),
        Example({"items.1.options.colour": "단일상품 2종", "options": ["colour"]}),
    ),
    fails=(
        Example({"items.1.options.size": "단일상품"}),
        Example({"items.1.options.size": "상세페이지 참조"}),
        Example({"items.1.options.size": "-"}),
    ),
)
