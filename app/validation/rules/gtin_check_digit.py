"""The last digit of a GTIN is reckoned from the others (GS1, modulo 10)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import LENGTHS, digits_of, fits
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        digits = digits_of(item.text("gtin")) or ""
        if len(digits) in LENGTHS and not fits(digits):
            yield Hit(item.path("gtin"), {"digit": digits[-1]})


RULE = Rule(
    code="gtin-check-digit",
    severity="blocks",
    message=Words("끝자리({digit})가 맞지 않습니다.", "The last digit, {digit}, does not fit."),
    remedy=Words("포장의 숫자와 비교하세요.", "Compare with the pack."),
    source="GS1 General Specifications 7.9",
    reads=("items.*.gtin",),
    check=check,
    passes=(
        Example({"items.1.gtin": "8806088269696"}),
        Example({"items.1.gtin": "10614141000415"}),
    ),
    fails=(Example({"items.1.gtin": "8801234567890"}),),
)
