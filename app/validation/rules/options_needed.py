"""Several items differ in something: an option names it, and it is one the category offers."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    count = len(subject.items)
    if count > 1 and not subject.options:
        yield Hit("options", {"count": count})


RULE = Rule(
    code="options-needed",
    severity="blocks",
    message=Words(
        "품목이 {count}개인데 무엇이 다른지 정하지 않았습니다.",
        "There are {count} items, but not what they differ in.",
    ),
    remedy=Words("옵션을 고르거나 품목을 하나만 남기세요.", "Choose an option, or keep one item."),
    source="Coupang 필수 구매 옵션",
    reads=("options", "items.*.id", "items.*.off"),
    check=check,
    across_items=True,
    passes=(
        Example({"items.2": None, "options": [], "attributes.size": "m"}),
        Example({"items.2.off": True, "options": [], "attributes.size": "m"}),
    ),
    fails=(Example({"options": []}), Example({"options": ["sleeve"]})),
)
