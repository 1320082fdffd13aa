"""Taking due deliveries to send. Attempts are counted and committed before anything is sent."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import case, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.core.retry import DELIVERY
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import Delivery, TargetState, key_of
from app.settings import settings


@dataclass(frozen=True)
class Claimed:
    """A delivery in hand, as values: no row is held while the network is waited for."""

    id: int
    key: str
    target: str
    subject: str
    subject_id: int
    revision: int
    listing_id: int
    practice: bool
    attempts: int
    alone: bool
    payload: dict[str, Any]


def claim_due(target: str, limit: int, alone: bool = False) -> list[Claimed]:
    """Up to *limit* due deliveries, the most urgent, in the order in which they were opened.

    None while the target is paused or held. Only one while it is failing: a probe. *alone* takes
    one of those that must travel by themselves.
    """
    allowed = _allowance(target, 1 if alone else limit)
    if not allowed:
        return []
    lease = timedelta(seconds=settings().delivery_lease_seconds)
    due = (
        select(Delivery.id)
        .where(
            Delivery.target == target,
            Delivery.state == "due",
            Delivery.alone.is_(alone),
            Delivery.not_before <= database_now(),
            Delivery.lease_until.is_(None),
        )
        .order_by(Delivery.urgency, Delivery.not_before, Delivery.id)
        .limit(allowed)
        .with_for_update(skip_locked=True)
        .cte("due")
    )
    rows = db.session.execute(
        update(Delivery)
        .where(Delivery.id == due.c.id)
        .values(lease_until=database_now() + lease, attempts=Delivery.attempts + 1)
        .returning(*_COLUMNS)
        .execution_options(synchronize_session=False)
    )
    claimed = (Claimed(key=key_of(r.subject, r.subject_id, r.revision), **r._mapping) for r in rows)
    # A product before the changes made to it since: the receiver reads a request in order.
    return sorted(claimed, key=lambda one: one.id)


_COLUMNS = (
    Delivery.id,
    Delivery.target,
    Delivery.subject,
    Delivery.subject_id,
    Delivery.revision,
    Delivery.listing_id,
    Delivery.practice,
    Delivery.attempts,
    Delivery.alone,
    Delivery.payload,
)


def _allowance(target: str, limit: int) -> int:
    state = db.session.execute(
        select(
            TargetState.failures,
            or_(
                TargetState.paused_at.is_not(None),
                func.coalesce(TargetState.hold_until > database_now(), False),
            ),
        ).where(TargetState.target == target)
    ).one_or_none()
    if state is None:
        return limit
    failures, closed = state
    if closed:
        return 0
    return 1 if failures else limit


def release_expired() -> list[tuple[int, int, str]]:
    """Take back what a sender never answered for; those tried too often are parked.

    What was in hand when a sender died travels alone from now on, for it may be what killed it.
    Answers (listing, delivery, target) of each parked one.
    """
    expired = (
        select(Delivery.id)
        .where(Delivery.state == "due", Delivery.lease_until < database_now())
        .order_by(Delivery.id)
        .with_for_update(skip_locked=True)
        .cte("expired")
    )
    spent = Delivery.attempts >= DELIVERY.attempts
    rows = db.session.execute(
        update(Delivery)
        .where(Delivery.id == expired.c.id)
        .values(
            lease_until=None,
            alone=True,
            state=case((spent, "parked"), else_="due"),
            answer_code="sender-lost",
            answer_message=CAUSES["sender-lost"].as_dict(),
            answered_at=database_now(),
        )
        .returning(Delivery.listing_id, Delivery.id, Delivery.target, Delivery.state)
        .execution_options(synchronize_session=False)
    )
    return [(r.listing_id, r.id, r.target) for r in rows if r.state == "parked"]


def state_of(target: str) -> TargetState:
    """The row of one target, made if it is not there yet."""
    db.session.execute(insert(TargetState).values(target=target).on_conflict_do_nothing())
    return db.session.scalars(
        select(TargetState)
        .where(TargetState.target == target)
        .execution_options(populate_existing=True)
    ).one()
