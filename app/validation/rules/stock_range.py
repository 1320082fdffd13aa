"""Stock is 0 to 99,999 (Coupang maximumBuyCount)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import STOCK_MOST
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        stock = item.number("stock")
        if stock is not None and not 0 <= stock <= STOCK_MOST:
            yield Hit(item.path("stock"), {"value": stock, "most": STOCK_MOST})


RULE = Rule(
    code="stock-range",
    severity="blocks",
    message=Words("재고가 {value}개입니다.", "The stock is {value}."),
    remedy=Words("0부터 {most}까지 쓰세요.", "Enter 0 to {most}."),
    source="Coupang maximumBuyCount 99,999",
    reads=("items.*.stock",),
    check=check,
    passes=(Example({"items.1.stock": 99_999}),),
    fails=(
        Example({"items.1.stock": 100_000}),
        Example({"items.1.stock": None, "items.1.typed": {"stock": "-1"}}),
    ),
)
