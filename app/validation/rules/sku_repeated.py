"""A SKU names one item. Letter case does not tell two apart: warehouses read them alike."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.twins import twins


def check(subject: Subject) -> Iterator[Hit]:
    for item, twin in twins(subject, lambda item: item.text("sku").casefold()):
        yield Hit(item.path("sku"), {"value": item.text("sku"), "twin": twin})


RULE = Rule(
    code="sku-repeated",
    severity="blocks",
    message=Words(
        "{value}: 다른 품목과 코드가 같습니다. {twin}.", "{value} is another item's SKU. {twin}."
    ),
    remedy=Words("품목마다 다른 코드를 쓰세요.", "Give each item a code of its own."),
    source="Coupang: 아이템별 externalVendorSku",
    reads=("items.*.id", "items.*.off", "items.*.sku"),
    check=check,
    across_items=True,
    passes=(Example({"items.1.sku": "A-1", "items.2.sku": "A-2"}),),
    fails=(Example({"items.1.sku": "a-1", "items.2.sku": "A-1"}),),
)
