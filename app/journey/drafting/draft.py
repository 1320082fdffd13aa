"""The draft as its page shows it: fields with values, findings, conflicts, and what is missing."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.accounts.queries import names_of
from app.core.clock import now, today
from app.core.database import db
from app.core.words import Words
from app.journey.drafting.posted import Posted
from app.listings.actions import FieldConflict
from app.listings.content import FIXED_OF_APPROVED, item_path, read
from app.listings.models import Listing, Version
from app.listings.queries import (
    content_of,
    judged_before,
    name_of,
    reviewer_findings,
)
from app.listings.remarks import Remark, remark_of
from app.taxonomy import queries as taxonomy
from app.taxonomy.attribute_types import show
from app.taxonomy.definitions import Category
from app.validation.engine import findings as check
from app.validation.field import Field, Section
from app.validation.fields import item_fields, item_label, label_of, sections
from app.validation.finding import Finding

SEVERITIES = ("blocks", "limits", "advice")
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
    """A section of the form; `blocking` counts what stops submission in it."""

    spec: Section
    fields: list[FieldView]
    blocking: int


@dataclass(frozen=True)
class ItemView:
    """One item's fields."""

    id: int
    label: Words
    live: bool
    fields: list[FieldView]


@dataclass(frozen=True)
class TodoLine:
    """One thing to mend, with the field's own name."""

    path: str
    label: Words
    finding: Finding

    @property
    def brief(self) -> bool:
        """Of a field that is only empty its name says it all."""
        return self.finding.code in EMPTY


@dataclass
class Draft:
    """Everything the draft's page and its fragments are drawn from."""

    listing: Listing
    version: Version
    category: Category
    content: dict[str, Any]
    findings: list[Finding]
    posted: Posted
    refused: bool = False
    tab: str = field(default_factory=lambda: secrets.token_hex(8))

    sections: list[SectionView] = field(default_factory=list)
    items: list[ItemView] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @property
    def name(self) -> dict[str, str]:
        """The product's name so far."""
        return name_of(self.version)

    @property
    def blocking(self) -> list[Finding]:
        """What stops submission."""
        return [finding for finding in self.findings if finding.severity == "blocks"]

    @property
    def todo(self) -> list[TodoLine]:
        """Everything the rules say, in the form's order, blocking first."""
        ranked = sorted(self.findings, key=lambda f: SEVERITIES.index(f.severity))
        return [TodoLine(f.path, label_of(f.path, self.category, self.content), f) for f in ranked]

    @property
    def revisions(self) -> dict[int, int]:
        """Each part's revision as the page shows it."""
        return {part.id: part.revision for part in self.version.parts}

    @property
    def saved_at(self) -> datetime:
        """When something was last saved."""
        return now() if self.posted.saved else self.listing.changed_at

    @property
    def rail(self) -> list[SectionView]:
        """The sections in the order of the page: pictures first, they take their time."""
        return sorted(self.sections, key=lambda section: section.spec.code != "pictures")

    @property
    def note(self) -> str:
        """What the reviewer wrote with the verdict that sent the listing back."""
        judged = judged_before(self.version)
        before = db.session.get(Version, judged) if judged else None
        return before.note if before and before.state in ("rejected", "changes_requested") else ""

    def summary(self) -> list[tuple[str, Words]]:
        """What stops submission, as the error summary lists it: (path, field and fact)."""
        lines = []
        for finding in self.blocking:
            label = self.label(finding.path)
            said = {code: finding.message(code) for code in ("ko", "en")}
            lines.append(
                (finding.path, Words(f"{label.ko}: {said['ko']}", f"{label.en}: {said['en']}"))
            )
        return lines

    def shown(self, view: FieldView) -> Words:
        """A field's value as people read it."""
        attribute = self.category.attribute(view.spec.path.removeprefix("attributes."))
        if view.spec.path.startswith("attributes.") and attribute:
            return show(view.value, attribute)
        return view.shown

    def label(self, path: str) -> Words:
        """What people call the field at *path*; the notice's lines are told from the attributes."""
        label = label_of(path, self.category, self.content)
        if path.startswith("notice.fields."):
            return Words(f"고시 {label.ko}", f"Notice: {label.en}")
        return label

    @property
    def redrawn(self) -> list[SectionView]:
        """Sections whose fields themselves change with what was saved."""
        causes = {"notice.class": "notice", "option.axis": "items"}
        codes = {causes[path] for path in self.posted.saved if path in causes}
        return [section for section in self.sections if section.spec.code in codes]

    @property
    def touched(self) -> list[FieldView]:
        """The fields whose messages a save sends back: all that may have changed."""
        redrawn = {section.spec.code for section in self.redrawn}
        kept = [section for section in self.sections if section.spec.code not in redrawn]
        views = [view for section in kept for view in section.fields]
        if "items" not in redrawn:
            views += [view for item in self.items for view in item.fields]
        return [view for view in views if view.spec.path not in ("pictures", self.posted.typing)]


