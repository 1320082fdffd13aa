"""The shape of a field and of a section of the form."""

from dataclasses import dataclass, replace
from typing import Any

from app.core.words import NOTHING, Words
from app.taxonomy.definitions import Choice


@dataclass(frozen=True)
class Field:
    """One field of the form.

    kind: `text`, `area`, `select`, `radios`, `checks`, `number` (the unit's own input is
    `<path>.unit`), `money`, `count`, `date`, `phone`, `pictures`, `document`. `unit` is fixed;
    of several `units` one is chosen. `lang` is the language its text is to be in. `inputmode` is
    HTML's. 0 as `max_length` is no limit.
    """

    path: str
    label: Words
    kind: str
    hint: Words = NOTHING
    required: bool = True
    max_length: int = 0
    unit: Words = NOTHING
    units: tuple[Choice, ...] = ()
    choices: tuple[Choice, ...] = ()
    lang: str = ""
    example: Words = NOTHING
    inputmode: str = ""

    @property
    def inner(self) -> str:
        """The path within the product or the item: `price` of `items.*.price`."""
        return self.path.removeprefix("items.*.")

    def changed(self, **values: Any) -> "Field":
        """The same field with some of its values changed."""
        return replace(self, **values)


@dataclass(frozen=True)
class Section:
    """Fields that stand together in the form. Codes are anchors: `basics`, `items`, ..."""

    code: str
    label: Words
    fields: tuple[Field, ...]
