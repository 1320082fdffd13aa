"""Prices go in steps of 10 won (Coupang salePrice)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

STEP = 10
INNER = ("price", "list_price")


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for inner in INNER:
            price = item.number(inner)
            if price is not None and price % STEP:
                lower = price - price % STEP
                params = {"value": price, "lower": lower, "upper": lower + STEP}
                yield Hit(item.path(inner), params)


RULE = Rule(
    code="price-step",
    severity="blocks",
    message=Words("{value}원: 10원 단위가 아닙니다.", "₩{value} is not in steps of 10 won."),
    remedy=Words("{lower}원 또는 {upper}원으로 쓰세요.", "Make it ₩{lower} or ₩{upper}."),
    source="Coupang salePrice 10원 단위",
    reads=tuple(f"items.*.{inner}" for inner in INNER),
    check=check,
    passes=(Example({"items.1.price": 12_900}),),
    fails=(Example({"items.1.price": 12_905}), Example({"items.1.list_price": 29_999})),
)
