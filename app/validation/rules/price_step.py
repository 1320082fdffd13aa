"""Prices go in steps of 10 won (Coupang salePrice)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import PRICE_LEAST, PRICE_MOST
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

STEP = 10
INNER = ("price", "list_price")


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for inner in INNER:
            price = item.number(inner)
            # Outside the range there is one thing to say, and its rule says it.
            if price is None or not PRICE_LEAST <= price <= PRICE_MOST:
                continue
            if price % STEP:
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
    passes=(
        Example({"items.1.price": 12_900}),
        Example({"items.1.price": None, "items.1.typed": {"price": "-1"}}),
    ),
    fails=(Example({"items.1.price": 12_905}), Example({"items.1.list_price": 29_999})),
)
