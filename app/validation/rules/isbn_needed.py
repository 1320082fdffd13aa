"""Books are found by their ISBN: a barcode that starts with 978 or 979; magazines have 977."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.gtin import digits_of, fits
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PREFIXES = ("977", "978", "979")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.offers(subject.category, notices.BOOKS):
        return
    for item in subject.items:
        digits = digits_of(item.text("gtin")) or ""
        if fits(digits) and not digits.zfill(13)[-13:].startswith(PREFIXES):
            yield Hit(item.path("gtin"), {"value": digits})


RULE = Rule(
    code="isbn-needed",
    severity="limits",
    weight=8,
    message=Words("{value}: ISBN이 아닙니다.", "{value} is not an ISBN."),
    remedy=Words(
        "책 뒤의 978이나 979로 시작하는 번호를 쓰세요. 없으면 비우고 이유를 쓰세요.",
        "Use the number that starts with 978 or 979; without one, leave it empty and say why.",
    ),
    source="Coupang 도서 필수 항목 (ISBN); ISO 2108",
    reads=("items.*.gtin",),
    check=check,
    passes=(
        Example({"items.1.gtin": "9791186560815"}, "sample-books"),
        Example({"items.1.gtin": "8806088269696"}),
    ),
    fails=(Example({"items.1.gtin": "8806088269696"}, "sample-books"),),
)
