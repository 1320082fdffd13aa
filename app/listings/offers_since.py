"""What is of no version, SKU, price and stock of items, as it was at a verdict and as it is now.

Of items never approved a draft writes it, and its log keeps both values; of what is live it is
staged and applied, which the timeline tells.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.listings.content import ITEM_COLUMNS, item_path, same
from app.listings.history import full_path, value_of
from app.listings.models import Change, TimelineEntry, Version, VersionPart

# By path, `items.7.price`: what stood there, and what stands there now; only what differs.
Pairs = dict[str, tuple[Any, Any]]


def written_since(listing_id: int, no: int) -> Pairs:
    """In the drafts that followed version *no*, whether they were sent or thrown away."""
    rows = db.session.execute(
        select(VersionPart.item_id, Change.path, Change.old, Change.new)
        .join(VersionPart, VersionPart.id == Change.part_id)
        .join(Version, Version.id == Change.version_id)
        .where(
            Version.listing_id == listing_id,
            Version.no > no,
            VersionPart.item_id.is_not(None),
            Change.path.in_(ITEM_COLUMNS),
        )
        .order_by(Change.id)
    )
    return _differing(
        (full_path(item, path), value_of(old), value_of(new)) for item, path, old, new in rows
    )


def applied_since(listing_id: int, at: datetime | None) -> Pairs:
    """What was put into force on live items after a verdict at *at*, nothing without one.

    Of stock it is the sum of the changes, `+5`.
    """
    rows = db.session.execute(
        select(TimelineEntry.event, TimelineEntry.detail)
        .where(
            TimelineEntry.listing_id == listing_id,
            TimelineEntry.event.in_(("price-applied", "stock-applied")),
            TimelineEntry.at > at,
        )
        .order_by(TimelineEntry.id)
    ).all()
    priced = [detail for event, detail in rows if event == "price-applied"]
    prices = ((item_path(it["item"], "price"), it["old"], it["new"]) for it in priced)
    lists = (
        (item_path(it["item"], "list_price"), it["list_old"], it["list_new"])
        for it in priced
        if "list_new" in it
    )
    return {**_differing(prices), **_differing(lists), **_stocked(rows)}


def _differing(told: Iterator[tuple[str, Any, Any]]) -> Pairs:
    """From what it was at first to what it is at last, of each path."""
    pairs: Pairs = {}
    for path, old, new in told:
        pairs[path] = (pairs[path][0] if path in pairs else old, new)
    return {path: pair for path, pair in pairs.items() if not same(*pair)}


def _stocked(rows: Any) -> Pairs:
    sums: dict[str, int] = {}
    for event, detail in rows:
        if event == "stock-applied":
            path = item_path(detail["item"], "stock")
            sums[path] = sums.get(path, 0) + int(detail["amount"].replace(",", ""))
    return {path: (None, f"{amount:+,}") for path, amount in sums.items() if amount}
