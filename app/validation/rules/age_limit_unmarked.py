"""Goods for adults alone stand in categories that ask a shopper's age (청소년 보호법 제28조)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"성인 용품|섹스 토이|딜도|자위 기구|오나홀|리얼돌|(?<!\d)19금|19세 미만 (판매|구매) 금지",
    r"러브젤",
    r"\bsex (toy|doll)s?\b|\bdildos?\b|\bfleshlight\b|\badults? only\b",
)


def check(subject: Subject) -> Iterator[Hit]:
    # A category says from which age on it sells.
    if subject.category.age_limit:
        return
    for path in NAMES:
        if word := first(subject.text(path), _GOODS):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="age-limit-unmarked",
    severity="blocks",
    message=Words(
        "{word}: 19세 이상만 살 수 있는 상품입니다.", "{word} is for people of 19 and over."
    ),
    remedy=Words(
        "성인 카테고리로 바꾸세요. 아니면 그 말을 지우세요.",
        "Change to a category for adults, or take the word out.",
    ),
    source="청소년 보호법 제28조",
    reads=NAMES,
    check=check,
    passes=(Example({"name.ko": "성인용 마스크 50매", "name.en": "Adult size mask"}),),
    fails=(
        Example({"name.ko": "성인용품 젤 100ml"}),
        Example({"name.en": "Adult only game, 18+"}),
    ),
)
