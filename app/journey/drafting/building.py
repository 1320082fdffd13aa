"""Puts values, findings, remarks and conflicts to the fields of the draft's page."""

from collections import defaultdict
from typing import Any

from app.accounts.queries import names_of
from app.core.clock import today
from app.journey.drafting.checking import Judged, judge
from app.journey.drafting.draft import Draft
from app.journey.drafting.picture_names import PictureNames
from app.journey.drafting.posted import Posted
from app.journey.drafting.views import ConflictView, FieldView, RowView, SectionView
from app.listings.content import is_fixed_of_approved, item_path, read, split_item_path
from app.listings.models import Version
from app.listings.queries import parts_of, reviewer_findings
from app.listings.remarks import remark_of
from app.validation.field import Field, Section
from app.validation.fields import item_fields, sections
from app.validation.finding import Finding
from app.validation.subject import chosen_options


def draft_of(
    version: Version,
    posted: Posted | None = None,
    refused: bool = False,
    judged: Judged | None = None,
    reader: int | None = None,
) -> Draft:
    """The draft's page for *reader*, after a save if *posted*, or after a refused submission.

    With *judged*, what a save found, only the items that the save changed are put together.
    """
    found = judged or judge(version)
    draft = Draft(
        listing=version.listing,
        version=version,
        category=found.category,
        content=found.content,
        findings=found.findings,
        posted=posted or Posted(),
        refused=refused,
        changed=found.changed,
        reader=reader,
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
        self.parts = parts_of(draft.version)
        people = [c.who for c in draft.posted.conflicts.values() if c.who]
        self.names = names_of(people)
        self.options = {o.code for o in chosen_options(draft.category, draft.content)}
        self.pictures = PictureNames(draft.version)
        self.findings = defaultdict(list)
        for finding in draft.findings:
            self.findings[finding.path].append(finding)

    def fill(self) -> None:
        draft = self.draft
        draft.part, draft.revision = self.parts[None]
        specs = sections(draft.category, draft.content, today())
        draft.sections = [self._section(spec) for spec in specs]
        draft.columns = item_fields(draft.category, draft.content)
        wanted = self._wanted()
        draft.rows = [
            self._row(item, place)
            for place, item in enumerate(draft.content["items"], 1)
            if wanted is None or item["id"] in wanted
        ]

    def _wanted(self) -> set[int | None] | None:
        """The items whose rows are to be drawn: None is all."""
        draft = self.draft
        if draft.changed is None or draft.table_changed:
            return None
        return {split_item_path(path)[0] for path in draft.changed | draft.posted.paths}

    def _section(self, spec: Section) -> SectionView:
        product = self.draft.content["product"]
        views = [
            self._field(
                each,
                read(product, each.path),
                None,
                readonly=each.path == "options" and self.draft.any_live,
            )
            for each in spec.fields
            if not each.path.startswith("items.")
        ]
        here = self._within(spec, views)
        blocking = sum(finding.severity == "blocks" for finding in here)
        return SectionView(spec, views, blocking, len(here) - blocking)

    def _within(self, spec: Section, views: list[FieldView]) -> list[Finding]:
        paths = {view.spec.path for view in views}
        # What pictures are in words is written beside them.
        codes = ("pictures", "picture_texts") if spec.code == "pictures" else (spec.code,)
        return [
            finding
            for finding in self.draft.findings
            if finding.path in paths or finding.path.partition(".")[0] in codes
        ]

    def _row(self, item: dict[str, Any], place: int) -> RowView:
        draft, number = self.draft, item["id"]
        part, revision = self.parts[number]
        return RowView(
            id=number,
            part=part,
            revision=revision,
            place=place,
            label=draft.labels.item(number),
            live=item["live"],
            off=bool(item["off"]),
            cells=[self._cell(item, column) for column in draft.columns],
            findings=self.findings[f"items.{number}"],
            remarks=[r for r in draft.remarks if r.path == f"items.{number}"],
        )

    def _cell(self, item: dict[str, Any], column: Field) -> FieldView:
        inner = column.inner
        spec = column.changed(path=item_path(item["id"], inner))
        typed = read(item, f"typed.{inner}")
        value = read(item, inner) if typed is None else typed
        if column.kind == "names":
            value = self.pictures.shown(value)
        fixed = item["live"] and is_fixed_of_approved(inner)
        return self._field(spec, value, item["id"], readonly=fixed)

    def _field(
        self, spec: Field, value: Any, item_id: int | None, readonly: bool = False
    ) -> FieldView:
        posted = self.draft.posted
        conflict = posted.conflicts.get(spec.path)
        revision = self.parts[item_id][1]
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

    def _shown(self, path: str, value: Any) -> list[Any]:
        """A field nobody has filled in yet is not scolded before the first submission."""
        untouched = value in (None, "", [], {}) and path not in self.draft.posted.saved
        return [] if untouched and not self.draft.refused else self.findings[path]