def draft_of(version: Version, posted: Posted | None = None, refused: bool = False) -> Draft:
    """The draft's page, after a save if *posted*, or after a refused submission."""
    listing = version.listing
    category = taxonomy.category(listing.category_code)
    content = content_of(version)
    draft = Draft(
        listing=listing,
        version=version,
        category=category,
        content=content,
        findings=check(content, category, today()),
        posted=posted or Posted(),
        refused=refused,
    )
    if posted and posted.tab and posted.fragment:
        draft.tab = posted.tab
    draft.remarks = [remark_of(finding) for finding in reviewer_findings(version)]
    _Builder(draft).fill()
    return draft


class _Builder:
    """Puts values, findings, remarks and conflicts to their fields."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.part_revision = {part.item_id: part.revision for part in draft.version.parts}
        people = [c.who for c in draft.posted.conflicts.values() if c.who]
        self.names = names_of(people)
        self.any_live = any(item["live"] for item in draft.content["items"])

    def fill(self) -> None:
        draft = self.draft
        specs = sections(draft.category, draft.content)
        draft.sections = [self._section(spec) for spec in specs]
        draft.items = [self._item(item) for item in draft.content["items"]]

    def _section(self, spec: Section) -> SectionView:
        product = self.draft.content["product"]
        axis = f"attributes.{read(product, 'option.axis')}"
        views = [
            self._field(
                each,
                read(product, each.path),
                None,
                readonly=each.path == "option.axis" and self.any_live,
            )
            for each in spec.fields
            if not each.path.startswith("items.") and each.path != axis
        ]
        return SectionView(spec, views, self._blocking(spec, views))

    def _blocking(self, spec: Section, views: list[FieldView]) -> int:
        paths = {view.spec.path for view in views}
        return sum(
            f.path in paths or f.path.partition(".")[0] == spec.code for f in self.draft.blocking
        )

    def _item(self, item: dict[str, Any]) -> ItemView:
        draft = self.draft
        views = []
        for each in item_fields(draft.category, draft.content):
            spec = each.changed(path=item_path(item["id"], each.inner))
            typed = read(item, f"typed.{each.inner}")
            fixed = item["live"] and each.inner in FIXED_OF_APPROVED
            value = item.get(each.inner) if typed is None else typed
            views.append(self._field(spec, value, item["id"], readonly=fixed))
        label = item_label(item["id"], draft.category, draft.content)
        return ItemView(item["id"], label, item["live"], views)

    def _field(
        self, spec: Field, value: Any, item_id: int | None, readonly: bool = False
    ) -> FieldView:
        posted = self.draft.posted
        conflict = posted.conflicts.get(spec.path)
        revision = self.part_revision[item_id]
        return FieldView(
            spec=spec,
            value=conflict.mine if conflict else value,
            findings=self._shown(spec.path, value),
            remarks=[r for r in self.draft.remarks if r.path == spec.path],
            conflict=ConflictView(conflict, self.names.get(conflict.who or 0, ""), revision)
            if conflict
            else None,
            seen=revision if spec.path in posted.settled and not conflict else None,
            readonly=readonly,
        )

    def _shown(self, path: str, value: Any) -> list[Finding]:
        """A field nobody has filled in yet is not scolded before the first submission."""
        found = [f for f in self.draft.findings if f.path == path]
        untouched = value in (None, "", [], {}) and path not in self.draft.posted.saved
        return [] if untouched and not self.draft.refused else found
