"""A name of a few letters names no product: say the kind, the maker, what sets it apart."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

LEAST = 4


def check(subject: Subject) -> Iterator[Hit]:
    length = len(subject.text("name.ko"))
    if 0 < length < LEAST:
        yield Hit("name.ko", {"length": length, "least": LEAST})


RULE = Rule(
    code="name-short",
    severity="advice",
    weight=4,
    message=Words("{length}자입니다.", "This is {length} characters."),
    remedy=Words(
        "브랜드, 종류, 특징을 넣어 {least}자 이상으로 쓰세요.",
        "Give brand, kind and what sets it apart, in {least} characters or more.",
    ),
    source="Onshelf 권장; Coupang 카테고리 추천 안내",
    reads=("name.ko",),
    check=check,
    passes=(Example({"name.ko": "온셸프 컵"}),),
    fails=(Example({"name.ko": "컵"}),),
)
