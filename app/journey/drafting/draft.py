"""The draft as its page shows it: fields with values, findings, conflicts, and what is missing."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from app.core.clock import now
from app.core.database import db
from app.core.words import Words
from app.journey.drafting.posted import Posted
from app.journey.drafting.views import FieldView, ItemView, SectionView, TodoLine
from app.listings.models import Listing, Version
from app.listings.queries import judged_before, name_of
from app.listings.remarks import Remark
from app.taxonomy.attribute_types import show
from app.taxonomy.definitions import Category
from app.validation.fields import label_of
from app.validation.finding import Finding
from app.web.fields import SEVERITIES


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
        causes = {"notice.class": "notice", "options": "items"}
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
