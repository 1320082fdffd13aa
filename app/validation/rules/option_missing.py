"""Every item has its own value of each option."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for option in subject.options:
            inner = f"options.{option.code}"
            if not item.text(inner):
                yield Hit(item.path(inner), {"label": option.label.as_dict()})


RULE = Rule(
    code="option-missing",
    severity="blocks",
    message=Words("옵션 값이 비어 있습니다.", "The option has no value."),
    remedy=Words("이 품목의 값을 입력하세요: {label}.", "Fill in this item's value: {label}."),
    source="Coupang 필수 구매 옵션",
    reads=("options", "items.*.options.*"),
    check=check,
    passes=(Example({"items.1.options.size": "xl"}),),
    fails=(Example({"items.2.options.size": " "}), Example({"options": ["size", "colour"]})),
)
