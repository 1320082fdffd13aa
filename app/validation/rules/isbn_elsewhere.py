"""A barcode that starts with 978 or 979 is a book's or a score's: elsewhere it is mostly a slip."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.gtin import digits_of, fits
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PREFIXES = ("978", "979")


def check(subject: Subject) -> Iterator[Hit]:
    if notices.offers(subject.category, (*notices.BOOKS, "악기", "디지털", "문구")):
        return
    for item in subject.items:
        digits = digits_of(item.text("gtin")) or ""
        if len(digits) == 13 and digits.startswith(PREFIXES) and fits(digits):
            yield Hit(item.path("gtin"), {"value": digits})


RULE = Rule(
    code="isbn-elsewhere",
    severity="advice",
    weight=4,
    message=Words("{value}: 책의 번호입니다.", "{value} is the number of a book."),
    remedy=Words(
        "이 상품의 바코드를 쓰거나, 책이면 카테고리를 바꾸세요.",
        "Use this product's barcode, or change the category if it is a book.",
    ),
    source="GS1 접두부 978, 979 (ISBN, ISMN)",
    reads=("items.*.gtin",),
    check=check,
    passes=(Example({"items.1.gtin": "9788937460449"}, "sample-books"),),
    fails=(Example({"items.1.gtin": "9788937460449"}),),
)
