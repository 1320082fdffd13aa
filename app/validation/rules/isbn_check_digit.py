"""The last character of an ISBN is reckoned from the others: modulo 11 of ten, modulo 10 of
thirteen.

Ten characters among books are an ISBN; an attribute `isbn` always is.
"""

from collections.abc import Iterator

from stdnum import isbn

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.gtin import is_isbn_ten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    typed = subject.text("attributes.isbn") if subject.category.attribute("isbn") else ""
    if typed and not isbn.is_valid(typed):
        yield Hit("attributes.isbn", {"value": shorten(typed)})
    if not notices.offers(subject.category, notices.BOOKS):
        return
    for item in subject.items:
        typed = item.text("gtin")
        if is_isbn_ten(typed) and not isbn.is_valid(typed):
            yield Hit(item.path("gtin"), {"value": shorten(typed)})


RULE = Rule(
    code="isbn-check-digit",
    severity="blocks",
    message=Words(
        "{value}: ISBN의 끝자리가 맞지 않습니다.",
        "{value}: the last character of this ISBN does not fit.",
    ),
    remedy=Words("판권지의 번호와 비교하세요.", "Compare with the imprint page."),
    source="ISO 2108",
    reads=("items.*.gtin", "attributes.isbn"),
    check=check,
    passes=(
        Example({"items.1.gtin": "0306406152"}, "sample-books"),
        Example({"items.1.gtin": "9788937460449"}, "sample-books"),
    ),
    fails=(
        Example({"items.1.gtin": "0306406153"}, "sample-books"),
        Example({"items.1.gtin": "0-8044-2957-0"}, "sample-books"),
    ),
)
