"""A page's values of one part against what stands there: taken, left alone, or in conflict."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from secrets import token_hex
from typing import Any

from app.core.database import db
from app.listings.actions.naming import note_name
from app.listings.actions.skus import is_free
from app.listings.content import ITEM_COLUMNS, is_fixed_of_approved, read, same, storable, written
from app.listings.history import value_of
from app.listings.models import Change, Item, VersionPart
from app.listings.numbers import whole_number
from app.listings.queries import has_approved_item


@dataclass(frozen=True)
class PartSave:
    """What a page has of one part: values by path, and the revisions at which it saw them.

    `revision` None is whatever stands; `seen` says of single paths that they were seen later.
    """

    part_id: int
    values: Mapping[str, Any]
    revision: int | None = None
    seen: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldConflict:
    """Both sides changed *path*: what this save wanted, what stands, who wrote that and when."""

    path: str
    mine: Any
    theirs: Any
    who: int | None
    at: datetime


@dataclass
class SaveResult:
    """The part's revision now, the paths that were written, and the conflicts.

    `foreign` are the paths that others changed since the page was drawn.
    """

    revision: int
    saved: list[str] = field(default_factory=list)
    conflicts: list[FieldConflict] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One save: who makes it from which open page, and which step it takes back ('' for none).

    Its name is on every change that it writes. `turn` orders the saves of one page: it rises.
    """

    who: int | None
    tab: str = ""
    turn: int = 0
    undoes: str = ""
    name: str = field(default_factory=lambda: token_hex(8))


class Merge:
    """One part's values against what stands there."""

    def __init__(
        self,
        part: VersionPart,
        save: PartSave,
        history: dict[str, list[Change]],
        step: Step,
        skus: dict[VersionPart, str],
    ) -> None:
        self.part, self.save, self.history = part, save, history
        self.step, self.skus = step, skus
        self.drawn = part.revision if save.revision is None else save.revision
        self.result = SaveResult(revision=part.revision)

    def done(self) -> SaveResult:
        self.result.foreign = [
            path
            for path, changes in self.history.items()
            if _ground(changes, self._seen(path), self.step.tab, None)[1]
        ]
        for path, raw in self.save.values.items():
            if not _fixed(self.part, path):
                self._take(path, _settled(self.part, path, storable(raw)))
        if self.result.saved:
            self.part.revision = self.result.revision = self.part.revision + 1
        return self.result

    def _seen(self, path: str) -> int:
        return self.save.seen.get(path, self.drawn)

    def _take(self, path: str, value: Any) -> None:
        present = present_value(self.part, path)
        if same(value, present) and not _free_again(self.part, path, value):
            return
        changes = self.history.get(path, [])
        if self._is_overtaken(changes):
            return
        drawn, foreign = _ground(changes, self._seen(path), self.step.tab, present)
        if foreign and same(value, drawn):
            return  # left as it was drawn: not this person's change
        if foreign:
            conflict = FieldConflict(path, value, present, foreign.who, foreign.at)
            self.result.conflicts.append(conflict)
            return
        self._write(path, value, present)
        self.result.saved.append(path)

    def _is_overtaken(self, changes: list[Change]) -> bool:
        """Whether the page sent this before what is here from it: a bad line may turn two round."""
        tab, turn = self.step.tab, self.step.turn
        return bool(tab and turn) and any(c.tab == tab and c.turn > turn for c in changes)

    def _write(self, path: str, value: Any, present: Any) -> None:
        part = self.part
        if part.item_id is None or path not in ITEM_COLUMNS:
            part.content = written(part.content, path, value)
            if part.item_id is None and path == "name.ko":
                note_name(part.version.listing, value)
        elif path == "sku":
            self.skus[part] = value or ""
        else:
            _write_number(part, path, value)
        db.session.add(
            Change(
                version_id=part.version_id,
                part_id=part.id,
                revision=part.revision + 1,
                path=path,
                old={"value": present},
                new={"value": value},
                who=self.step.who,
                tab=self.step.tab,
                turn=self.step.turn,
                step=self.step.name,
                undoes=self.step.undoes,
            )
        )


def _ground(
    changes: list[Change], revision: int, tab: str, present: Any
) -> tuple[Any, Change | None]:
    """What the page believes stands at a path, and the last change that it does not know of."""
    later = [change for change in changes if change.revision > revision]
    own = [n for n, change in enumerate(later) if tab and change.tab == tab]
    foreign = later[own[-1] + 1 :] if own else later
    if own:
        drawn = value_of(later[own[-1]].new)
    else:
        drawn = value_of(later[0].old) if later else present
    return drawn, foreign[-1] if foreign else None


def present_value(part: VersionPart, path: str) -> Any:
    """What stands at *path* of a part now, its item's own columns included."""
    if part.item_id is None or path not in ITEM_COLUMNS:
        return read(part.content, path)
    typed = read(part.content, f"typed.{path}")
    if typed is not None:
        return typed
    item = db.session.get_one(Item, part.item_id)
    return _column(item, path)


def _column(item: Item, path: str) -> Any:
    if path == "sku":
        return item.sku
    if path == "stock":
        return item.stock.count
    return getattr(item.offer, path)


def _write_number(part: VersionPart, path: str, value: Any) -> None:
    item = db.session.get_one(Item, part.item_id)
    number = value if isinstance(value, int) else None
    part.content = written(part.content, f"typed.{path}", value if number is None else None)
    if path == "stock":
        item.stock.count = number
    else:
        setattr(item.offer, path, number)


def _fixed(part: VersionPart, path: str) -> bool:
    """Whether a first approval has put *path* out of a draft's reach.

    An approved item's price and stock are staged on the listing's page, where its sale is ended,
    too; its option values are what orders know it by, and so are the options items differ in.
    """
    if part.item_id is not None:
        fixed = is_fixed_of_approved(path)
        return fixed and db.session.get_one(Item, part.item_id).approved_version_id is not None
    return path == "options" and has_approved_item(part.version.listing_id)


def _settled(part: VersionPart, path: str, raw: Any) -> Any:
    """An item's numbers as numbers where they are, its SKU trimmed; all else as it came."""
    if part.item_id is None or path not in ITEM_COLUMNS:
        return raw
    if path == "sku":
        return str(raw or "").strip()
    number = whole_number(raw)
    if number is not None and number >= 0:
        return number
    # A number that the column cannot hold stays as typed, like text.
    return None if raw in (None, "") else str(raw)


def _free_again(part: VersionPart, path: str, value: Any) -> bool:
    """A SKU that was another item's when it was typed, and no longer is."""
    if part.item_id is None or path != "sku" or read(part.content, "typed.sku") is None:
        return False
    return is_free(db.session.get_one(Item, part.item_id), value)
