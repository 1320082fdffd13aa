"""The stock of what a seller sells, as the order system last told it: there without it, too."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.core.database import db
from app.core.words import Words
from app.listings.models import Item, Stock
from app.surfaces.seller.rows import called

MOST = 50


@dataclass(frozen=True)
class Left:
    """How many of one item there are, and since when."""

    listing_id: int
    name: Words
    sku: str
    count: int
    changed_at: datetime


def present_stock(seller_id: int) -> list[Left]:
    """Of what is on sale and handed over, the fewest first; MOST items."""
    rows = db.session.execute(
        select(Item.listing_id, Item.sku, Stock.count, Stock.changed_at)
        .join(Stock, Stock.item_id == Item.id)
        .where(Item.seller_id == seller_id, Item.sale == "on", Stock.owner == "orders")
        .order_by(Stock.count, Item.id)
        .limit(MOST)
    ).all()
    names = called(sorted({row.listing_id for row in rows}))
    return [
        Left(listing_id, names[listing_id], sku, count or 0, changed_at)
        for listing_id, sku, count, changed_at in rows
    ]
