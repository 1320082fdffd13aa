"""Opening deliveries, in the transaction of what they tell; and an operator's hand on them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from app.core import contracts
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.unit_of_work import record
from app.core.words import Words
from app.journey.handoff import payload
from app.journey.handoff.claiming import state_of
from app.journey.handoff.models import CHANGE, PRODUCT, RECALL, Delivery
from app.journey.handoff.target import TARGETS, Target, targets_for
from app.listings.actions import stock_taken_over
from app.listings.events import (
    DeliveryParked,
    OffersApplied,
    SaleChanged,
    StockChanged,
    VersionApproved,
)
from app.listings.models import Item, Listing, Version

# Each of these is a signed amount: a later one does not make an earlier one needless.
NEVER_SUPERSEDED = ("stock",)


@dataclass(frozen=True)
class Notice:
    """What a delivery is to say, before it is addressed to the targets that want to hear it."""

    subject: str
    subject_id: int
    revision: int
    payload: dict[str, Any]
    urgency: int = CHANGE


def open_product_deliveries(event: VersionApproved) -> None:
    """Tell every target of the approved product; from now on the order system owns its stock."""
    listing = db.session.get_one(Listing, event.listing_id, populate_existing=True)
    version = db.session.get_one(Version, event.version_id)
    told = payload.product(listing, version)
    _open(listing, [Notice("product", listing.id, version.no, told, PRODUCT)])
    for item in payload.approved_items(listing):
        if item.stock.owner == "seller":
            stock_taken_over(item.id)


def open_offer_deliveries(event: OffersApplied) -> None:
    """Tell the prices that took effect."""
    notices = [
        Notice("offer", item.id, item.offer.revision, payload.offer(item))
        for item in _told_before(event.item_ids)
    ]
    _open(db.session.get_one(Listing, event.listing_id), notices)


def open_sale_deliveries(event: SaleChanged) -> None:
    """Tell the new sale states; a recall goes before everything else."""
    notices = [
        Notice("sale", item.id, item.sale_revision, payload.sale(item), _sale_urgency(item))
        for item in _told_before(event.item_ids)
    ]
    _open(db.session.get_one(Listing, event.listing_id), notices)


def open_stock_deliveries(event: StockChanged) -> None:
    """Send the signed changes to who owns the stock."""
    notices = [
        Notice("stock", item_id, number, payload.stock(event.listing_id, item_id, amount))
        for item_id, number, amount in event.changes
    ]
    _open(db.session.get_one(Listing, event.listing_id), notices)


def _told_before(item_ids: Iterable[int]) -> Sequence[Item]:
    """Those of the items that any target was ever told of, in order of their ids."""
    return db.session.scalars(
        select(Item)
        .where(Item.id.in_(tuple(item_ids)), Item.approved_version_id.is_not(None))
        .order_by(Item.id)
        .execution_options(populate_existing=True)
    ).all()


def _sale_urgency(item: Item) -> int:
    return RECALL if item.sale == "recalled" else CHANGE


def _open(listing: Listing, notices: list[Notice]) -> None:
    rows = [_row(listing, notice, target) for notice in notices for target in _wanting(notice)]
    if not rows:
        return
    opened = db.session.execute(
        insert(Delivery)
        .values(rows)
        .on_conflict_do_nothing()
        .returning(Delivery.id, Delivery.target, Delivery.state)
    ).all()
    _supersede(notices)
    for delivery_id, target, state in opened:
        if state == "parked":
            record(DeliveryParked(listing.id, delivery_id, target))


def _wanting(notice: Notice) -> tuple[Target, ...]:
    return targets_for(notice.subject)


def _row(listing: Listing, notice: Notice, target: Target) -> dict[str, Any]:
    row = {
        "target": target.code,
        "subject": notice.subject,
        "subject_id": notice.subject_id,
        "revision": notice.revision,
        "listing_id": listing.id,
        "practice": listing.practice,
        "urgency": notice.urgency,
        "payload": notice.payload,
    }
    return row | _fitness(row)


_OFF_CONTRACT = Words(
    "보낼 내용이 정해진 형식에 맞지 않습니다: {fault}", "What we would send is malformed: {fault}"
)


def _fitness(row: dict[str, Any]) -> dict[str, Any]:
    """A payload off the contract is our own mistake: kept for an operator, never sent blindly."""
    wire = {
        "key": f"{row['subject']}:{row['subject_id']}:{row['revision']}",
        "subject": row["subject"],
        "subject_id": str(row["subject_id"]),
        "revision": row["revision"],
        "practice": row["practice"],
        "payload": row["payload"],
    }
    faults = contracts.faults("delivery-batch", {"deliveries": [wire]})
    if not faults:
        return {"state": "due", "answer_code": "", "answer_message": None}
    fault = f"{faults[0].path} {faults[0].text}"
    message = {lang: _OFF_CONTRACT.text(lang, fault=fault) for lang in ("ko", "en")}
    return {"state": "parked", "answer_code": "off-contract", "answer_message": message}


def _supersede(notices: list[Notice]) -> None:
    """End what is waiting with an older revision than some newer delivery of the same subject."""
    subjects = {n.subject for n in notices} - set(NEVER_SUPERSEDED)
    newer = aliased(Delivery)
    older = db.session.scalars(
        select(Delivery.id)
        .where(
            Delivery.subject.in_(subjects),
            Delivery.subject_id.in_({n.subject_id for n in notices}),
            Delivery.state.in_(("waiting", "due")),
            select(newer.id)
            .where(
                newer.target == Delivery.target,
                newer.subject == Delivery.subject,
                newer.subject_id == Delivery.subject_id,
                newer.revision > Delivery.revision,
            )
            .exists(),
        )
        .order_by(Delivery.id)
        .with_for_update(of=Delivery)
    ).all()
    if older:
        db.session.execute(
            update(Delivery)
            .where(Delivery.id.in_(older))
            .values(state="superseded", lease_until=None, answered_at=database_now())
            .execution_options(synchronize_session=False)
        )


_NOT_TO_REPLAY = Words(
    "이미 전달되었거나 새 내용으로 대체되어 다시 보낼 것이 없습니다.",
    "It is delivered or superseded already; there is nothing to send again.",
)


def replay(delivery_id: int) -> Delivery:
    """Send a parked, refused or delayed delivery again, now, counting its attempts afresh."""
    moved = db.session.scalar(
        update(Delivery)
        .where(
            Delivery.id == delivery_id,
            Delivery.state.in_(("parked", "refused", "due")),
            Delivery.lease_until.is_(None),
        )
        .values(state="due", attempts=0, not_before=database_now())
        .returning(Delivery)
        .execution_options(populate_existing=True)
    )
    if moved is None:
        if db.session.get(Delivery, delivery_id) is None:
            raise NotFound()
        raise Conflict("not-to-replay", _NOT_TO_REPLAY)
    return moved


def pause(target: str, who: int | None) -> None:
    """Send nothing to the target until it is resumed; what is on its way arrives."""
    _known(target)
    state = state_of(target)
    if state.paused_at is None:
        state.paused_at = database_now()  # type: ignore[assignment]
        state.paused_by = who


def resume(target: str) -> None:
    """Send again, at once, whatever held the target back."""
    _known(target)
    state = state_of(target)
    state.paused_at = state.paused_by = state.hold_until = None


def _known(target: str) -> None:
    if target not in TARGETS.load():
        raise NotFound()
