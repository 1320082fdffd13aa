"""Writing outbox rows: one for each target that wants to hear, newer ones ending older ones."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import aliased

from app.core import bulk, contracts
from app.core.clock import database_now
from app.core.database import db
from app.core.digests import digest
from app.core.unit_of_work import record
from app.core.words import Words
from app.journey.handoff import payload
from app.journey.handoff.models import CHANGE, RECALL, Delivery
from app.journey.handoff.target import Target, targets_for
from app.listings.events import DeliveryParked
from app.listings.models import Item, Listing

# Each of these is a signed amount: a later one does not make an earlier one needless.
NEVER_SUPERSEDED = ("stock",)
OPENED = (
    "target", "subject", "subject_id", "revision", "listing_id", "practice", "urgency", "payload",
    "state", "answer_code", "answer_message", "digests",
)  # fmt: skip


@dataclass(frozen=True)
class Notice:
    """What a delivery is to say, before it is addressed to the targets that want to hear it."""

    listing: Listing
    subject: str
    subject_id: int
    revision: int
    payload: dict[str, Any]
    urgency: int = CHANGE


def of_offer(item: Item) -> Notice:
    """The item's price as it is now."""
    told = payload.offer(item)
    return Notice(item.listing, "offer", item.id, told["offer"]["revision"], told)


def of_sale(item: Item) -> Notice:
    """The item's sale state as it is now; a recall goes before everything else."""
    told = payload.sale(item)
    urgency = RECALL if item.sale == "recalled" else CHANGE
    return Notice(item.listing, "sale", item.id, told["sale"]["revision"], told, urgency)


def open_deliveries(notices: list[Notice]) -> None:
    """A due row for each notice and target, once, whatever how often it is asked for."""
    rows = [_row(notice, target) for notice in notices for target in targets_for(notice.subject)]
    if not rows:
        return
    opened = db.session.execute(
        bulk.insert_all(Delivery.__table__, rows, OPENED)
        .on_conflict_do_nothing()
        .returning(Delivery.id, Delivery.listing_id, Delivery.target, Delivery.state)
    ).all()
    _supersede(notices)
    for delivery_id, listing_id, target, state in opened:
        if state == "parked":
            record(DeliveryParked(listing_id, delivery_id, target))


def _row(notice: Notice, target: Target) -> dict[str, Any]:
    row = {
        "target": target.code,
        "subject": notice.subject,
        "subject_id": notice.subject_id,
        "revision": notice.revision,
        "listing_id": notice.listing.id,
        "practice": notice.listing.practice,
        "urgency": notice.urgency,
        "payload": notice.payload,
    }
    product = notice.subject == "product"
    fitness = _fitness(row, "waiting" if product and target.waits_for else "due")
    known = product and fitness["state"] != "parked"
    return row | fitness | {"digests": _digests(notice.payload, target) if known else None}


def _digests(told: dict[str, Any], target: Target) -> dict[str, Any] | None:
    if target.kept is None:
        return None
    items = {str(item["item_id"]): digest(target.kept.item(item)) for item in told["items"]}
    return {"product": digest(target.kept.product(told)), "items": items}


_OFF_CONTRACT = Words(
    "보낼 내용이 정해진 형식에 맞지 않습니다: {fault}", "What we would send is malformed: {fault}"
)


def _fitness(row: dict[str, Any], state: str) -> dict[str, Any]:
    """A payload off the contract is our own mistake: kept for an operator, never sent blindly."""
    told = ("subject", "subject_id", "revision", "practice", "payload")
    wire = payload.delivery(**{name: row[name] for name in told})
    faults = contracts.faults("delivery-batch", {"deliveries": [wire]})
    if not faults:
        return {"state": state, "answer_code": "", "answer_message": None}
    fault = f"{faults[0].path} {faults[0].text}"
    message = _OFF_CONTRACT.filled(fault=fault).as_dict()
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
