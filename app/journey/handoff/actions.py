"""Opening deliveries, in the transaction of what they tell; and an operator's hand on them."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import func, select, true, update
from sqlalchemy.orm import joinedload

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import NotFound
from app.core.unit_of_work import record
from app.journey.handoff import payload
from app.journey.handoff.claiming import release_expired, state_of
from app.journey.handoff.models import PRODUCT, Delivery, HandoffDeed, TargetState
from app.journey.handoff.opening import Notice, of_offer, of_sale, open_deliveries
from app.journey.handoff.target import TARGETS
from app.listings.actions import note, record_stock_levels
from app.listings.events import (
    DeliveryParked,
    OffersApplied,
    SaleChanged,
    StockChanged,
    VersionApproved,
)
from app.listings.models import Item, Listing, Version

# A suspension recalls all that a company has: no statement is to be longer than this many items.
TOGETHER = 500
# Whoever asks wants to know of minutes.
FED_EVERY = timedelta(seconds=10)


def open_product_deliveries(event: VersionApproved) -> None:
    """Tell every target of the approved product; from now on the order system owns its stock."""
    listing = db.session.get_one(Listing, event.listing_id, populate_existing=True)
    version = db.session.get_one(Version, event.version_id)
    items = payload.approved_items(listing)
    told = payload.product(listing, version, items)
    open_deliveries([Notice(listing, "product", listing.id, told["version"], told, PRODUCT)])
    record_stock_levels(
        [
            # Any level of the order system's own is newer than this count.
            {"item_id": item.id, "count": item.stock.count or 0, "revision": 0}
            for item in items
            if item.stock.owner == "seller"
        ]
    )


def open_offer_deliveries(event: OffersApplied) -> None:
    """Tell the prices that took effect."""
    open_deliveries([of_offer(item) for item in _told_before(event.item_ids)])


def open_sale_deliveries(event: SaleChanged) -> None:
    """Tell the new sale states."""
    for start in range(0, len(event.item_ids), TOGETHER):
        some = _told_before(event.item_ids[start : start + TOGETHER])
        open_deliveries([of_sale(item) for item in some])


def open_stock_deliveries(event: StockChanged) -> None:
    """Send the signed changes to who owns the stock."""
    listing = db.session.get_one(Listing, event.listing_id)
    notices = [
        Notice(listing, "stock", one.item_id, one.no, payload.stock(listing.id, one))
        for one in event.changes
    ]
    open_deliveries(notices)


def end_refused_stock(item_id: int) -> None:
    """The refused amounts of the item's stock are over: its seller has found the count right."""
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.subject == "stock",
            Delivery.subject_id == item_id,
            Delivery.state == "refused",
        )
        .values(state="superseded")
        .execution_options(synchronize_session=False)
    )


def _told_before(item_ids: Iterable[int]) -> Sequence[Item]:
    """Those of the items that any target was ever told of, in order of their ids."""
    return db.session.scalars(
        select(Item)
        .where(Item.id.in_(tuple(item_ids)), Item.approved_version_id.is_not(None))
        .options(joinedload(Item.listing))
        .order_by(Item.id)
        .execution_options(populate_existing=True)
    ).all()


def pause(target: str, who: int | None) -> None:
    """Send nothing to the target until it is resumed; what is on its way arrives."""
    _known(target)
    state = state_of(target)
    if state.paused_at is None:
        state.paused_at = database_now()
        state.paused_by = who
        db.session.add(HandoffDeed(act="pause", who=who, target=target))


def resume(target: str, who: int | None = None) -> None:
    """Send again, at once, whatever held the target back."""
    _known(target)
    state = state_of(target)
    if state.paused_at is not None:
        db.session.add(HandoffDeed(act="resume", who=who, target=target))
    state.paused_at = state.paused_by = state.hold_until = None


def _known(target: str) -> None:
    if target not in TARGETS.load():
        raise NotFound()


def park_abandoned() -> None:
    """Free what dead senders held; what was tried too often is parked where operators see it."""
    for listing_id, delivery_id, target in release_expired():
        note(listing_id, "delivery-parked", target=TARGETS[target].names.as_dict())
        record(DeliveryParked(listing_id, delivery_id, target))


def note_fed(target: str) -> None:
    """The end of the stock feed was reached: all counts are present."""
    state_of(target)
    lately = database_now() - FED_EVERY
    db.session.execute(
        update(TargetState)
        .where(TargetState.target == target, func.coalesce(TargetState.fed_at < lately, true()))
        .values(fed_at=database_now())
        .execution_options(synchronize_session=False)
    )


def note_cursor(target: str, seen: str, cursor: str) -> bool:
    """How far the stock feed was read; False when somebody else has read on from *seen*."""
    state_of(target)
    moved = db.session.scalar(
        update(TargetState)
        .where(TargetState.target == target, TargetState.cursor == seen)
        .values(cursor=cursor)
        .returning(TargetState.target)
    )
    return moved is not None
