"""What the order system has of each listing, with the count of each item."""

from typing import Any

from flask import Blueprint
from sqlalchemy import RowMapping, select
from sqlalchemy.orm import Session

from app.receivers import holdings
from app.receivers.database import Store, table_of
from app.receivers.orders.models import OfferedItem, OfferedListing, OrdersReceived

# What a digest is of.
KEPT_LISTING, KEPT = ("name", "seller_id"), ("sku", "option")
LISTING = ("listing_id", "version", "practice", *KEPT_LISTING)
ITEM = (
    "listing_id", "item_id", "version", "price", "offer_revision", "sale", "sale_revision",
    "stock", "stock_revision", "changed_at", *KEPT,
)  # fmt: skip


def blueprint(store: Store, received_days: int) -> Blueprint:
    """`/v1/holdings`."""
    joined = OfferedItem.listing_id == OfferedListing.listing_id
    counted = holdings.counts(OfferedListing.listing_id, OfferedItem.item_id, joined)
    return holdings.blueprint(store, counted, read, OrdersReceived, received_days)


def read(session: Session, first: int, last: int) -> list[holdings.Listing]:
    """See `holdings.Reader`."""
    listing, item = table_of(OfferedListing).c, table_of(OfferedItem).c
    wanted = select(*(listing[name] for name in LISTING))
    wanted = wanted.where(listing.listing_id.between(first, last)).order_by(listing.listing_id)
    rows = session.execute(wanted).mappings().all()
    found = {
        row["listing_id"]: holdings.told(row, {name: row[name] for name in KEPT_LISTING})
        for row in rows
    }
    items = (
        select(*(item[name] for name in ITEM))
        .where(item.listing_id.between(first, last))
        .order_by(item.item_id)
    )
    for row in session.execute(items).mappings():
        told = holdings.item(row, KEPT) | {"stock": _stock(row)}
        found[row["listing_id"]]["items"].append(told)
    return list(found.values())


def _stock(row: RowMapping) -> dict[str, Any]:
    changed_at = row["changed_at"].isoformat()
    return {"count": row["stock"], "revision": row["stock_revision"], "changed_at": changed_at}
