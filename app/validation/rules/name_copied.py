"""A copied listing carries a mark in its names until somebody says what this product is called."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import COPY_MARKS
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for language, mark in COPY_MARKS.items():
        if subject.text(f"name.{language}").endswith(mark):
            yield Hit(f"name.{language}", {"mark": mark})


RULE = Rule(
    code="name-copied",
    severity="blocks",
    message=Words(
        "복사한 상품의 표시 “{mark}”: 이름에 남아 있습니다.", "It still carries the mark “{mark}”."
    ),
    remedy=Words(
        "이 상품의 이름으로 고치세요.", "Say what sets this product apart, and take the mark out."
    ),
    source="Onshelf",
    reads=("name.ko", "name.en"),
    check=check,
    passes=(Example({"name.ko": "온셸프 머그컵 (대형)", "name.en": "Copy paper"}),),
    fails=(
        Example({"name.ko": "온셸프 머그컵 (복사)"}),
        Example({"name.en": "Onshelf mug (copy)"}),
    ),
)
