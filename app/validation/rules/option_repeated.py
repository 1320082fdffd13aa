"""No two items have the same option value, however it is written.

Coupang: items whose buying options all agree are duplicates and refused.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import show
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import ItemSubject, Subject
from app.validation.twins import twins


def check(subject: Subject) -> Iterator[Hit]:
    if subject.axis is None:
        return
    for item, twin in twins(subject, lambda item: _written_alike(item, subject)):
        value = show(item.text("option"), subject.axis).as_dict()
        yield Hit(item.path("option"), {"value": value, "twin": twin})


def _written_alike(item: ItemSubject, subject: Subject) -> str:
    """The value without blanks and letter case: `500 ML` and `500ml` are one."""
    shown = show(item.text("option"), subject.axis) if subject.axis else Words("", "")
    return "".join(shown.ko.casefold().split())


RULE = Rule(
    code="option-repeated",
    severity="blocks",
    message=Words(
        "{value}: 같은 값의 품목이 있습니다. {twin}.", "{value} is taken by another item. {twin}."
    ),
    remedy=Words("값을 바꾸거나 한 품목을 지우세요.", "Change the value or remove one item."),
    source="Coupang: 같은 옵션값의 아이템 중복 불가",
    reads=("option.axis", "items.*.id", "items.*.option"),
    check=check,
    across_items=True,
    passes=(Example({"items.1.option": "s", "items.2.option": "l"}),),
    fails=(
        Example({"items.1.option": "m", "items.2.option": "M"}),
        Example({"items.1.option": "1000ml", "items.2.option": "1,000 ml"}, "fruit-juice"),
    ),
)
