"""Attribute types: one module a type, each offering `TYPE` (see `_type.AttributeType`)."""

from typing import Any

from app.core.registry import Registry
from app.core.words import Words
from app.taxonomy.attribute_types._type import AttributeType, Problem, is_empty, shorten
from app.taxonomy.definitions import Attribute

ATTRIBUTE_TYPES: Registry[AttributeType] = Registry(__name__, "TYPE")

__all__ = [
    "ATTRIBUTE_TYPES", "AttributeType", "Problem", "is_empty", "problems", "read", "shorten",
    "show",
]  # fmt: skip


def read(raw: Any, attribute: Attribute) -> Any:
    """The value of *raw* by the attribute's type."""
    return ATTRIBUTE_TYPES[attribute.type].read(raw, attribute)


def problems(value: Any, attribute: Attribute) -> list[Problem]:
    """What is wrong with *value* by the attribute's type."""
    return [] if is_empty(value) else ATTRIBUTE_TYPES[attribute.type].problems(value, attribute)


def show(value: Any, attribute: Attribute) -> Words:
    """The value as people read it; an item's option text is shown the same way."""
    if is_empty(value):
        return Words("", "")
    kind = ATTRIBUTE_TYPES[attribute.type]
    return kind.show(kind.read(value, attribute), attribute)
