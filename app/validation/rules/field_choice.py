"""Where a list is given, the answer is one of the list."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import field_table
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

FIELDS = tuple(f for f in (*field_table.BASICS, *field_table.SHIPPING) if f.choices)


def check(subject: Subject) -> Iterator[Hit]:
    for field in FIELDS:
        value = subject.text(field.path)
        if value and value not in {choice.code for choice in field.choices}:
            if (field.path, value) == ("origin.country", "KR"):
                continue
            yield Hit(field.path, {"value": shorten(value)})


RULE = Rule(
    code="field-choice",
    severity="blocks",
    message=Words("{value}: 고를 수 있는 값이 아닙니다.", "{value} is not one of the choices."),
    remedy=Words("목록에서 고르세요.", "Choose from the list."),
    source="Onshelf",
    reads=tuple(field.path for field in FIELDS),
    check=check,
    passes=(Example({"shipping.method": "freight"}),),
    fails=(Example({"shipping.method": "drone"}), Example({"origin.kind": "moon"})),
)
