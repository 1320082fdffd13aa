"""A list price many times the price makes a discount that nobody ever paid.

표시·광고의 공정화에 관한 법률 제3조: a former price was really asked for 20 days.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

MOST_TIMES = 5


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        price, listed = item.number("price"), item.number("list_price")
        if price and listed and listed > price * MOST_TIMES:
            yield Hit(
                item.path("list_price"), {"listed": listed, "price": price, "most": MOST_TIMES}
            )


RULE = Rule(
    code="list-price-far",
    severity="limits",
    weight=6,
    message=Words(
        "정가 {listed}원이 판매가 {price}원의 {most}배를 넘습니다.",
        "The list price, ₩{listed}, is over {most} times the price, ₩{price}.",
    ),
    remedy=Words(
        "실제로 팔았던 값을 쓰거나 비우세요.",
        "Use a price that was really asked, or leave it empty.",
    ),
    source="표시광고법 제3조; 부당한 표시·광고행위의 유형 고시 (종전거래가격)",
    reads=("items.*.price", "items.*.list_price"),
    check=check,
    passes=(Example({"items.1.price": 10_000, "items.1.list_price": 50_000}),),
    fails=(Example({"items.1.price": 10_000, "items.1.list_price": 99_000}),),
)
