"""What the targets are told, by the published contract (`docs/contracts/delivery-batch`).

A payload is made once, in the transaction that opens its delivery, and never changes after that.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.accounts.models import Seller
from app.core.database import db
from app.journey.handoff.goods import (
    attributes,
    certifications,
    eu,
    item_pictures,
    notice,
    option,
    option_text,
    option_values,
    options,
    pictures,
    seller,
    shipping,
    sold_in,
    words,
)
from app.journey.handoff.models import key_of
from app.listings.events import StockChange
from app.listings.models import Item, Listing, Version
from app.listings.queries import part_of, pictures_in
from app.taxonomy.definitions import Category
from app.taxonomy.queries import category, category_by_version
from app.validation.gtin import digits_of

Payload = dict[str, Any]


def delivery(
    subject: str, subject_id: int, revision: int, practice: bool, payload: Payload
) -> Payload:
    """One delivery of a request, as the contract has it."""
    return {
        "key": key_of(subject, subject_id, revision),
        "subject": subject,
        "subject_id": str(subject_id),
        "revision": revision,
        "practice": practice,
        "payload": payload,
    }


def product(listing: Listing, version: Version, items: Sequence[Item]) -> Payload:
    """The product as *version* has it, and its `approved_items`, each as its own version has it."""
    definition = _category(listing, version)
    told = part_of(version, None).content
    name = words(told.get("name"))
    shown = pictures(told, pictures_in(version))
    return {
        "listing_id": listing.id,
        "version": version.no + listing.version_lead,
        "seller": seller(db.session.get_one(Seller, listing.seller_id)),
        "category": {"code": definition.code, "path": [w.as_dict() for w in definition.path]},
        "name": name,
        "brand": str(told.get("brand") or ""),
        "description": words(told.get("description")),
        "attributes": attributes(told, definition),
        "pictures": shown,
        "option": option(told, definition),
        "options": options(told, definition),
        "notice": notice(told, definition),
        "certifications": certifications(told, definition),
        "shipping": shipping(told),
        "sold_in": sold_in(told),
        "eu": eu(told),
        "items": _items(listing, items, definition, shown),
    }


def offer(item: Item) -> Payload:
    """An item's price, by itself."""
    return {"listing_id": item.listing_id, "item_id": item.id, "offer": _offer(item)}


def sale(item: Item) -> Payload:
    """An item's sale state, by itself."""
    return {"listing_id": item.listing_id, "item_id": item.id, "sale": _sale(item)}


def stock(listing_id: int, change: StockChange) -> Payload:
    """A signed amount, to be added once to what the order system has."""
    seen = {} if change.seen is None else {"seen": change.seen}
    return {
        "listing_id": listing_id,
        "item_id": change.item_id,
        "delta": change.amount,
        **seen,
    }


def _category(listing: Listing, version: Version) -> Category:
    if version.category_version_id is not None:
        return category_by_version(version.category_version_id)
    return category(listing.category_code)


def approved_items(listing: Listing) -> Sequence[Item]:
    """The items that some version approved and that are not retired, in the seller's order."""
    return db.session.scalars(
        select(Item)
        .where(
            Item.listing_id == listing.id,
            Item.approved_version_id.is_not(None),
            Item.sale != "retired",
        )
        .order_by(Item.position, Item.id)
        .execution_options(populate_existing=True)
    ).all()


def _items(
    listing: Listing, items: Sequence[Item], category: Category, shown: list[Payload]
) -> list[Payload]:
    numbers = {item.approved_version_id for item in items}
    versions = {number: db.session.get_one(Version, number) for number in numbers}
    return [
        _item(item, versions[item.approved_version_id], listing.version_lead, category, shown)
        for item in items
    ]


def _item(
    item: Item, version: Version, lead: int, category: Category, shown: list[Payload]
) -> Payload:
    told = part_of(version, item.id).content
    values = option_values(told, part_of(version, None).content, category)
    return {
        "item_id": item.id,
        "sku": item.sku,
        "gtin": digits_of(str(told.get("gtin") or "")),
        "option": option_text(values),
        "options": values,
        "pictures": item_pictures(told, shown),
        "version": version.no + lead,
        "offer": _offer(item),
        "sale": _sale(item),
        "stock": {"count": item.stock.count or 0},
    }


def _offer(item: Item) -> Payload:
    offer = item.offer
    return {"price": offer.price, "list_price": offer.list_price, "revision": offer.revision}


def _sale(item: Item) -> Payload:
    return {"state": item.sale, "revision": item.sale_revision}
