"""A sheet drops the zero in front: eleven digits that fit with it are a GTIN-12 without it."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import without_its_zero
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        digits = without_its_zero(item.text("gtin"))
        if digits:
            yield Hit(item.path("gtin"), {"value": item.text("gtin"), "digits": digits})


RULE = Rule(
    code="gtin-leading-zero",
    severity="blocks",
    message=Words(
        "{value}: 앞의 0이 빠진 바코드로 보입니다.",
        "{value} looks like a barcode that lost its leading zero.",
    ),
    remedy=Words(
        "포장과 비교하고, 맞으면 쓰세요: {digits}.",
        "Compare with the pack; if it fits, write {digits}.",
    ),
    source="GS1 General Specifications; Excel의 숫자 서식",
    reads=("items.*.gtin",),
    check=check,
    passes=(
        Example({"items.1.gtin": "036000291452"}),
        Example({"items.1.gtin": "36000291453"}),
    ),
    fails=(Example({"items.1.gtin": "36000291452"}),),
)
