"""An earlier content comes back into the draft, as an ordinary save that can be taken back."""

from collections.abc import Iterator
from typing import Any

from app.core.database import db
from app.core.errors import NotFound
from app.listings.actions.itemising import refuse_too_many
from app.listings.actions.merging import PartSave, Step, present_value
from app.listings.actions.saving import items_of, save_parts
from app.listings.actions.submitting import revise
from app.listings.actions.timeline import note
from app.listings.actions.undoing import put_back
from app.listings.content import Content, leaves, same
from app.listings.history import changes_after, full_path
from app.listings.locks import hold_listing, locked_draft
from app.listings.models import Change, Item, Version, VersionPart
from app.listings.queries import newest_version
from app.validation.field_table import ITEMS_MOST

Values = dict[str, Any]


def restore_version(listing_id: int, version_id: int, who: int | None) -> str:
    """The whole content of a version of the listing into its draft; where none is open, an edit.

    Items of it that the draft lacks come back; items it does not know are switched off. SKUs,
    prices and stock are of no version, and stay; so does what a first approval fixed, and items
    whose sale has ended. Answers the name of the save. `Conflict` while a version is in review.
    """
    source = db.session.get(Version, version_id)
    if source is None or source.listing_id != listing_id:
        raise NotFound()
    draft = _draft_of(listing_id, who)
    _bring_items(source, draft)
    parts = {part.item_id: part for part in draft.parts}
    saves = [PartSave(parts[key].id, values) for key, values in _wanted(source, draft).items()]
    step = Step(who)
    results = save_parts(draft.id, saves, step)
    if any(each.saved for each in results.values()):
        note(listing_id, "restored", who, "seller", version=source.no)
    return step.name


def restore_point(version_id: int, change_id: int, who: int | None) -> str:
    """A draft as it was right after one of its changes; items that came or went since stay so.

    Answers the name of the save.
    """
    locked_draft(version_id)
    change = db.session.get(Change, change_id)
    if change is None or change.version_id != version_id:
        raise NotFound()
    step = Step(who)
    save_parts(version_id, put_back(changes_after(version_id, change_id)), step)
    return step.name


def not_restored(source: Version, draft: Version) -> list[str]:
    """The paths at which *draft* does not say what a restored *source* does."""
    parts = {part.item_id: part for part in draft.parts}
    held = items_of(parts.values())
    found = [
        full_path(item_id, path)
        for item_id, values in _wanted(source, draft).items()
        for path, value in values.items()
        if not same(present_value(parts[item_id], path), value)
    ]
    del held
    gone = {part.item_id for part in source.parts} - parts.keys()
    return [*found, *(f"items.{item_id}" for item_id in sorted(each for each in gone if each))]


def _draft_of(listing_id: int, who: int | None) -> Version:
    # Of two at once the second finds the edit that the first one began.
    hold_listing(listing_id)
    newest = newest_version(listing_id)
    if newest.state in ("draft", "submitted"):
        return locked_draft(newest.id)
    return revise(listing_id, who)


def _bring_items(source: Version, draft: Version) -> None:
    """Parts for the items that only *source* has, off until its content is written into them."""
    known = {part.item_id for part in draft.parts}
    gone = [part.item_id for part in source.parts if part.item_id not in known]
    items = [item for item in map(_item, gone) if item.sale != "retired"]
    total = len(items) + sum(item_id is not None for item_id in known)
    if items and total > ITEMS_MOST:
        refuse_too_many(total)
    for item in items:
        db.session.add(VersionPart(version_id=draft.id, item_id=item.id, content={"off": True}))
    db.session.flush()
    db.session.expire(draft, ["parts"])


def _item(item_id: int | None) -> Item:
    return db.session.get_one(Item, item_id)


def _wanted(source: Version, draft: Version) -> dict[int | None, Values]:
    """By item, what each part of *draft* is to say; the product's is None's."""
    there = {part.item_id: part.content for part in source.parts}
    return {
        part.item_id: _values(there[part.item_id], part.content)
        if part.item_id in there
        else {"off": True}
        for part in draft.parts
    }


def _values(there: Content, here: Content) -> Values:
    """Every answer of *there*, and None for those that only *here* has."""
    values: Values = dict.fromkeys(path for path, _ in _answers(here))
    return values | dict(_answers(there))


def _answers(content: Content) -> Iterator[tuple[str, Any]]:
    # What was typed for a price or a SKU is of no version, like these themselves.
    return ((path, value) for path, value in leaves(content) if not path.startswith("typed."))
