"""Everything of one case on one screen: read here, drawn by `templates/review/case.html`."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.accounts.models import Seller
from app.accounts.queries import names_of
from app.core.database import db
from app.core.words import Words
from app.journey.review.case.background import (
    Past,
    earlier_verdicts,
    history,
    judged_last,
    seller_record,
)
from app.journey.review.case.changes import Told, changes_of
from app.journey.review.case.earlier import Earlier, earlier_of, is_changed, reasons_before
from app.journey.review.case.fields import Entry, Group, groups_of
from app.journey.review.case.offers import offers_of
from app.journey.review.case.rows import Row, rows_of
from app.journey.review.case.shots import Shot, shots_of
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.differing import Places, pictures_in
from app.journey.review.comparing.differing import differing as differences
from app.journey.review.comparing.gallery import Gallery, gallery
from app.journey.review.drafts import EMPTY, Draft
from app.journey.review.models import ReviewCase
from app.listings.content import Content
from app.listings.models import Finding as FindingRow
from app.listings.models import Listing, Version
from app.listings.queries import content_of, documents_of, name_of
from app.taxonomy.definitions import Category
from app.taxonomy.queries import category_by_version
from app.validation.fields import label_of, sections
from app.validation.finding import Finding


@dataclass(frozen=True)
class CasePage:
    """What a reviewer reads before deciding."""

    case: ReviewCase
    listing: Listing
    version: Version
    before: Version | None
    category: Category
    name: dict[str, str]
    seller: Seller
    content: Content
    groups: list[Group]
    shots: list[Shot]
    rows: list[Row]
    changes: list[Told]
    gallery: Gallery | None
    findings: list[tuple[Words, Finding]]
    history: list[dict[str, Any]]
    past: list[Past]
    # The verdict on the version before, if it gave reasons; what its places were called; which
    # paths changed since, price and stock included.
    judged: Past | None
    called: Places
    touched: list[str]
    record: dict[str, int]
    people: dict[int, str]

    @property
    def pins(self) -> list[dict[str, Any]]:
        """The reasons as they are being written, or as they were decided."""
        return list(self.written["reasons"])

    @property
    def written(self) -> Draft:
        """The verdict as it is being written, or as it was decided."""
        if self.case.verdict is None:
            return EMPTY | self.case.draft
        return {name: getattr(self.case, name) for name in EMPTY}

    @cached_property
    def earlier(self) -> list[Earlier]:
        """The reasons of the verdict before."""
        if self.judged is None:
            return []
        places = dict(self.places())
        return earlier_of(self.judged.case.reasons, places, self.called, self.touched, self.pins)

    def earlier_at(self, path: str) -> list[Earlier]:
        """The reasons of the verdict before at *path*; of an item those of its columns too."""
        item = re.fullmatch(r"items\.[0-9]+", path)
        return [
            each
            for each in self.earlier
            if each.path == path or (item and each.path.startswith(path + "."))
        ]

    def marks_before(self, path: str) -> list[tuple[str, list[int]]]:
        """The parts that the verdict before marked on the picture at *path*: (sign, box)."""
        return [(each.sign, each.box) for each in self.earlier_at(path) if each.box]

    def marks(self, path: str) -> list[tuple[int, list[int]]]:
        """The parts marked on the picture at *path*: (number in the list of reasons, box)."""
        numbered = enumerate(self.pins, start=1)
        return [(no, pin["box"]) for no, pin in numbered if pin["path"] == path and pin.get("box")]

    @property
    def appealed(self) -> Past | None:
        """The verdict that an appeal is against."""
        return next((past for past in self.past if past.case.id == self.case.appeal_of), None)

    @property
    def change_count(self) -> int:
        """At how many places something changed, each picture one of them."""
        return len(self.changes) + (self.gallery.count if self.gallery else 0)

    @property
    def field_count(self) -> int:
        """How many fields there are to read."""
        entries = [entry for group in self.groups for entry in group.entries]
        return sum(2 if entry.number else 1 for entry in entries)

    @cached_property
    def parted_shots(self) -> tuple[list[Shot], list[Shot]]:
        """The pictures of which there is something to read, and the rest."""
        rest = [s for s in self.shots if self._is_rest(s) and not (s.unfit or s.twin)]
        return [shot for shot in self.shots if shot not in rest], rest

    @cached_property
    def parted_rows(self) -> tuple[list[Row], list[Row]]:
        """The items of which there is something to read, and the rest."""
        rest = [row for row in self.rows if self._is_rest(row)]
        return [row for row in self.rows if row not in rest], rest

    def _is_rest(self, place: Shot | Row) -> bool:
        """Whether it is as it was judged, and nobody has anything against it.

        An appeal is read as a whole: nothing changed there since.
        """
        folds = self.before is not None and self.appealed is None
        return folds and not place.findings and not is_changed(place.path, self._told)

    @cached_property
    def _told(self) -> list[str]:
        """The paths at which something changed, or a reason is or was pinned."""
        pins = [*self.pins, *(each.reason for each in self.earlier)]
        return [*self.touched, *(pin["path"] for pin in pins)]

    def renditions(self, picture_id: int) -> list[dict[str, Any]]:
        """The sizes made of a picture of the listing, in this version or not."""
        facts = (self.content["pictures"].get(str(picture_id)) or {}).get("facts") or {}
        return list(facts.get("renditions") or [])

    def label_of(self, path: str) -> Words:
        """The words for a place where something is pinned."""
        labels = dict(self.places())
        return labels.get(path) or label_of(path, self.category, self.content)

    def places(self) -> list[tuple[str, Words]]:
        """Where a reason may be pinned: the whole, each picture, each item, each field."""
        rows = [entry for group in self.groups for entry in group.entries]
        entries = [each for row in rows for each in (row, row.number) if each is not None]
        places: list[Shot | Row | Entry] = [*self.shots, *self.rows, *entries]
        whole = ("", Words("상품 전체", "The whole listing"))
        return [whole, *((place.path, place.label) for place in places)]


def case_page(case: ReviewCase) -> CasePage:
    """Read the page of *case*; who may is the caller's to have checked."""
    version = db.session.get_one(Version, case.version_id)
    listing = db.session.get_one(Listing, case.listing_id)
    category = category_by_version(version.category_version_id or 0)
    content = content_of(version)
    before = judged_last(version)
    form = sections(category, content)
    # From itself nothing differs.
    was = content_of(before) if before else content
    past = earlier_verdicts(case)
    judged = reasons_before(past, before)
    differing = differences(was, content, form)
    if before is not None:
        differing += offers_of(before, judged, content, differing)
    found = findings_of(case)
    labels = Places(category, content, form)
    documents = documents_of(listing.id)
    people = (case.holder, case.decided_by, case.draft.get("by"))
    both = gallery(pictures_in(was), pictures_in(content))
    return CasePage(
        case=case,
        listing=listing,
        version=version,
        before=before,
        category=category,
        name=name_of(version),
        seller=db.session.get_one(Seller, case.seller_id),
        content=content,
        groups=groups_of(form, category, content, differing, found, documents),
        shots=shots_of(listing.id, content, differing, found, labels),
        rows=rows_of(content, category, differing, found, labels),
        changes=changes_of(differing, form, labels, documents),
        gallery=both,
        findings=[(labels.of(finding.path), finding) for finding in found],
        history=history(listing.id),
        past=past,
        judged=judged,
        called=Places(category, was),
        touched=_touched(differing, both),
        record=seller_record(case.seller_id),
        people=names_of([who for who in people if who]),
    )


def _touched(differing: list[Changed], both: Gallery | None) -> list[str]:
    """The paths at which something is otherwise than it was judged."""
    moved = [hung.path for hung in both.new if hung.what == "moved"] if both else []
    return [*(each.path for each in differing), *moved]


def findings_of(case: ReviewCase) -> list[Finding]:
    """What stands against the version; the reasons that an appeal is against are told with it."""
    rows = select(FindingRow).where(
        FindingRow.version_id == case.version_id, FindingRow.cleared_at.is_(None)
    )
    if case.kind == "appeal":
        rows = rows.where(FindingRow.source != "reviewer")
    found = db.session.scalars(rows.order_by(FindingRow.id))
    return [Finding(r.code, r.path, r.severity, r.params, r.source) for r in found]  # type: ignore[arg-type]
