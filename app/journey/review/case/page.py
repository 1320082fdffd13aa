"""Everything of one case on one screen: read here, drawn by `templates/review/case.html`."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import select

from app.accounts.models import Seller
from app.accounts.queries import names_of
from app.core.database import db
from app.core.words import NOTHING, Words
from app.journey.review.case.background import (
    Past,
    earlier_verdicts,
    history,
    judged_last,
    seller_record,
)
from app.journey.review.case.earlier import Earlier, earlier_of, reasons_before, sold_otherwise
from app.journey.review.case.fields import (
    Documents,
    Entry,
    Group,
    against,
    file_of,
    groups_of,
    said,
)
from app.journey.review.case.twins import Twin, twins_of
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.differing import Places, pictures_in
from app.journey.review.comparing.differing import differing as differences
from app.journey.review.comparing.gallery import Gallery, gallery
from app.journey.review.comparing.within import Within, within
from app.journey.review.models import ReviewCase
from app.listings.content import Content, read
from app.listings.models import Document, Listing, Picture, Version
from app.listings.models import Finding as FindingRow
from app.listings.queries import content_of, documents_of, name_of, pictures_of
from app.taxonomy.definitions import Category
from app.taxonomy.queries import category_by_version
from app.validation import picture_texts
from app.validation.field import Section
from app.validation.field_table import PICTURE_TEXTS
from app.validation.fields import label_of, options_label, sections
from app.validation.finding import Finding
from app.validation.pictures import open_rows


@dataclass(frozen=True)
class Shot:
    """A picture of the version, in its order. `place` counts from 1; 1 is the representative."""

    picture: Picture
    path: str
    place: int
    label: Words
    fresh: bool
    findings: list[Finding]
    # What shoppers hear of it, and by language what of that its seller wrote.
    heard: Words
    texts: list[tuple[str, str]]
    twin: Twin | None

    @property
    def unfit(self) -> bool:
        """Whether a measure does not fit, of those that are asked at its place."""
        picture = {"state": self.picture.state, "facts": self.picture.facts}
        refused = self.picture.state == "refused"
        return refused or bool(open_rows(picture, first=self.place == 1))


@dataclass(frozen=True)
class Row:
    """An item of the version."""

    content: Content
    path: str
    label: Words
    option: Words
    fresh: bool
    findings: list[Finding]


@dataclass(frozen=True)
class Told:
    """A place where something changed, in words."""

    path: str
    label: Words
    old: Words
    new: Words
    document: Document | None = None
    within: Within | None = None


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
    # paths changed since.
    judged: Past | None
    called: Places | None
    touched: list[str]
    record: dict[str, int]
    people: dict[int, str]

    @property
    def pins(self) -> list[dict[str, Any]]:
        """The reasons as they are being written, or as they were decided."""
        case = self.case
        return list(case.draft.get("reasons", []) if case.verdict is None else case.reasons)

    @cached_property
    def earlier(self) -> list[Earlier]:
        """The reasons of the verdict before."""
        if self.judged is None or self.called is None:
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
    was = content_of(before) if before else None
    differing = differences(was, content, form) if was else []
    found = _findings(version.id)
    if case.kind == "appeal":
        # The appealed verdict's reasons are told with it; they are no findings of a check.
        found = [finding for finding in found if finding.source != "reviewer"]
    labels = Places(category, content, form)
    documents = documents_of(listing.id)
    people = (case.holder, case.decided_by, case.draft.get("by"))
    both = gallery(pictures_in(was), pictures_in(content)) if was else None
    past = earlier_verdicts(case)
    judged = reasons_before(past, before)
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
        shots=_shots(listing.id, content, differing, found, labels, before is not None),
        rows=_rows(content, category, differing, found, labels, before is not None),
        changes=[
            _told(each, form, labels, documents) for each in differing if each.what != "picture"
        ],
        gallery=both,
        findings=[(labels.of(finding.path), finding) for finding in found],
        history=history(listing.id),
        past=past,
        judged=judged,
        called=Places(category, was) if was else None,
        touched=_touched(version, differing, both, judged) if judged else [],
        record=seller_record(case.seller_id),
        people=names_of([who for who in people if who]),
    )


def _touched(
    version: Version, differing: list[Changed], both: Gallery | None, judged: Past
) -> list[str]:
    """The paths at which something is otherwise than it was judged, price and stock included."""
    moved = [hung.path for hung in both.new if hung.what == "moved"] if both else []
    return [*(each.path for each in differing), *moved, *sold_otherwise(version, judged)]


def _findings(version_id: int) -> list[Finding]:
    rows = db.session.scalars(
        select(FindingRow)
        .where(FindingRow.version_id == version_id, FindingRow.cleared_at.is_(None))
        .order_by(FindingRow.id)
    )
    return [Finding(r.code, r.path, r.severity, r.params, r.source) for r in rows]  # type: ignore[arg-type]


def _shots(
    listing_id: int,
    content: Content,
    differing: list[Changed],
    found: list[Finding],
    labels: Places,
    again: bool,
) -> list[Shot]:
    kept = pictures_of(listing_id)
    twins = twins_of([kept[n] for n in pictures_in(content) if n in kept])
    fresh = {each.path for each in differing if each.what == "picture"}
    shots: list[Shot] = []
    product = content["product"]
    for place, number in enumerate(product.get("pictures") or [], start=1):
        path = f"pictures.{number}"
        if int(number) not in kept:
            continue
        ready = sum(shot.picture.state == "ready" for shot in shots)
        shots.append(
            Shot(
                picture=kept[int(number)],
                path=path,
                place=place,
                label=labels.of(path),
                fresh=again and path in fresh,
                findings=[
                    *against(found, path),
                    *against(found, f"{picture_texts.FOLDER}.{number}"),
                ],
                heard=picture_texts.heard(product, number, ready + 1),
                texts=_written(product, number),
                twin=twins.get(int(number)),
            )
        )
    return shots


def _written(product: Content, picture: int) -> list[tuple[str, str]]:
    """(language, text) of what the seller wrote of a picture."""
    codes = picture_texts.LANGUAGES
    said = [(code, read(product, picture_texts.path_of(picture, code))) for code in codes]
    return [(code, str(text)) for code, text in said if text]


def _rows(
    content: Content,
    category: Category,
    differing: list[Changed],
    found: list[Finding],
    labels: Places,
    again: bool,
) -> list[Row]:
    fresh = {each.path for each in differing if each.what == "item"}
    rows = []
    for item in content["items"]:
        if item["off"]:
            continue
        path = f"items.{item['id']}"
        said = options_label(item, category, content)
        rows.append(
            Row(item, path, labels.of(path), said, again and path in fresh, against(found, path))
        )
    return rows


def _told(each: Changed, form: Sequence[Section], labels: Places, documents: Documents) -> Told:
    fields = {field.path: field for section in form for field in section.fields}
    fields |= {field.path: field for field in PICTURE_TEXTS}
    label = labels.of(each.path)
    if each.what == "item":
        gone, come = Words("뺌", "removed"), Words("더함", "added")
        return Told(each.path, label, gone if each.old else NOTHING, come if each.new else NOTHING)
    if each.path.startswith("items.") and each.path.endswith(".pictures"):
        return Told(each.path, label, _named(each.old, labels), _named(each.new, labels))
    field = fields.get(re.sub(r"^(items|picture_texts)\.\d+", r"\1.*", each.path))
    old, new = (said(value, field, documents) for value in (each.old, each.new))
    inside = within(each.old, each.new, field)
    return Told(each.path, label, old, new, file_of(each.new, field, documents), inside)


def _named(pictures: Any, labels: Places) -> Words:
    """Pictures by their places; none is no choice among them."""
    return Words.joined(labels.of(f"pictures.{each}") for each in pictures or [])
