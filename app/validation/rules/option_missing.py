"""Every item has its own value of the option."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if subject.axis is None:
        return
    for item in subject.items:
        if not item.text("option"):
            yield Hit(item.path("option"), {"label": subject.axis.label.as_dict()})


RULE = Rule(
    code="option-missing",
    severity="blocks",
    message=Words("옵션 값이 비어 있습니다.", "The option has no value."),
    remedy=Words("이 품목의 값을 입력하세요: {label}.", "Fill in this item's value: {label}."),
    source="Coupang 필수 구매 옵션",
    reads=("option.axis", "items.*.option"),
    check=check,
    passes=(Example({"items.1.option": "xl"}),),
    fails=(Example({"items.2.option": " "}),),
)
