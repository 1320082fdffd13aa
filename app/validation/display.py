"""How a stored value reads: units joined, codes by their labels, in both languages."""

from typing import Any

from app.core.words import NOTHING, Words
from app.validation.field import Field

Labels = dict[str, Words]


def shown(value: Any, field: Field | None = None) -> Words:
    """The value as people read it; empty Words where there is none."""
    if value is None or value in ("", [], {}):
        return NOTHING
    choices = (*field.choices, *field.units) if field else ()
    labels = {choice.code: Words.of(choice.label) for choice in choices}
    if isinstance(value, list):
        return Words.joined([_one(each, labels) for each in value])
    told = _one(value, labels)
    unit = field.unit if field and not isinstance(value, dict) else NOTHING
    return _counted(told, unit)


def _counted(number: Words, unit: Words) -> Words:
    """Korean writes a unit against its number, English apart."""
    return Words(f"{number.ko}{unit.ko}", f"{number.en} {unit.en}".strip())


def _one(value: Any, labels: Labels) -> Words:
    if isinstance(value, dict):
        if "value" in value:
            number, unit = (_one(value.get(part) or "", labels) for part in ("value", "unit"))
            return _counted(number, unit)
        return Words.joined([_one(part, labels) for part in value.values()], " ")
    if isinstance(value, int) and not isinstance(value, bool):
        return Words.of(f"{value:,}")
    text = str(value)
    return labels.get(text) or Words(text, text)
