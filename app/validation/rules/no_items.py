"""A listing sells something: it has at least one item."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not subject.items:
        yield Hit("options")


RULE = Rule(
    code="no-items",
    severity="blocks",
    message=Words("품목이 없습니다.", "There is no item."),
    remedy=Words("품목을 하나 이상 만들거나 켜세요.", "Add an item, or switch one on."),
    source="Coupang items 1..200",
    reads=("items.*.id", "items.*.off"),
    check=check,
    across_items=True,
    passes=(Example({"items.2": None}), Example({"items.2.off": True})),
    fails=(
        Example({"items.1": None, "items.2": None}),
        Example({"items.1.off": True, "items.2.off": True}),
    ),
)
