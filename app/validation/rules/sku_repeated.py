"""A SKU names one item. Letter case does not tell two apart: warehouses read them alike."""

from collections import defaultdict
from collections.abc import Iterator

from app.core.words import Words
from app.validation.fields import item_label
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import ItemSubject, Subject


def check(subject: Subject) -> Iterator[Hit]:
    alike: dict[str, list[ItemSubject]] = defaultdict(list)
    for item in subject.items:
        if item.text("sku"):
            alike[item.text("sku").casefold()].append(item)
    for first, *others in alike.values():
        twin = item_label(first.id, subject.category, subject.content).as_dict()
        for item in others:
            yield Hit(item.path("sku"), {"value": item.text("sku"), "twin": twin})


RULE = Rule(
    code="sku-repeated",
    severity="blocks",
    message=Words(
        "{value}: 다른 품목과 코드가 같습니다. {twin}.", "{value} is another item's SKU. {twin}."
    ),
    remedy=Words("품목마다 다른 코드를 쓰세요.", "Give each item a code of its own."),
    source="Coupang: 아이템별 externalVendorSku",
    reads=("items", "items.*.sku"),
    check=check,
    across_items=True,
    passes=(Example({"items.1.sku": "A-1", "items.2.sku": "A-2"}),),
    fails=(Example({"items.1.sku": "a-1", "items.2.sku": "A-1"}),),
)
