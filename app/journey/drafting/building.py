"""Puts values, findings, remarks and conflicts to the fields of the draft's page."""

from typing import Any

from app.accounts.queries import names_of
from app.core.clock import today
from app.journey.drafting.draft import Draft
from app.journey.drafting.posted import Posted
from app.journey.drafting.views import ConflictView, FieldView, ItemView, SectionView
from app.listings.content import is_fixed_of_approved, item_path, read
from app.listings.models import Version
from app.listings.queries import content_of, reviewer_findings
from app.listings.remarks import remark_of
from app.taxonomy import queries as taxonomy
from app.validation.engine import findings as check
from app.validation.field import Field, Section
from app.validation.fields import item_fields, item_label, sections
from app.validation.finding import Finding
from app.validation.subject import chosen_options


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
        self.options = {o.code for o in chosen_options(draft.category, draft.content)}

    def fill(self) -> None:
        draft = self.draft
        specs = sections(draft.category, draft.content)
        draft.sections = [self._section(spec) for spec in specs]
        draft.items = [self._item(item) for item in draft.content["items"]]

    def _section(self, spec: Section) -> SectionView:
        product = self.draft.content["product"]
        views = [
            self._field(
                each,
                read(product, each.path),
                None,
                readonly=each.path == "options" and self.any_live,
            )
            for each in spec.fields
            if not each.path.startswith("items.")
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
            fixed = item["live"] and is_fixed_of_approved(each.inner)
            value = read(item, each.inner) if typed is None else typed
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
            hidden=self._is_elsewhere(spec.path),
        )

    def _is_elsewhere(self, path: str) -> bool:
        """An attribute that the items answer; values of an option that was not chosen."""
        kind, _, code = path.partition(".")
        return (kind == "attributes" and code in self.options) or (
            kind == "option_values" and code not in self.options
        )

    def _shown(self, path: str, value: Any) -> list[Finding]:
        """A field nobody has filled in yet is not scolded before the first submission."""
        found = [f for f in self.draft.findings if f.path == path]
        untouched = value in (None, "", [], {}) and path not in self.draft.posted.saved
        return [] if untouched and not self.draft.refused else found
