"""A list price is not below the price: else the discount shown would be false.

Coupang originalPrice >= salePrice; 표시·광고의 공정화에 관한 법률 제3조.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        price, listed = item.number("price"), item.number("list_price")
        if price is not None and listed is not None and listed < price:
            yield Hit(item.path("list_price"), {"listed": listed, "price": price})


RULE = Rule(
    code="list-price-below",
    severity="blocks",
    message=Words(
        "정가 {listed}원이 판매가 {price}원보다 낮습니다.",
        "The list price, ₩{listed}, is below the price, ₩{price}.",
    ),
    remedy=Words("정가를 올리거나 비우세요.", "Raise the list price or leave it empty."),
    source="Coupang originalPrice >= salePrice; 표시광고법 제3조",
    reads=("items.*.price", "items.*.list_price"),
    check=check,
    passes=(
        Example({"items.1.price": 10_000, "items.1.list_price": 10_000}),
        Example({"items.1.list_price": None}),
    ),
    fails=(Example({"items.1.price": 20_000, "items.1.list_price": 15_000}),),
)
