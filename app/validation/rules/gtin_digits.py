"""A GTIN is 8, 12, 13 or 14 digits (GS1 General Specifications)."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.gtin import LENGTHS, digits_of, is_told_otherwise
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    books = notices.offers(subject.category, notices.BOOKS)
    for item in subject.items:
        typed = item.text("gtin")
        digits = digits_of(typed)
        fine = not typed or (digits is not None and len(digits) in LENGTHS)
        if not fine and not is_told_otherwise(typed, books):
            params = {"value": shorten(typed), "length": len(digits or typed)}
            yield Hit(item.path("gtin"), params)


RULE = Rule(
    code="gtin-digits",
    severity="blocks",
    message=Words(
        "{value}: {length}자입니다. 바코드는 숫자 8, 12, 13, 14자리입니다.",
        "{value} has {length} characters; a barcode has 8, 12, 13 or 14 digits.",
    ),
    remedy=Words(
        "포장의 바코드 아래 숫자를 모두 옮겨 쓰세요.", "Copy all the digits under the barcode."
    ),
    source="GS1 General Specifications",
    reads=("items.*.gtin",),
    check=check,
    passes=(
        Example({"items.1.gtin": "90311017"}),
        Example({"items.1.gtin": "698615070527"}),
        Example({"items.1.gtin": "8806090-597145"}),
    ),
    fails=(
        Example({"items.1.gtin": "880609059714"[:11]}),
        Example({"items.1.gtin": "바코드"}),
        Example({"items.1.gtin": "12345"}),
    ),
)
