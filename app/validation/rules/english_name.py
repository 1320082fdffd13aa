"""Shoppers who read English see the Korean name where there is no English one."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not subject.answered("name.en"):
        yield Hit("name.en")


RULE = Rule(
    code="english-name",
    severity="advice",
    weight=4,
    message=Words("영어 이름이 없습니다.", "There is no English name."),
    remedy=Words(
        "영어로 찾는 쇼핑객을 위해 영어 이름을 더하세요.",
        "Add one for shoppers who search in English.",
    ),
    source="Onshelf 권장",
    reads=("name.en",),
    check=check,
    passes=(Example({"name.en": "Cotton T-shirt"}),),
    fails=(Example({"name.en": ""}),),
)
