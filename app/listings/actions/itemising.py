"""A draft's items: added one or many at a time, taken out while nobody has approved them."""

from collections.abc import Sequence
from typing import Any, NoReturn

from sqlalchemy import delete, func, select

from app.core.database import db
from app.core.errors import Conflict
from app.core.words import Words
from app.listings.actions.mending import keep_ticks
from app.listings.locks import locked_draft
from app.listings.models import Change, Item, Listing, Offer, Stock, Version, VersionPart, touch
from app.validation.field_table import ITEMS_MOST

_TOO_MANY = Words(
    "품목이 모두 {count}개가 됩니다. {limit}개까지 만들 수 있습니다.",
    "That would be {count} items in all. A listing can have at most {limit}.",
)
_LAST_ITEM = Words("품목이 적어도 하나는 있어야 합니다.", "A listing needs at least one item.")
_ITEM_APPROVED = Words(
    "승인된 적이 있는 품목은 뺄 수 없습니다. 상품 화면에서 판매를 끝내세요.",
    "An item that was once approved is not taken out. End its sale on the listing page.",
)


def add_item(version_id: int, who: int | None) -> Item:
    """One more empty item in a draft."""
    return add_items(version_id, [{}], who)[0]


def add_items(version_id: int, contents: Sequence[dict[str, Any]], who: int | None) -> list[Item]:
    """One more item in a draft for each of *contents*, all or none of them."""
    version = locked_draft(version_id)
    # Theirs of the listing that no edit shows any more count for nothing.
    count = db.session.scalar(
        select(func.count())
        .select_from(VersionPart)
        .join(Item, Item.id == VersionPart.item_id)
        .where(VersionPart.version_id == version_id, Item.sale != "retired")
    )
    total = (count or 0) + len(contents)
    if total > ITEMS_MOST:
        refuse_too_many(total)
    items = new_items(version.listing, version, contents)
    touch(version.listing)
    return items


def refuse_too_many(total: int) -> NoReturn:
    """Say how many items there would be."""
    raise Conflict("too-many-items", _TOO_MANY, count=total, limit=ITEMS_MOST)


def new_items(listing: Listing, version: Version, contents: Sequence[dict[str, Any]]) -> list[Item]:
    """Items behind those there are, each with its row of offer and stock and its content."""
    last = db.session.scalar(select(func.max(Item.position)).where(Item.listing_id == listing.id))
    first = 0 if last is None else last + 1
    items = [
        Item(listing_id=listing.id, seller_id=listing.seller_id, position=first + n)
        for n in range(len(contents))
    ]
    db.session.add_all(items)
    db.session.flush()
    for item, content in zip(items, contents, strict=True):
        part = VersionPart(version_id=version.id, item_id=item.id, content=content)
        db.session.add_all([Offer(item_id=item.id), Stock(item_id=item.id), part])
    db.session.flush()
    return items


def remove_item(version_id: int, item_id: int, who: int | None) -> None:
    """Take an item that was never approved out of a draft; approved ones are retired instead."""
    version = locked_draft(version_id)
    parts = [p for p in version.parts if p.item_id is not None]
    part = next((p for p in parts if p.item_id == item_id), None)
    if part is None:
        return
    if len(parts) == 1:
        raise Conflict("last-item", _LAST_ITEM)
    if db.session.get_one(Item, item_id).approved_version_id is not None:
        raise Conflict("item-approved", _ITEM_APPROVED)
    db.session.execute(delete(Change).where(Change.part_id == part.id))
    db.session.execute(delete(VersionPart).where(VersionPart.id == part.id))
    if not _in_other_versions(item_id):
        for row, column in ((Offer, Offer.item_id), (Stock, Stock.item_id), (Item, Item.id)):
            db.session.execute(delete(row).where(column == item_id))
    # What was loaded before still lists them.
    db.session.expire(version)
    db.session.expire(version.listing)
    keep_ticks(version)
    touch(version.listing)


def _in_other_versions(item_id: int) -> bool:
    return bool(
        db.session.scalar(select(VersionPart.id).where(VersionPart.item_id == item_id).limit(1))
    )
