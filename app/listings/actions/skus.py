"""A SKU names one item of its seller. What is another item's is kept as typed, and told there."""

from collections.abc import Mapping

from sqlalchemy import func, select

from app.core.database import db
from app.listings.content import written
from app.listings.models import Item, Version, VersionPart
from app.validation.field_table import SKU_LENGTH


def write_skus(wanted: Mapping[VersionPart, str]) -> None:
    """Give each part's item its SKU, all at once: items may change theirs for one another's."""
    if not wanted:
        return
    items = {part: db.session.get_one(Item, part.item_id) for part in wanted}
    # The lock lets two tabs that type one SKU at once see one another.
    seller_id = next(iter(items.values())).seller_id
    db.session.execute(select(func.pg_advisory_xact_lock(seller_id)))
    for item in items.values():
        item.sku = ""
    db.session.flush()
    taken = _taken(seller_id, {sku for sku in wanted.values() if sku})
    for part, sku in wanted.items():
        fits = len(sku) <= SKU_LENGTH and sku not in taken
        part.content = written(part.content, "typed.sku", None if fits else sku)
        items[part].sku = sku if fits else ""
        if fits and sku:
            taken.add(sku)
    db.session.flush()


def is_free(item: Item, sku: str) -> bool:
    """Whether the item may have that SKU."""
    return len(sku) <= SKU_LENGTH and sku not in _taken(item.seller_id, {sku}, but=item.id)


def _taken(seller_id: int, skus: set[str], but: int = 0) -> set[str]:
    """Those of *skus* that other items of the seller have; who has one in vain gives it back."""
    if not skus:
        return set()
    holders = db.session.scalars(
        select(Item).where(
            Item.seller_id == seller_id,
            Item.sku.in_(skus),
            Item.id != but,
            Item.sale != "retired",
        )
    ).all()
    for holder in holders:
        if _in_nobodys_hand(holder):
            holder.sku = ""
    db.session.flush()
    return {holder.sku for holder in holders if holder.sku}


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
