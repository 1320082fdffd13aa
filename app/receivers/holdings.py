"""What a receiver has: `GET /v1/holdings?after=<listing id>`, the same for every receiver.

Onshelf compares it with what it approved, page by page, and sends again whatever is not there. A
page ends after 500 listings or 5,000 items, whichever comes first; a listing is never divided.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from flask import Blueprint, request
from sqlalchemy import ColumnElement, RowMapping, Select, delete, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.core.digests import digest
from app.core.errors import Invalid
from app.core.words import Words
from app.receivers.database import Store
from app.receivers.models import ReceivedColumns

LISTINGS_PAGE, ITEMS_PAGE = 500, 5000
# Keys that are forgotten at a time.
FORGOTTEN = 5000
NOT_A_CURSOR = Words("커서로 읽을 수 없습니다.", "It does not read as a cursor.")

Listing = dict[str, Any]
# The listings from one id to another, both included, in the order of their ids.
Reader = Callable[[Session, int, int], list[Listing]]
Id = InstrumentedAttribute[int]


def blueprint(
    store: Store,
    counted: Select[int, int],
    read: Reader,
    received: type[ReceivedColumns],
    days: int,
) -> Blueprint:
    """The endpoint; guard it with `signatures.guard`.

    *counted* finds `listing_id` and the number of `items` of each listing (`counts`). Whoever
    begins to read also makes the receiver forget keys *received* more than *days* ago: it has no
    clock of its own, and is asked this every hour.
    """
    found = Blueprint("holdings", __name__)

    @found.get("/v1/holdings")
    def holdings() -> dict[str, Any]:
        after = _cursor(request.args.get("after", ""))
        if not after:
            with store.transaction() as session:
                forget(session, received, days)
        with store.transaction() as session:
            return page(session, counted, read, after)

    return found


def forget(session: Session, received: type[ReceivedColumns], days: int) -> None:
    """Delete keys of long ago, FORGOTTEN at most."""
    old = received.at < func.now() - timedelta(days=days)
    keys = select(received.key).where(old).limit(FORGOTTEN).with_for_update(skip_locked=True)
    session.execute(
        delete(received).where(received.key.in_(keys)).execution_options(synchronize_session=False)
    )


def counts(listing_id: Id, item_id: Id, joined: ColumnElement[bool]) -> Select[int, int]:
    """How many items each listing has, none included."""
    number = func.count(item_id).label("items")
    query = select(listing_id.label("listing_id"), number)
    return query.outerjoin(item_id.class_, joined).group_by(listing_id)


def page(session: Session, counted: Select[int, int], read: Reader, after: int) -> dict[str, Any]:
    """The next page after the listing *after*, as in the contract `holdings`."""
    column = counted.selected_columns.listing_id
    wanted = counted.where(column > after).order_by(column).limit(LISTINGS_PAGE + 1)
    rows = session.execute(wanted).all()
    upto, items = after, 0
    for taken, row in enumerate(rows):
        items += row.items
        if taken == LISTINGS_PAGE or (taken and items > ITEMS_PAGE):
            break
        upto = row.listing_id
    more = bool(rows) and rows[-1].listing_id > upto
    listings = read(session, after + 1, upto) if upto > after else []
    return {"listings": listings, "cursor": str(upto), "more": more}


def told(listing: RowMapping, kept: dict[str, Any]) -> Listing:
    """One listing without its items yet; *kept* is what its digest is of."""
    return {
        "listing_id": listing["listing_id"],
        "version": listing["version"],
        "practice": listing["practice"],
        "digest": digest(kept),
        "items": [],
    }


def item(row: RowMapping, kept: tuple[str, ...], *more: str) -> dict[str, Any]:
    """What every receiver says of one item, *more* besides; *kept* is what its digest is of."""
    names = ("item_id", "version", "price", "offer_revision", "sale", "sale_revision", *more)
    of = {name: row[name] for name in kept}
    return {name: row[name] for name in names} | {"digest": digest(of)}


def _cursor(text: str) -> int:
    if not (text or "0").isascii() or not (text or "0").isdecimal() or len(text) > 18:
        raise Invalid("not-a-cursor", NOT_A_CURSOR)
    return int(text or "0")
