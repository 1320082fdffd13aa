"""What is done about differences of one listing, once for each.

What a target lacks is never sent again as it was: the receiver may have noted its key although its
effect is gone, and would answer *duplicate*. It is said anew, as a revision beyond ours and beyond
the target's, to all targets. So one rule serves what is missing, older, different, and newer, and
what was altered there under the number that we sent.
What we say stands, but for two things: the order system owns the counts, so its count is taken; and
a sale state that is newer there and stricter (a recall that our restored database forgot) is taken,
for what was taken off sale must not come back by itself.
"""

from collections.abc import Iterable, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.orm import InstrumentedAttribute

from app.core.clock import database_now
from app.core.database import db
from app.journey.handoff import payload
from app.journey.handoff.models import PRODUCT
from app.journey.handoff.opening import Notice, of_offer, of_sale, open_deliveries
from app.journey.handoff.reconciling.comparing import Found, Told, on_sale, stricter
from app.journey.handoff.target import TARGETS
from app.listings.actions import change_sale
from app.listings.models import Item, Listing, Offer, Stock
from app.listings.queries import live_version

STRICTER = {"paused": "pause", "recalled": "recall", "retired": "retire"}


def mend(target: str, listing_id: int, found: Sequence[Found]) -> list[str]:
    """Mend what *target* was *found* to have; what was done about each, in their order.

    The items are locked already.
    """
    done = [_mend_part(listing_id, one) for one in found]
    products = [one for one in found if one.part in ("product", "item") and one.kind != "unknown"]
    if products and not _say_product(target, listing_id, products):
        done = ["" if one in products else word for one, word in zip(found, done, strict=True)]
    return done


def lock(listing_id: int) -> None:
    """The items, in the order in which verbs lock them."""
    locked = select(Item.id).where(Item.listing_id == listing_id).order_by(Item.id)
    db.session.execute(locked.with_for_update())


def _mend_part(listing_id: int, one: Found) -> str:
    if one.kind == "unknown":
        return _outrun_unknown(listing_id, one)
    if one.part == "stock":
        return _take_count(one)
    if one.part == "offer":
        return _say_offer(one)
    if one.part == "sale":
        return _say_sale(listing_id, one)
    return "resent"


def _say_product(target: str, listing_id: int, found: Sequence[Found]) -> bool:
    listing = db.session.get_one(Listing, listing_id, populate_existing=True)
    version = live_version(listing_id)
    items = payload.approved_items(listing)
    if version is None or not items:
        return False
    # A product's number and its items' are all ahead by the same.
    behind = [
        one.theirs["version"] - one.ours["version"] for one in found if one.ours and one.theirs
    ]
    listing.version_lead += max([0, *behind]) + 1
    db.session.flush()
    if TARGETS[target].owns_stock:
        _count_anew(found, items)
    told = payload.product(listing, version, items)
    open_deliveries([Notice(listing, "product", listing_id, told["version"], told, PRODUCT)])
    return True


def _count_anew(found: Sequence[Found], items: Iterable[Item]) -> None:
    """A count that begins anew there, with its item, begins with a revision of one."""
    missing = [one for one in found if one.kind == "missing"]
    whole = any(one.item_id is None for one in missing)
    gone = {one.item_id for one in missing}
    item_ids = [item.id for item in items if whole or item.id in gone]
    db.session.execute(update(Stock).where(Stock.item_id.in_(item_ids)).values(revision=0))


def _say_offer(one: Found) -> str:
    item = _item(one)
    _raise(Offer.revision, Offer.item_id, item.id, one)
    open_deliveries([of_offer(_item(one))])
    return "resent"


def _say_sale(listing_id: int, one: Found) -> str:
    theirs = one.theirs or {}
    item = _item(one)
    _raise(Item.sale_revision, Item.id, item.id, one)
    if one.kind == "newer" and stricter(theirs["sale"], item.sale):
        change_sale(listing_id, [item.id], STRICTER[theirs["sale"]], None)
        return "taken"
    open_deliveries([of_sale(_item(one))])
    return "resent"


def _take_count(one: Found) -> str:
    theirs = one.theirs or {}
    db.session.execute(
        update(Stock)
        .where(Stock.item_id == one.item_id)
        .values(
            count=theirs["count"],
            revision=theirs["revision"],
            owner="orders",
            changed_at=database_now(),
        )
    )
    return "taken"


def _outrun_unknown(listing_id: int, one: Found) -> str:
    """What is unknown as approved may be a draft here: what it will say is to be newer."""
    theirs: Told = one.theirs or {}
    if one.part == "product":
        lead = func.greatest(Listing.version_lead, theirs["version"])
        raised = update(Listing).where(Listing.id == listing_id)
        db.session.execute(raised.values(version_lead=lead))
    items = theirs["items"] if one.part == "product" else [theirs]
    for item in items:
        # One for the recall, and one beyond it.
        sale = func.greatest(Item.sale_revision, item["sale_revision"] + 2)
        raised = update(Item).where(Item.id == item["item_id"], Item.listing_id == listing_id)
        db.session.execute(raised.values(sale_revision=sale))
        ours = select(Item.id).where(Item.id == item["item_id"], Item.listing_id == listing_id)
        offer = func.greatest(Offer.revision, item["offer_revision"] + 1)
        raised = update(Offer).where(Offer.item_id.in_(ours))
        db.session.execute(raised.values(revision=offer))
    return "left" if not on_sale({"items": items}) else ""


def _raise(
    revision: InstrumentedAttribute[int], key: InstrumentedAttribute[int], number: int, one: Found
) -> None:
    """Count the revision on, beyond ours and beyond theirs."""
    theirs = (one.theirs or {}).get("revision", 0)
    raised = update(key.class_).where(key == number)
    db.session.execute(
        raised.values({revision: func.greatest(revision, theirs) + 1}).execution_options(
            synchronize_session=False
        )
    )


def _item(one: Found) -> Item:
    return db.session.get_one(Item, one.item_id, populate_existing=True)
