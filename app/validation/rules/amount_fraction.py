"""Won and counts are whole: there is no half won and no half piece."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.amounts import is_decimal
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PRODUCT = ("shipping.fee", "shipping.free_over", "shipping.lead_days", "shipping.return_fee")
ITEM = ("price", "list_price", "stock")


def check(subject: Subject) -> Iterator[Hit]:
    for path in PRODUCT:
        if is_decimal(subject.text(path)):
            yield Hit(path, {"value": shorten(subject.text(path))})
    for item in subject.items:
        for inner in ITEM:
            if is_decimal(item.typed(inner)):
                yield Hit(item.path(inner), {"value": shorten(item.typed(inner))})


RULE = Rule(
    code="amount-fraction",
    severity="blocks",
    message=Words("{value}: 소수점이 있습니다.", "{value} has a decimal point."),
    remedy=Words("소수점 없이 쓰세요.", "Write a whole number."),
    source="한국은행법 제47조의2 (원 단위)",
    reads=(*PRODUCT, *(f"items.*.{inner}" for inner in ITEM)),
    check=check,
    passes=(Example({"shipping.fee": "3000.0"}),),
    fails=(
        Example({"items.1.price": None, "items.1.typed": {"price": "12900.5"}}),
        Example({"shipping.lead_days": "1.5"}),
    ),
)
