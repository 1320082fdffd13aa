"""Only registered health functional foods may call themselves so (식품표시광고법 제8조 제1항
제3호).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

PATHS = (*NAMES, "description.ko")
_WORDS = pattern(r"건강 기능 식품|식약처 인정 기능성|health functional food")
_NOT = pattern(r"기능 식품이 (아|아닌|아님)")


def check(subject: Subject) -> Iterator[Hit]:
    food = notices.is_of(subject, notices.FOOD)
    if not food or notices.is_of(subject, notices.HEALTH_FOOD):
        return
    for path in PATHS:
        if word := first(subject.text(path), _WORDS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="health-food-named",
    severity="limits",
    weight=10,
    message=Words(
        "{word}: 건강기능식품이 아닌 식품에는 쓸 수 없는 말입니다.",
        "{word}: only health functional foods may say this.",
    ),
    remedy=Words(
        "그 말을 지우거나, 신고한 상품이면 상품군을 바꾸세요.",
        "Take it out, or change the class if it is registered as one.",
    ),
    source="식품 등의 표시·광고에 관한 법률 제8조",
    reads=(*PATHS, "notice.class"),
    check=check,
    passes=(Example({"name.ko": "온셸프 건강한 사과즙"}, "fruit-juice"),),
    fails=(Example({"name.ko": "건강기능식품 사과즙"}, "fruit-juice"),),
)
