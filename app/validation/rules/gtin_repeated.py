"""A GTIN names one trade item: two items of a listing cannot share one (GS1)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import digits_of
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import ItemSubject, Subject
from app.validation.twins import twins


def check(subject: Subject) -> Iterator[Hit]:
    for item, twin in twins(subject, _in_fourteen_digits):
        yield Hit(item.path("gtin"), {"value": item.text("gtin"), "twin": twin})


def _in_fourteen_digits(item: ItemSubject) -> str:
    """GTINs of every length are compared padded to fourteen."""
    digits = digits_of(item.text("gtin"))
    return digits.zfill(14) if digits else ""


RULE = Rule(
    code="gtin-repeated",
    severity="blocks",
    message=Words(
        "{value}: 다른 품목과 바코드가 같습니다. {twin}.",
        "{value} is another item's barcode. {twin}.",
    ),
    remedy=Words(
        "품목마다 다른 바코드를 쓰거나, 비우고 이유를 쓰세요.",
        "Give each item its own, or leave it empty and say why.",
    ),
    source="GS1 General Specifications 4.2",
    reads=("items.*.id", "items.*.off", "items.*.gtin"),
    check=check,
    across_items=True,
    passes=(Example({"items.1.gtin": "8806088269696", "items.2.gtin": "8806090597145"}),),
    fails=(Example({"items.1.gtin": "698615070527", "items.2.gtin": "0698615070527"}),),
)
