"""Amounts and counts are numbers. Commas, blanks, `원`, `개` and `₩` around them are fine."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.amounts import is_decimal, whole
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PRODUCT = ("shipping.fee", "shipping.free_over", "shipping.lead_days", "shipping.return_fee")
ITEM = ("price", "list_price", "stock")


def check(subject: Subject) -> Iterator[Hit]:
    for path in PRODUCT:
        yield from _hits(path, subject.text(path))
    for item in subject.items:
        for inner in ITEM:
            yield from _hits(item.path(inner), item.typed(inner))


def _hits(path: str, typed: str) -> Iterator[Hit]:
    # Minus signs and too many digits are told by the rules of range, with the limits.
    if typed and whole(typed) is None and not is_decimal(typed):
        yield Hit(path, {"value": shorten(typed)})


RULE = Rule(
    code="amount-unreadable",
    severity="blocks",
    message=Words("{value}: 숫자가 아닙니다.", "{value} is not a number."),
    remedy=Words("숫자만 쓰세요. 보기: 12,900.", "Write digits, for example 12,900."),
    source="Onshelf",
    reads=(*PRODUCT, *(f"items.*.{inner}" for inner in ITEM)),
    check=check,
    passes=(
        Example({"shipping.fee": "3,000원"}),
        Example({"items.1.price": 12900, "items.1.typed": {}}),
    ),
    fails=(
        Example({"items.1.price": None, "items.1.typed": {"price": "12,9x"}}),
        Example({"shipping.return_fee": "삼천원"}),
        Example({"items.1.stock": None, "items.1.typed": {"stock": "많음"}}),
    ),
)
