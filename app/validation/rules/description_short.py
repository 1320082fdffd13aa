"""A description of a line or two leaves questions, and questions become returns."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import DESCRIPTION_ADVISED
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    length = len(subject.text("description.ko"))
    if 0 < length < DESCRIPTION_ADVISED:
        yield Hit("description.ko", {"length": length, "advised": DESCRIPTION_ADVISED})


RULE = Rule(
    code="description-short",
    severity="advice",
    weight=5,
    message=Words("{length}자입니다.", "This is {length} characters."),
    remedy=Words(
        "{advised}자 이상으로 쓰임새, 크기, 관리 방법을 알려 주세요.",
        "Tell of use, size and care in {advised} characters or more.",
    ),
    source="Onshelf 권장",
    reads=("description.ko",),
    check=check,
    passes=(Example({"description.ko": "가" * DESCRIPTION_ADVISED}),),
    fails=(Example({"description.ko": "좋은 상품입니다."}),),
)
