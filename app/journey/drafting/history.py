"""The history of a listing: each version with what was saved in it, by whom and when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import groupby
from typing import Any

from app.accounts.queries import names_of
from app.core.database import db
from app.core.text_diff import Piece, pieces
from app.core.words import NOTHING, Words
from app.journey.drafting.picture_names import PictureNames
from app.listings.content import same
from app.listings.history import changes_before, items_of_parts, value_of
from app.listings.models import Change, Listing, Version
from app.listings.queries import content_of, documents_of, name_of, newest_version
from app.taxonomy import queries as taxonomy
from app.validation import picture_texts
from app.validation.display import shown
from app.validation.field import Field
from app.validation.fields import item_fields, picture_text_label, product_fields
from app.validation.labels import Labels

# About so many changed fields a page; a save is never cut in two.
PAGE = 200
# Saves of one open page that follow each other within this are told as one.
QUIET = timedelta(minutes=5)
# A text of more characters is told by what changed within it.
LONG = 40
_OFF, _YES, _NO = Words("끔", "Off"), Words("예", "Yes"), Words("아니요", "No")


@dataclass(frozen=True)
class Line:
    """One field, old and new; `pieces` where only some of a text changed."""

    label: Words
    old: Words
    new: Words
    pieces: list[Piece]


@dataclass(frozen=True)
class Entry:
    """Saves told as one. `point` is its last change, to which a draft can go back."""

    who: str
    at: datetime
    takes_back: bool
    lines: list[Line]
    point: int


@dataclass(frozen=True)
class VersionView:
    """A version with its entries on this page; `continued` where its newer ones were before."""

    version: Version
    entries: list[Entry]
    continued: bool


@dataclass(frozen=True)
class History:
    """One page of it; `next` is where the following one begins, None on the last."""

    listing: Listing
    name: dict[str, str]
    newest: Version
    versions: list[VersionView]
    people: dict[int, str]
    next: int | None
    first: bool

    @property
    def open(self) -> bool:
        """Whether an earlier content can come back: nothing is in review, nothing put away."""
        return self.newest.state != "submitted" and self.listing.retired_at is None

    def is_here(self, view: VersionView, entry: Entry) -> bool:
        """Whether the entry is what the draft is just now."""
        return self.first and view.version.id == self.newest.id and entry is view.entries[0]


def history_of(listing: Listing, before: int | None = None) -> History:
    """The listing's history, newest first, from the change *before* on (the newest if None)."""
    rows, following = changes_before(listing.id, before, PAGE)
    newest = newest_version(listing.id)
    last = db.session.get(Change, before) if before is not None else None
    top = _number(listing, last.version_id if last else newest.id)
    bottom = _number(listing, rows[-1].version_id) if rows and following else 1
    versions = [v for v in reversed(listing.versions) if bottom <= v.no <= top]
    people = names_of(_people(rows, versions))
    book = _Book(newest, rows)
    return History(
        listing=listing,
        name=name_of(newest),
        newest=newest,
        versions=[
            VersionView(
                version,
                list(_entries([r for r in rows if r.version_id == version.id], book, people)),
                continued=last is not None and version.no == top,
            )
            for version in versions
        ],
        people=people,
        next=following,
        first=before is None,
    )


def _number(listing: Listing, version_id: int) -> int:
    """The version's number; of another listing's, that of the newest."""
    numbers = {version.id: version.no for version in listing.versions}
    return numbers.get(version_id, max(numbers.values()))


def _people(rows: Sequence[Change], versions: Sequence[Version]) -> list[int]:
    found = {row.who for row in rows} | {v.created_by for v in versions}
    return [who for who in found | {v.submitted_by for v in versions} if who is not None]


def _entries(rows: list[Change], book: "_Book", people: dict[int, str]) -> Iterator[Entry]:
    for group in _grouped(rows):
        newest = group[0]
        lines = book.lines(group)
        if lines:
            who = people.get(newest.who or 0, "")
            yield Entry(who, newest.at, bool(newest.undoes), lines, newest.id)


def _grouped(rows: list[Change]) -> list[list[Change]]:
    """Saves, newest first, those of one open page in one go put together."""
    groups: list[list[Change]] = []
    for _, saved in groupby(rows, key=lambda row: row.step):
        step = list(saved)
        if groups and _goes_on(step, groups[-1]):
            groups[-1].extend(step)
        else:
            groups.append(step)
    return groups


def _goes_on(older: list[Change], newer: list[Change]) -> bool:
    before, after = older[0], newer[-1]
    if before.who != after.who or before.undoes or after.undoes or after.at - before.at > QUIET:
        return False
    if before.tab or after.tab:
        return before.tab == after.tab
    # Pictures that come one by one from no page's form.
    return {row.path for row in (*older, *newer)} == {"pictures"}


class _Book:
    """The words for a listing's paths and values, whichever version they stood in."""

    def __init__(self, newest: Version, rows: Sequence[Change]) -> None:
        self.version = newest
        self.category = taxonomy.category(newest.listing.category_code)
        self.labels = Labels(self.category, content_of(newest))
        self.items = items_of_parts(rows)
        self.pictures = PictureNames(newest)
        self.documents = documents_of(newest.listing_id)

    @cached_property
    def product(self) -> dict[str, Field]:
        """The product's fields by path, with the lines of every class of notice."""
        classes = (notice.code for notice in self.category.notices)
        return {f.path: f for code in classes for f in product_fields(self.category, code)}

    @cached_property
    def columns(self) -> dict[str, Field]:
        """An item's fields by the path within it, with every buying option."""
        options = [option.code for option in self.category.buying_options]
        every = {"product": {"options": options}}
        return {field.inner: field for field in item_fields(self.category, every)}

    def lines(self, group: list[Change]) -> list[Line]:
        """What a group of changes, newest first, did to each field in the end."""
        ends: dict[tuple[int, str], list[Any]] = {}
        for change in reversed(group):
            old, new = value_of(change.old), value_of(change.new)
            ends.setdefault((change.part_id, change.path), [old, new])[1] = new
        return [
            self._line(self.items.get(part), path, old, new)
            for (part, path), (old, new) in ends.items()
            if not same(old, new)
        ]

    def _line(self, item_id: int | None, path: str, old: Any, new: Any) -> Line:
        field = (self.product if item_id is None else self.columns).get(path)
        texts = self._text(path, old, field), self._text(path, new, field)
        within = isinstance(old, str) and isinstance(new, str) and not (field and field.choices)
        long = within and old and new and max(len(old), len(new)) > LONG
        return Line(self._label(item_id, path, field), *texts, pieces(old, new) if long else [])

    def _label(self, item_id: int | None, path: str, field: Field | None) -> Words:
        if item_id is None and path.startswith(f"{picture_texts.FOLDER}."):
            return self._picture_text(path)
        if item_id is None:
            return field.label if field else self.labels.of(path)
        item = self.labels.item(item_id)
        column = _OFF if path == "off" else field.label if field else NOTHING
        return Words.joined([item, column], by=": ")

    def _picture_text(self, path: str) -> Words:
        """By the name of its file: which place it had is another matter by now."""
        _, picture, language = path.split(".")
        name = self.pictures.shown([int(picture)])
        return Words.joined([Words.of(name), picture_text_label(language)], by=": ")

    def _text(self, path: str, value: Any, field: Field | None) -> Words:
        if path == "pictures":
            return Words.of(self.pictures.shown(value))
        if path.startswith("documents."):
            document = self.documents.get(value)
            return Words.of(document.file_name if document else "")
        if path == "off":
            return _YES if value else _NO
        return shown(value, field)
