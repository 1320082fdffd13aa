"""Reading the outbox: for sellers in plain words, and for the sweep."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from app.core.clock import database_now, now
from app.core.database import db
from app.core.words import Words
from app.journey.handoff.awaiting import Awaited, awaited_by
from app.journey.handoff.models import Delivery, TargetState
from app.journey.handoff.stopping import overtaken
from app.journey.handoff.target import TARGETS, Target, owner_of_stock
from app.listings.models import Item, Placement
from app.listings.queries import placements_of

# Counts are read every few seconds; older than this, somebody does not answer.
STOCK_FRESH = timedelta(minutes=1)
# The worst thing under way is what is said first.
_BY_WEIGHT = ("refused", "parked", "blocked", "waiting", "delayed", "moving", "delivered")


@dataclass(frozen=True)
class Handover:
    """How one item stands at one target.

    `state` is moving, delayed, delivered, refused or parked; or waiting for another target's
    answer, or blocked where that has stopped (`awaited`). `at` is when the target last took
    something of it, `next_at` when it is sent again (None while an operator has paused the
    target), `reason` why it is not there yet.
    """

    item_id: int
    target: str
    names: Words
    state: str
    at: datetime | None
    next_at: datetime | None
    reason: Words | None
    url: str
    external_id: str
    # What it is about: `product`, `offer`, `sale` or `stock`; empty where nothing was ever opened.
    subject: str = ""
    # The sale state that the target has confirmed; empty for none.
    confirmed: str = ""
    # Whether shoppers' orders are taken there.
    sells: bool = False
    awaited: Awaited | None = None

    @property
    def settled(self) -> bool:
        """Whether the target has the item, whatever became of an amount of its stock."""
        return self.state == "delivered" or (self.state, self.subject) == ("refused", "stock")


def handovers_of(listing_id: int) -> dict[int, list[Handover]]:
    """By item, how it stands at each target; items never approved are left out."""
    items = db.session.scalars(
        select(Item)
        .where(Item.listing_id == listing_id, Item.approved_version_id.is_not(None))
        .order_by(Item.position, Item.id)
    ).all()
    rows = _present(listing_id)
    placements = placements_of([item.id for item in items])
    states = {state.target: state for state in db.session.scalars(select(TargetState))}
    awaited = awaited_by(rows)
    return {
        item.id: [
            _handover(
                item.id,
                target,
                [row for row in rows if row.target == target.code and _concerns(row, item.id)],
                placements.get((item.id, target.code)),
                states.get(target.code),
                awaited,
            )
            for target in TARGETS
        ]
        for item in items
    }


def _concerns(row: Delivery, item_id: int) -> bool:
    return row.subject == "product" or row.subject_id == item_id


def _present(listing_id: int) -> Sequence[Delivery]:
    """The newest delivery of each subject; of stock changes, what matters and has not arrived."""
    newest = (
        select(Delivery.id)
        .ext(distinct_on(Delivery.target, Delivery.subject, Delivery.subject_id))
        .where(Delivery.listing_id == listing_id, Delivery.subject != "stock")
        .order_by(Delivery.target, Delivery.subject, Delivery.subject_id, Delivery.revision.desc())
        .subquery()
    )
    stock_left = and_(
        Delivery.listing_id == listing_id,
        Delivery.subject == "stock",
        Delivery.state != "delivered",
        ~overtaken(),
    )
    return db.session.scalars(
        select(Delivery)
        .where(or_(Delivery.id.in_(select(newest.c.id)), stock_left))
        .options(defer(Delivery.payload))
    ).all()


def _handover(
    item_id: int,
    target: Target,
    rows: Sequence[Delivery],
    placement: Placement | None,
    health: TargetState | None,
    awaited: Mapping[int, Awaited],
) -> Handover:
    told = [
        (state_of_row(row, health, awaited.get(row.id)), row)
        for row in rows
        if row.state != "superseded"
    ]
    state, row = min(told, key=_weight, default=("moving", None))
    return Handover(
        item_id,
        target.code,
        target.names,
        state,
        placement.at if placement else None,
        next_at(row, health) if row is not None and state == "delayed" else None,
        reason_of(row) if row is not None and state != "delivered" else None,
        placement.url if placement else "",
        placement.external_id if placement else "",
        row.subject if row is not None else "",
        placement.state if placement else "",
        target.owns_stock,
        awaited.get(row.id) if row is not None else None,
    )


def _weight(told: tuple[str, Delivery]) -> tuple[int, bool]:
    # A refused amount of stock is less than a refused product.
    return _BY_WEIGHT.index(told[0]), told[1].subject == "stock"


def state_of_row(row: Delivery, health: TargetState | None, awaited: Awaited | None = None) -> str:
    """What people call a delivery: a due one is moving, or delayed once something went wrong.

    One that waits for another target is blocked once that one's has stopped.
    """
    if row.state == "waiting" and awaited is not None:
        return "blocked" if awaited.stopped else "waiting"
    if row.state in ("delivered", "refused", "parked", "superseded"):
        return row.state
    held = health is not None and (health.paused_at is not None or health.failures > 0)
    return "delayed" if held or row.answer_code else "moving"


def next_at(row: Delivery, health: TargetState | None) -> datetime | None:
    """When a due delivery is sent again; None while an operator has paused its target."""
    if health is not None and health.paused_at is not None:
        return None
    hold = health.hold_until if health is not None else None
    # What is due already is tried at once: no time that has passed is told as one to come.
    return max(row.not_before, hold or row.not_before, now())


def reason_of(row: Delivery) -> Words | None:
    """The last answer in words, if there was one that had any."""
    return Words.of(row.answer_message) if row.answer_message else None


def stock_on_its_way(item_ids: Collection[int]) -> set[int]:
    """Those of the items with a change of stock that the order system does not have yet."""
    sent = select(Delivery.subject_id).where(
        Delivery.subject == "stock",
        Delivery.subject_id.in_(item_ids),
        Delivery.state.in_(("waiting", "due", "parked")),
    )
    return set(db.session.scalars(sent))


def outdated_counts(listing_id: int) -> set[int]:
    """The items whose newest change of stock was a count that came too late."""
    newest = (
        select(Delivery.subject_id, Delivery.state, Delivery.answer_code)
        .ext(distinct_on(Delivery.subject_id))
        .where(Delivery.listing_id == listing_id, Delivery.subject == "stock")
        .order_by(Delivery.subject_id, Delivery.revision.desc())
    )
    return {
        row.subject_id
        for row in db.session.execute(newest)
        if (row.state, row.answer_code) == ("refused", "stock-moved-on")
    }


def stock_as_of() -> datetime | None:
    """When all counts were last present, where that is longer ago than STOCK_FRESH; else None."""
    owner = owner_of_stock()
    stale = select(TargetState.fed_at).where(
        TargetState.target == (owner.code if owner else ""),
        TargetState.fed_at < database_now() - STOCK_FRESH,
    )
    return db.session.scalar(stale)


def targets_with_due() -> list[str]:
    """The targets that something is due for and that are neither paused nor held back."""
    closed = select(TargetState.target).where(
        or_(TargetState.paused_at.is_not(None), TargetState.hold_until > database_now())
    )
    shut = set(db.session.scalars(closed))
    return [target.code for target in TARGETS if target.code not in shut and _has_due(target.code)]


def _has_due(target: str) -> bool:
    due = select(Delivery.id).where(
        Delivery.target == target,
        Delivery.state == "due",
        Delivery.not_before <= database_now(),
        Delivery.lease_until.is_(None),
    )
    return bool(db.session.scalar(select(due.exists())))


def cursor_of(target: str) -> str:
    """How far the target's stock feed was read; '' from its beginning."""
    stored = select(TargetState.cursor).where(TargetState.target == target)
    return db.session.scalar(stored) or ""
