"""The pieces of the draft's page: a field, a section, an item, a line of the to-do list."""

from dataclasses import dataclass
from typing import Any

from app.core.words import Words
from app.listings.actions import FieldConflict
from app.listings.remarks import Remark
from app.validation.field import Field, Section
from app.validation.finding import Finding

EMPTY = (
    "required",
    "attribute-required",
    "notice-required",
    "sku-missing",
    "price-missing",
    "stock-missing",
    "option-missing",
)


@dataclass(frozen=True)
class FieldView:
    """One field with what stands in it and what is said about it."""

    spec: Field
    value: Any
    findings: list[Finding]
    remarks: list[Remark]
    conflict: "ConflictView | None"
    # The revision at which the page saw this field, where it is later than the page's own.
    seen: int | None
    readonly: bool = False

    @property
    def shown(self) -> Words:
        """The value as people read it, where it is one of the field's choices or a number."""
        chosen = next((c.label for c in self.spec.choices if c.code == self.value), None)
        if chosen is not None:
            return chosen
        text = f"{self.value:,}" if isinstance(self.value, int) else str(self.value or "")
        return Words(text, text)


@dataclass(frozen=True)
class ConflictView:
    """Both texts, and who wrote the other one when."""

    conflict: FieldConflict
    who: str
    revision: int


@dataclass(frozen=True)
class SectionView:
    """A section of the form; `blocking` counts what stops submission in it, `advising` the rest."""

    spec: Section
    fields: list[FieldView]
    blocking: int
    advising: int


@dataclass(frozen=True)
class ItemView:
    """One item's fields."""

    id: int
    label: Words
    live: bool
    fields: list[FieldView]


@dataclass(frozen=True)
class TodoLine:
    """One thing to mend, with the field's own name and the points of quality it would add."""

    path: str
    label: Words
    finding: Finding
    points: int = 0

    @property
    def brief(self) -> bool:
        """Of a field that is only empty its name says it all."""
        return self.finding.code in EMPTY
