"""How a stored value reads: units joined, codes by their labels, in both languages."""

from collections.abc import Iterable
from typing import Any

from app.core.words import Words
from app.validation.field import Field

Labels = dict[str, Words]


def shown(value: Any, field: Field | None = None) -> Words:
    """The value as people read it; empty Words where there is none."""
    if value is None or value in ("", [], {}):
        return Words("", "")
    choices = (*field.choices, *field.units) if field else ()
    labels = {choice.code: Words.of(choice.label) for choice in choices}
    if isinstance(value, list):
        return joined([_one(each, labels) for each in value], ", ")
    told = _one(value, labels)
    unit = field.unit if field and not isinstance(value, dict) else Words("", "")
    return joined([told, unit], " ")


def joined(parts: Iterable[Words], by: str) -> Words:
    """Several texts as one."""
    kept = [part for part in parts if part.ko or part.en]
    return Words(ko=by.join(part.ko for part in kept), en=by.join(part.en for part in kept))


def _one(value: Any, labels: Labels) -> Words:
    if isinstance(value, dict):
        if "value" in value:
            return joined([_one(value.get(key) or "", labels) for key in ("value", "unit")], " ")
        return joined([_one(each, labels) for each in value.values()], " ")
    if isinstance(value, int) and not isinstance(value, bool):
        return Words.of(f"{value:,}")
    text = str(value)
    return labels.get(text) or Words(text, text)
