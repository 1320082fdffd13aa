"""What the catalogue has of each listing, for `receivers/holdings.py`."""

from flask import Blueprint
from sqlalchemy import select
from sqlalchemy.orm import Session

from app.receivers import holdings
from app.receivers.catalogue.models import CatalogueItem, CatalogueReceived, Product
from app.receivers.database import Store, table_of

PRODUCT = ("id", "listing_id", "version", "practice", "content")
# What an item's digest is of.
KEPT = ("sku", "gtin", "option", "options", "pictures")
ITEM = (
    "product_id", "item_id", "version", "price", "list_price", "offer_revision", "sale",
    "sale_revision", *KEPT,
)  # fmt: skip


def blueprint(store: Store, received_days: int) -> Blueprint:
    """`/v1/holdings`."""
    joined = CatalogueItem.product_id == Product.id
    counted = holdings.counts(Product.listing_id, CatalogueItem.item_id, joined)
    return holdings.blueprint(store, counted, read, CatalogueReceived, received_days)


def read(session: Session, first: int, last: int) -> list[holdings.Listing]:
    """See `holdings.Reader`."""
    listing, item = table_of(Product).c, table_of(CatalogueItem).c
    wanted = select(*(listing[name] for name in PRODUCT))
    wanted = wanted.where(listing.listing_id.between(first, last)).order_by(listing.listing_id)
    rows = session.execute(wanted).mappings().all()
    found = {row["id"]: holdings.told(row, row["content"]) for row in rows}
    items = (
        select(*(item[name] for name in ITEM))
        .where(item.product_id.in_(found))
        .order_by(item.item_id)
    )
    for row in session.execute(items).mappings():
        found[row["product_id"]]["items"].append(holdings.item(row, KEPT, "list_price"))
    return list(found.values())
