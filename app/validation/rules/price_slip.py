"""A price ten times its neighbours', or a tenth, is mostly a zero too many or too few."""

from collections.abc import Iterator
from statistics import median_low

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

ENOUGH = 2
TIMES = 10


def check(subject: Subject) -> Iterator[Hit]:
    prices = {item.id: item.number("price") for item in subject.items}
    known = [price for price in prices.values() if price]
    if len(known) < ENOUGH:
        return
    usual = median_low(known)
    for item in subject.items:
        price = prices[item.id]
        if price and (price >= usual * TIMES or price * TIMES <= usual):
            yield Hit(item.path("price"), {"price": price, "usual": usual})


RULE = Rule(
    code="price-slip",
    severity="advice",
    weight=5,
    message=Words(
        "{price}원: 다른 품목은 {usual}원쯤입니다.",
        "₩{price}, while other items are about ₩{usual}.",
    ),
    remedy=Words("0의 수를 확인하세요.", "Count the zeros."),
    source="Onshelf 권장; Naver 옵션가 범위",
    reads=("items.*.id", "items.*.price"),
    check=check,
    across_items=True,
    passes=(
        Example({"items.1.price": 10_000, "items.2.price": 99_000}),
        Example({"items.2": None, "items.1.price": 10}),
    ),
    fails=(
        Example(
            {
                "items.1.price": 10_000,
                "items.2.price": 100_000,
                "items.1.list_price": None,
                "items.2.list_price": None,
            }
        ),
    ),
)
