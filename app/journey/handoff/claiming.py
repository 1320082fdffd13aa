"""Taking due deliveries to send. Attempts are counted and committed before anything is sent."""

from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Text, case, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import jsons
from app.core.clock import database_now
from app.core.database import db
from app.core.retry import DELIVERY
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import Delivery, TargetState, key_of
from app.settings import settings

# A turn is renewed with every batch. One that runs out during a slow request does no harm.
TURN = timedelta(seconds=10)
PATIENCE = timedelta(seconds=5)
_CLOSED = or_(
    TargetState.paused_at.is_not(None),
    func.coalesce(TargetState.hold_until > database_now(), False),
)


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
    # As the row has it: it is sent as it stands, and most of it is read by nobody here.
    text: str

    @cached_property
    def payload(self) -> dict[str, Any]:
        """What it tells."""
        found: dict[str, Any] = jsons.loads(self.text)
        return found


def claim_due(target: str, sender: str, limit: int, alone: bool = False) -> list[Claimed]:
    """Up to *limit* due deliveries, the most urgent, in the order in which they were opened.

    None while the target is paused or held; only one while it is failing: a probe. While somebody
    else has the turn, *sender* gets what has waited for PATIENCE: the other is dead or has too much
    to do. *alone* takes one of those that must travel by themselves.
    """
    waiting = _waiting(target, alone)
    # Rare, and asked with every batch: nothing is written to find that there is none.
    if alone and not db.session.scalar(select(waiting.exists())):
        return []
    allowed, patience = _allowance(target, sender, 1 if alone else limit)
    if not allowed:
        return []
    lease = timedelta(seconds=settings().delivery_lease_seconds)
    due = (
        waiting.where(Delivery.not_before <= database_now() - patience)
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


def _waiting(target: str, alone: bool) -> Select[int]:
    return select(Delivery.id).where(
        Delivery.target == target,
        Delivery.state == "due",
        Delivery.alone.is_(alone),
        Delivery.not_before <= database_now(),
        Delivery.lease_until.is_(None),
    )


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
    cast(Delivery.payload, Text).label("text"),
)


def _allowance(target: str, sender: str, limit: int) -> tuple[int, timedelta]:
    """How many may be sent, and how long they must have waited; with it goes the turn, if free."""
    until = database_now() + TURN
    turn = insert(TargetState).values(target=target, sender=sender, sender_until=until)
    free = or_(
        TargetState.sender_until.is_(None),
        TargetState.sender == sender,
        TargetState.sender_until < database_now(),
    )
    taken = turn.on_conflict_do_update(
        index_elements=[TargetState.target],
        set_={"sender": turn.excluded.sender, "sender_until": turn.excluded.sender_until},
        where=free,
    ).returning(TargetState.failures, _CLOSED)
    state, patience = db.session.execute(taken).one_or_none(), timedelta(0)
    if state is None:
        of_target = select(TargetState.failures, _CLOSED).where(TargetState.target == target)
        state, patience = db.session.execute(of_target).one(), PATIENCE
    failures, closed = state
    if closed or (failures and patience):
        return 0, patience
    return 1 if failures else limit, patience


def is_served(target: str) -> bool:
    """Whether a sender has the turn and leaves nothing lying for PATIENCE: a ring need do nothing.

    It looks again itself for what came meanwhile before its turn is over for good.
    """
    now = database_now()
    left = _waiting(target, alone=False).where(Delivery.not_before <= now - PATIENCE)
    served = select(TargetState.sender_until > now, left.exists())
    found = db.session.execute(served.where(TargetState.target == target)).one_or_none()
    return found is not None and bool(found[0]) and not found[1]


def end_turn(target: str, sender: str) -> bool:
    """Let others send to the target; whether it was *sender*'s turn."""
    ended = db.session.execute(
        update(TargetState)
        .where(TargetState.target == target, TargetState.sender == sender)
        .values(sender="", sender_until=None)
        .returning(TargetState.target)
        .execution_options(synchronize_session=False)
    )
    return ended.one_or_none() is not None


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
