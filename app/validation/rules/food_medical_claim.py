"""Food heals nothing, says the law: claims to prevent or cure diseases are forbidden.

식품 등의 표시·광고에 관한 법률 제8조 제1항 제1호, 제2호.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

PATHS = (*NAMES, "description.ko", "description.en")
_ILLS = "(당뇨(병)?|고혈압|암|항암|관절염|치매|아토피|비염|위염|간염|탈모|변비|골다공증|질병|비만)"
_CLAIMS = pattern(
    rf"{_ILLS}[을를의에]? (의)? (치료|완치|예방|개선)",
    r"암 세포|항암 (효과|작용)|특효|만병 통치|혈당 (강하|을 낮)|혈압 (강하|을 낮)|숙변 제거",
    r"체지방 (분해|연소)|해독 (작용|효과)",
    r"\b(cures?|prevents?|treats?) (cancer|diabetes|disease|hypertension|arthritis)",
)
_NOT = pattern(r"의약품이 (아|아닌)|not (a|intended as) (medicine|drug)")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.FOOD):
        return
    for path in PATHS:
        if claim := first(subject.text(path), _CLAIMS, _NOT):
            yield Hit(path, {"claim": claim})


RULE = Rule(
    code="food-medical-claim",
    severity="limits",
    weight=10,
    message=Words(
        "{claim}: 식품에 쓸 수 없는 효능 표현입니다.",
        "{claim}: food must not claim to prevent or cure diseases.",
    ),
    remedy=Words(
        "맛, 원재료, 쓰임새로 바꿔 쓰세요.", "Tell of taste, ingredients and use instead."
    ),
    source="식품 등의 표시·광고에 관한 법률 제8조",
    reads=(*PATHS, "notice.class"),
    check=check,
    passes=(
        Example(
            {"description.ko": "사과즙입니다. 질병의 예방 및 치료를 위한 의약품이 아닙니다. " * 3},
            "fruit-juice",
        ),
    ),
    fails=(
        Example({"name.ko": "당뇨 치료 사과즙"}, "fruit-juice"),
        Example(
            {"description.ko": "꾸준히 드시면 고혈압 예방에 효과가 있고 암세포를 없앱니다. " * 3},
            "fruit-juice",
        ),
    ),
)
