"""A listing sells something: it has at least one item."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not subject.items:
        yield Hit("option.axis")


RULE = Rule(
    code="no-items",
    severity="blocks",
    message=Words("품목이 없습니다.", "There is no item."),
    remedy=Words("품목을 하나 이상 만드세요.", "Add at least one item."),
    source="Coupang items 1..200",
    reads=("items.*.id",),
    check=check,
    across_items=True,
    passes=(Example({"items.2": None}),),
    fails=(Example({"items.1": None, "items.2": None}),),
)
