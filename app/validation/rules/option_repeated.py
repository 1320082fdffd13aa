"""No two items agree in all their options, however the values are written.

Coupang: items whose buying options all agree are duplicates and refused.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import show
from app.validation.fields import options_label
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import ItemSubject, Subject
from app.validation.twins import twins


def check(subject: Subject) -> Iterator[Hit]:
    if not subject.options:
        return
    for item, twin in twins(subject, lambda item: _written_alike(item, subject)):
        value = options_label(item.content, subject.category, subject.content).as_dict()
        yield Hit(item.path(f"options.{subject.options[0].code}"), {"value": value, "twin": twin})


def _written_alike(item: ItemSubject, subject: Subject) -> str:
    """The values without blanks and letter case: `500 ML` and `500ml` are one; '' for none."""
    shown = [show(item.text(f"options.{o.code}"), o).ko for o in subject.options]
    alike = ["".join(text.casefold().split()) for text in shown]
    return "\n".join(alike) if all(alike) else ""


RULE = Rule(
    code="option-repeated",
    severity="blocks",
    message=Words(
        "{value}: 같은 값의 품목이 있습니다. {twin}.", "{value} is taken by another item. {twin}."
    ),
    remedy=Words("값을 바꾸거나 한 품목을 지우세요.", "Change the value or remove one item."),
    source="Coupang: 같은 옵션값의 아이템 중복 불가",
    reads=("options", "items.*.id", "items.*.off", "items.*.options.*"),
    check=check,
    across_items=True,
    passes=(
        Example({"items.1.options.size": "s", "items.2.options.size": "l"}),
        Example({"items.1.options.size": "m", "items.2.options.size": "m", "items.2.off": True}),
    ),
    fails=(
        Example({"items.1.options.size": "m", "items.2.options.size": "M"}),
        Example(
            {"items.1.options.volume": "1000ml", "items.2.options.volume": "1,000 ml"},
            "fruit-juice",
        ),
    ),
)
