"""The draft as its page shows it: fields with values, findings, conflicts, and what is missing."""

import secrets
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from app.core.clock import now, today
from app.core.database import db
from app.core.errors import Refusal
from app.core.words import NOTHING, Words
from app.journey.drafting.combining import Plan, plan
from app.journey.drafting.models import Preset
from app.journey.drafting.posted import Posted
from app.journey.drafting.presets import presets_of
from app.journey.drafting.views import FieldView, RowView, SectionView, TodoLine
from app.listings.history import last_step
from app.listings.models import Document, Listing, Version
from app.listings.queries import documents_of, judged_before
from app.listings.remarks import Remark
from app.taxonomy.attribute_types import show
from app.taxonomy.definitions import Category
from app.validation.documents import need_of
from app.validation.field import Field
from app.validation.finding import Finding
from app.validation.labels import Labels
from app.validation.quality import raises, score
from app.web.fields import anchor


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
    # The paths whose findings a save changed; None where anything may have.
    changed: set[str] | None = None
    # Why something was not done, by the place that says so: `options`, `undo`, `preset-<kind>`,
    # `documents.<code>`.
    turned_away: dict[str, Refusal] = field(default_factory=dict)
    reader: int | None = None
    # The name typed for a preset that was turned away.
    named: str = ""
    tab: str = field(default_factory=lambda: secrets.token_hex(8))

    part: int = 0
    revision: int = 0
    sections: list[SectionView] = field(default_factory=list)
    columns: tuple[Field, ...] = ()
    rows: list[RowView] = field(default_factory=list)
    remarks: list[Remark] = field(default_factory=list)

    @cached_property
    def labels(self) -> Labels:
        """What people call this listing's fields."""
        return Labels(self.category, self.content)

    @cached_property
    def maker(self) -> Plan | None:
        """What the typed values of the options would make."""
        return plan(self.content, self.category)

    @property
    def maker_changed(self) -> bool:
        """Whether a save may have changed that."""
        return any("option" in path for path in self.posted.saved)

    @cached_property
    def presets(self) -> dict[str, list[Preset]]:
        """The company's presets by kind."""
        found: dict[str, list[Preset]] = defaultdict(list)
        for preset in presets_of(self.listing.seller_id):
            found[preset.kind].append(preset)
        return found

    @cached_property
    def documents(self) -> dict[int, Document]:
        """Every document that the listing was ever given, by id."""
        return documents_of(self.listing.id)

    def document_need(self, code: str) -> Words:
        """How far the category asks for the document of that code, and of which goods."""
        rule = self.category.document(code)
        return need_of(rule, today()) if rule else NOTHING

    def view(self, path: str) -> FieldView:
        """The field of the product at *path*."""
        views = (view for section in self.sections for view in section.fields)
        return next(view for view in views if view.spec.path == path)

    @cached_property
    def last_step(self) -> str:
        """The reader's save that *Undo* would take back; '' for none."""
        return last_step(self.version.id, self.reader)

    @property
    def any_live(self) -> bool:
        """Whether anything of it was approved before."""
        return any(item["live"] for item in self.content["items"])

    @property
    def name(self) -> dict[str, str]:
        """The product's name so far."""
        name = self.content["product"].get("name") or {}
        return {"ko": name.get("ko") or "", "en": name.get("en") or ""}

    @cached_property
    def blocking(self) -> list[Finding]:
        """What stops submission."""
        return [finding for finding in self.findings if finding.severity == "blocks"]

    @property
    def todo(self) -> list[TodoLine]:
        """What stops submission, in the form's order."""
        return [self._line(finding) for finding in self.blocking]

    @property
    def could_be_better(self) -> list[TodoLine]:
        """What would raise the quality score, the most worthwhile first."""
        return [self._line(each.finding, each.points) for each in raises(self.findings)]

    @property
    def score(self) -> int:
        """The quality score, 0 to 100."""
        return score(self.findings)

    def _line(self, finding: Finding, points: int = 0) -> TodoLine:
        label = self.labels.of(finding.path)
        return TodoLine(finding.path, label, finding, points)

    @property
    def table_todo(self) -> list[TodoLine]:
        """The first of what stops submission in the table of items, told above it."""
        found = [f for f in self.blocking if f.path.startswith("items.")]
        return [TodoLine(f.path, self.labels.of(f.path), f) for f in found[:3]]

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
        """What the reviewer wrote with the verdict on what the draft goes back to."""
        judged = judged_before(self.version)
        before = db.session.get(Version, judged) if judged else None
        return before.note if before else ""

    def summary(self) -> list[tuple[str, Words]]:
        """What stops submission, as the error summary lists it: (path, field and fact)."""
        return [
            (each.path, Words.joined([self.label(each.path), Words.told(each.message)], ": "))
            for each in self.blocking
        ]

    @property
    def files_refused(self) -> list[tuple[str, Words]]:
        """Documents that were turned away, as the error summary lists them."""
        refused = [(path, each.said) for path, each in self.turned_away.items()]
        return [(path, said) for path, said in refused if path.startswith("documents.")]

    def shown(self, view: FieldView) -> Words:
        """A field's value as people read it."""
        attribute = self.category.attribute(view.spec.path.removeprefix("attributes."))
        if view.spec.path.startswith("attributes.") and attribute:
            return show(view.value, attribute)
        return view.shown

    def label(self, path: str) -> Words:
        """What people call the field at *path*; the notice's lines are told from the attributes."""
        label = self.labels.of(path)
        if path.startswith("notice.fields."):
            return Words(f"고시 {label.ko}", f"Notice: {label.en}")
        return label

    def place_of(self, remark: Remark) -> str:
        """The id of where the page mends it; of the listing as a whole the section it is about."""
        if remark.path:
            return anchor(remark.path)
        if remark.columns:
            return "s-items"
        return "s-pictures" if remark.code.startswith("picture-") else "s-basics"

    @property
    def table_changed(self) -> bool:
        """Whether a save changed which columns the table of items has."""
        return "options" in self.posted.saved

    @property
    def redrawn(self) -> list[SectionView]:
        """Sections whose fields themselves change with what was saved."""
        causes = {"notice.class": "notice", "sold_in": "markets"}
        codes = {causes[path] for path in self.posted.saved if path in causes}
        return [section for section in self.sections if section.spec.code in codes]

    @property
    def touched(self) -> list[FieldView]:
        """The product's fields whose messages a save sends back: all that may have changed."""
        redrawn = {section.spec.code for section in self.redrawn}
        kept = [section for section in self.sections if section.spec.code not in redrawn]
        views = [view for section in kept for view in section.fields if self._may_differ(view)]
        return [view for view in views if view.spec.path not in ("pictures", self.posted.typing)]

    def _may_differ(self, view: FieldView) -> bool:
        if self.changed is None or view.remarks:
            return True
        return view.spec.path in self.changed | self.posted.paths
