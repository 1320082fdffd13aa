"""A price lies between 10 and 999,999,990 won (Naver salePrice; Coupang's 10-won step)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import PRICE_LEAST, PRICE_MOST
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

INNER = ("price", "list_price")


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for inner in INNER:
            price = item.number(inner)
            if price is not None and not PRICE_LEAST <= price <= PRICE_MOST:
                params = {"value": price, "least": PRICE_LEAST, "most": PRICE_MOST}
                yield Hit(item.path(inner), params)


RULE = Rule(
    code="price-range",
    severity="blocks",
    message=Words("{value}원입니다.", "This is ₩{value}."),
    remedy=Words("{least}원부터 {most}원 사이로 쓰세요.", "Enter from ₩{least} to ₩{most}."),
    source="Naver salePrice 1..999,999,990; Coupang 10원 단위",
    reads=tuple(f"items.*.{inner}" for inner in INNER),
    check=check,
    passes=(Example({"items.1.price": 10, "items.1.list_price": 999_999_990}),),
    fails=(
        Example({"items.1.price": 0}),
        Example({"items.1.price": None, "items.1.typed": {"price": "-1000"}}),
        Example({"items.1.price": None, "items.1.typed": {"price": "99999999999"}}),
        Example({"items.1.list_price": 1_000_000_000}),
    ),
)
