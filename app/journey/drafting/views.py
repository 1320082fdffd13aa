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
    # Not asked now: the script shows it when the chosen options say so.
    hidden: bool = False

    @property
    def shown(self) -> Words:
        """The value as people read it, where it is one of the field's choices or a number."""
        picked = self.value if isinstance(self.value, list) else [self.value]
        chosen = [choice.label for choice in self.spec.choices if choice.code in picked]
        if chosen or isinstance(self.value, list):
            return Words.joined(chosen)
        text = f"{self.value:,}" if isinstance(self.value, int) else str(self.value or "")
        return Words(text, text)

    @property
    def wrong(self) -> bool:
        """Whether something about it stops submission."""
        return any(finding.severity == "blocks" for finding in self.findings)


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
class RowView:
    """One item as a row of the table. `off`: kept, but neither judged nor sold."""

    id: int
    part: int
    revision: int
    place: int
    label: Words
    live: bool
    off: bool
    cells: list[FieldView]
    # What is said of the item as a whole.
    findings: list[Finding]
    remarks: list[Remark]

    @property
    def told(self) -> list[FieldView]:
        """The cells about which there is something to say."""
        return [cell for cell in self.cells if cell.findings or cell.remarks or cell.conflict]


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
