"""Autosave: parts of a draft, each on the revision it was drawn from, merged field by field.

A page names the revision it was drawn from. A save made on an older revision is a three-way merge
by the change log: fields nobody else touched are taken, fields left as they were drawn are left
alone, and a field that both sides changed is a conflict, given back with both texts and nothing
overwritten. What the page itself saved since it was drawn is no conflict; it is the new ground.
However many parts one save has, it is one transaction and a handful of statements.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select, update

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record
from app.listings.actions.mending import keep_ticks
from app.listings.actions.merging import FieldConflict, Merge, PartSave, SaveResult, Step
from app.listings.actions.skus import write_skus
from app.listings.events import PicturesChosen
from app.listings.locks import locked_parts
from app.listings.models import Change, Item, Offer, Stock, Version, VersionPart, touch

__all__ = [
    "FieldConflict",
    "PartSave",
    "SaveResult",
    "Step",
    "items_of",
    "save_fields",
    "save_parts",
]


def save_fields(
    version_id: int,
    part_id: int,
    values: dict[str, Any],
    seen_revision: int,
    who: int | None,
    tab: str = "",
    seen: Mapping[str, int] | None = None,
) -> SaveResult:
    """Save one part: see `save_parts`."""
    save = PartSave(part_id, values, seen_revision, seen or {})
    return save_parts(version_id, [save], Step(who, tab))[part_id]


def save_parts(version_id: int, saves: Sequence[PartSave], step: Step) -> dict[int, SaveResult]:
    """Write the values (path within the part -> JSON value) that the person saw; by part.

    Item parts also take `sku`, `price`, `list_price` and `stock`; what is not a number stays as
    typed under the part's `typed`. All of it is one step. Raises `Conflict` when the version is no
    draft any more.
    """
    parts = locked_parts(version_id, [save.part_id for save in saves])
    product = next((part for part in parts.values() if part.item_id is None), None)
    shown = product.content.get("pictures") if product else None
    # Held on to: the session itself keeps only weak hands on what it has read.
    items = items_of(parts.values())
    history = _changes_since(saves, parts)
    skus: dict[VersionPart, str] = {}
    results = {}
    for save in saves:
        part = parts[save.part_id]
        one = Merge(part, save, history[part.id], step, skus)
        results[part.id] = one.done()
    write_skus(skus)
    _date_numbers(results, parts, items)
    saved = {parts[number]: result.saved for number, result in results.items() if result.saved}
    if saved:
        version = db.session.get_one(Version, version_id)
        keep_ticks(version)
        touch(version.listing)
    if product and "pictures" in saved.get(product, ()):
        _tell_pictures(product, shown or [])
    return results


def _tell_pictures(product: VersionPart, before: Sequence[int]) -> None:
    now = product.content.get("pictures") or []
    came = tuple(each for each in now if each not in before)
    went = tuple(each for each in before if each not in now)
    if came or went:
        record(PicturesChosen(product.version.listing_id, came, went))


def items_of(parts: Iterable[VersionPart]) -> Sequence[Item]:
    """The items of all parts with their offers and stocks, in one statement."""
    ids = [part.item_id for part in parts if part.item_id is not None]
    return db.session.scalars(select(Item).where(Item.id.in_(ids))).all() if ids else ()


def _date_numbers(
    results: Mapping[int, SaveResult], parts: Mapping[int, VersionPart], items: Sequence[Item]
) -> None:
    """Note when offers and stocks changed, all in one statement each."""
    for table, paths in ((Offer, {"price", "list_price"}), (Stock, {"stock"})):
        changed = [parts[n].item_id for n, result in results.items() if paths & {*result.saved}]
        if items and changed:
            db.session.execute(
                update(table)
                .where(table.item_id.in_(changed))
                .values(changed_at=database_now())
                .execution_options(synchronize_session=False)
            )


def _changes_since(
    saves: Sequence[PartSave], parts: Mapping[int, VersionPart]
) -> dict[int, dict[str, list[Change]]]:
    """By part and path, every change that one of the pages may not have seen."""
    since: dict[int, dict[str, list[Change]]] = defaultdict(lambda: defaultdict(list))
    oldest = {}
    for save in saves:
        present = parts[save.part_id].revision
        drawn = present if save.revision is None else save.revision
        oldest[save.part_id] = min([drawn, *save.seen.values()])
    behind = [number for number, revision in oldest.items() if parts[number].revision > revision]
    if not behind:
        return since
    rows = db.session.scalars(
        select(Change)
        .where(Change.part_id.in_(behind), Change.revision > min(oldest[each] for each in behind))
        .order_by(Change.revision, Change.id)
    )
    for change in rows:
        if change.revision > oldest[change.part_id]:
            since[change.part_id][change.path].append(change)
    return since
