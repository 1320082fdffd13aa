"""Autosave: one part, conditional on the revision it was made on, merged field by field.

A page names the revision it was drawn from. A save made on an older revision is a three-way merge
by the change log: fields nobody else touched are taken, fields left as they were drawn are left
alone, and a field that both sides changed is a conflict, given back with both texts and nothing
overwritten. What the page itself saved since it was drawn is no conflict; it is the new ground.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.core.clock import database_now
from app.core.database import db
from app.listings.content import (
    ITEM_COLUMNS,
    is_fixed_of_approved,
    item_path,
    read,
    same,
    storable,
    written,
)
from app.listings.locks import locked_part
from app.listings.models import Change, Finding, Item, Version, VersionPart, touch
from app.listings.numbers import whole_number
from app.listings.queries import has_approved_item, judged_before
from app.validation.field_table import SKU_LENGTH


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


def save_fields(
    version_id: int,
    part_id: int,
    values: dict[str, Any],
    seen_revision: int,
    who: int | None,
    tab: str = "",
    seen: Mapping[str, int] | None = None,
) -> SaveResult:
    """Write *values* (path within the part -> JSON value) that the person saw at *seen_revision*.

    *seen* says of single paths that they were seen at a later revision. Item parts also take
    `sku`, `price`, `list_price` and `stock`; what is not a number stays as typed under the part's
    `typed`. Raises `Conflict` when the version is no draft any more.
    """
    part = locked_part(version_id, part_id)
    result = SaveResult(revision=part.revision)
    since = _changes_since(part, min([seen_revision, *(seen or {}).values()]))
    result.foreign = [
        path
        for path, history in since.items()
        if _ground(history, (seen or {}).get(path, seen_revision), tab, None)[1]
    ]
    for path, raw in values.items():
        if _fixed(part, path):
            continue
        value = _settled(part, path, storable(raw))
        present = present_value(part, path)
        if same(value, present) and not _free_again(part, path, value):
            continue
        ground = (seen or {}).get(path, seen_revision)
        drawn, foreign = _ground(since.get(path, []), ground, tab, present)
        if foreign and same(value, drawn):
            continue  # left as it was drawn: not this person's change
        if foreign:
            result.conflicts.append(FieldConflict(path, value, present, foreign.who, foreign.at))
            continue
        _write(part, path, value, present, who, tab)
        result.saved.append(path)
    if result.saved:
        part.revision = result.revision = part.revision + 1
        touch(part.version.listing)
        _tick_reviewer_findings(part, result.saved)
    return result


def _ground(
    changes: list[Change], revision: int, tab: str, present: Any
) -> tuple[Any, Change | None]:
    """What the page believes stands at a path, and the last change that it does not know of."""
    later = [change for change in changes if change.revision > revision]
    own = [n for n, change in enumerate(later) if tab and change.tab == tab]
    foreign = later[own[-1] + 1 :] if own else later
    if own:
        drawn = _bare(later[own[-1]].new)
    else:
        drawn = _bare(later[0].old) if later else present
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


def _write(
    part: VersionPart, path: str, value: Any, present: Any, who: int | None, tab: str
) -> None:
    if part.item_id is not None and path in ITEM_COLUMNS:
        _write_column(part, path, value)
    else:
        part.content = written(part.content, path, value)
    db.session.add(
        Change(
            version_id=part.version_id,
            part_id=part.id,
            revision=part.revision + 1,
            path=path,
            old={"value": present},
            new={"value": value},
            who=who,
            tab=tab,
        )
    )


def _write_column(part: VersionPart, path: str, value: Any) -> None:
    item = db.session.get_one(Item, part.item_id)
    if path == "sku":
        _write_sku(part, item, value or "")
        return
    number = value if isinstance(value, int) else None
    _note_typed(part, path, value if number is None else None)
    if path == "stock":
        item.stock.count = number
        item.stock.changed_at = database_now()
    else:
        setattr(item.offer, path, number)
        item.offer.changed_at = database_now()


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


def _write_sku(part: VersionPart, item: Item, sku: str) -> None:
    # The lock lets two tabs that type one SKU at once see one another.
    db.session.execute(select(func.pg_advisory_xact_lock(item.seller_id)))
    fits = len(sku) <= SKU_LENGTH and not _taken(item, sku)
    _note_typed(part, "sku", None if fits else sku)
    item.sku = sku if fits else ""
    db.session.flush()


def _taken(item: Item, sku: str) -> bool:
    others = select(Item.id).where(
        Item.seller_id == item.seller_id,
        Item.sku == sku,
        Item.id != item.id,
        Item.sale != "retired",
    )
    if not sku:
        return False
    holders = db.session.scalars(select(Item).where(Item.id.in_(others))).all()
    for holder in holders:
        if _in_nobodys_hand(holder):
            holder.sku = ""
    db.session.flush()
    return any(holder.sku for holder in holders)


def _in_nobodys_hand(item: Item) -> bool:
    """Never approved, and gone from its listing: taken out, or thrown away with an edit."""
    if item.approved_version_id is not None:
        return False
    kept = (
        select(Version.id)
        .where(
            Version.listing_id == item.listing_id,
            (Version.state != "withdrawn") | Version.submitted_at.is_not(None),
        )
        .order_by(Version.no.desc())
        .limit(1)
        .scalar_subquery()
    )
    part = select(VersionPart.id).where(
        VersionPart.item_id == item.id, VersionPart.version_id == kept
    )
    return db.session.scalar(part) is None


def _free_again(part: VersionPart, path: str, value: Any) -> bool:
    """A SKU that was another item's when it was typed, and no longer is."""
    if part.item_id is None or path != "sku" or read(part.content, "typed.sku") is None:
        return False
    return len(value) <= SKU_LENGTH and not _taken(db.session.get_one(Item, part.item_id), value)


def _note_typed(part: VersionPart, path: str, raw: Any) -> None:
    part.content = written(part.content, f"typed.{path}", raw)


def _changes_since(part: VersionPart, revision: int) -> dict[str, list[Change]]:
    if part.revision <= revision:
        return {}
    rows = db.session.scalars(
        select(Change)
        .where(Change.part_id == part.id, Change.revision > revision)
        .order_by(Change.revision, Change.id)
    )
    since: dict[str, list[Change]] = {}
    for change in rows:
        since.setdefault(change.path, []).append(change)
    return since


def _bare(wrapped: dict[str, Any] | None) -> Any:
    return (wrapped or {}).get("value")


def _tick_reviewer_findings(part: VersionPart, saved: list[str]) -> None:
    """A mended field ticks off what the reviewer had against it in the version before."""
    judged = judged_before(db.session.get_one(Version, part.version_id))
    if judged is None:
        return
    full = [p if part.item_id is None else item_path(part.item_id, p) for p in saved]
    open_findings = db.session.scalars(
        select(Finding).where(
            Finding.version_id == judged,
            Finding.source == "reviewer",
            Finding.cleared_at.is_(None),
        )
    )
    for finding in open_findings:
        if any(_mended(part, finding.path, path) for path in full):
            finding.cleared_at = database_now()


def _mended(part: VersionPart, against: str, saved: str) -> bool:
    """Whether saving one path mends a remark; one on a picture stands while that picture does."""
    if saved == "pictures" and against.startswith("pictures."):
        return against.partition(".")[2] not in map(str, part.content.get("pictures") or [])
    return against == saved or against.startswith(f"{saved}.")
