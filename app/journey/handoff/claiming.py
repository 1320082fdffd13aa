"""Taking due deliveries to send. Attempts are counted and committed before anything is sent."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Select, Text, case, cast, func, or_, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core import jsons
from app.core.bulk import any_of
from app.core.clock import database_now
from app.core.database import db
from app.core.retry import DELIVERY
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import (
    CHANGE,
    PRODUCT,
    RECALL,
    Delivery,
    TargetState,
    key_of,
)
from app.settings import settings

# A turn is renewed with every batch. One that runs out during a slow request does no harm.
TURN = timedelta(seconds=10)
PATIENCE = timedelta(seconds=5)
# So long a transaction that opens deliveries may take until they are seen: a later one's are found
# by the next turn.
LATE = timedelta(seconds=2)
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
    urgency: int
    not_before: datetime
    # As the row has it: it is sent as it stands, and most of it is read by nobody here.
    text: str

    @cached_property
    def payload(self) -> dict[str, Any]:
        """What it tells."""
        found: dict[str, Any] = jsons.loads(self.text)
        return found


@dataclass
class Turn:
    """What one sender knows of the target while it sends to it, batch after batch."""

    target: str
    sender: str
    # Nothing that was due before is left. Rows that have arrived stay in the index until it is
    # vacuumed, and reading past them cost more than claiming.
    since: datetime | None = None
    # It does not keep up: others may help.
    behind: bool = False


def claim_due(turn: Turn, limit: int, alone: bool = False) -> list[Claimed]:
    """Up to *limit* due deliveries, the most urgent, in the order in which they were opened.

    None while the target is paused or held; only one while it is failing: a probe. While somebody
    else has the turn, this sender gets what has waited for PATIENCE: the other is dead or has too
    much to do. *alone* takes one of those that must travel by themselves.
    """
    waiting = _waiting(turn.target, alone)
    # Rare, and asked with every batch: nothing is written to find that there is none.
    if alone and not db.session.scalar(select(waiting.exists())):
        return []
    allowance = _allowance(turn, 1 if alone else limit)
    if not allowance.most:
        return []
    if turn.since is not None and not alone:
        waiting = waiting.where(Delivery.not_before >= turn.since)
    claimed = _claim(waiting, allowance)
    if not alone:
        _learn(turn, allowance, claimed)
    # The receiver reads a request in order, and takes no change of a product it does not know. A
    # change may be older than the product's only version left to send.
    return sorted(claimed, key=lambda one: (one.subject != "product", one.id))


def _claim(waiting: Select[int], allowance: "_Allowance") -> list[Claimed]:
    lease = timedelta(seconds=settings().delivery_lease_seconds)
    due = (
        waiting.where(Delivery.not_before <= database_now() - allowance.patience)
        .order_by(Delivery.urgency, Delivery.not_before, Delivery.id)
        .limit(allowance.most)
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
    return [Claimed(key=key_of(r.subject, r.subject_id, r.revision), **r._mapping) for r in rows]


def _learn(turn: Turn, allowance: "_Allowance", claimed: list[Claimed]) -> None:
    """From what was claimed, most urgent first: whether more is left, and from when on."""
    if allowance.patience:
        return
    full = len(claimed) == allowance.most
    waited = [one.not_before for one in claimed]
    turn.behind = full and min(waited) < allowance.at - PATIENCE
    recent = allowance.at - LATE
    if not full:
        turn.since = recent
    elif all(one.urgency == PRODUCT for one in claimed):
        turn.since = min(max(waited), recent)


def _waiting(target: str, alone: bool) -> Select[int]:
    return select(Delivery.id).where(
        Delivery.target == target,
        Delivery.state == "due",
        Delivery.alone.is_(alone),
        # The index has it before the time, which is of no use to a search that leaves it open.
        Delivery.urgency == any_of((RECALL, CHANGE, PRODUCT)),
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
    Delivery.urgency,
    Delivery.not_before,
    cast(Delivery.payload, Text).label("text"),
)


@dataclass(frozen=True)
class _Allowance:
    """How many may be sent, how long they must have waited, and the database's time."""

    most: int
    patience: timedelta
    at: datetime


def _allowance(turn: Turn, limit: int) -> _Allowance:
    """What may be sent now; with it goes the turn, if it is free."""
    until = database_now() + TURN
    row = insert(TargetState).values(
        target=turn.target, sender=turn.sender, sender_until=until, behind=turn.behind
    )
    free = or_(
        TargetState.sender_until.is_(None),
        TargetState.sender == turn.sender,
        TargetState.sender_until < database_now(),
    )
    told = (TargetState.failures, _CLOSED.label("closed"), database_now().label("at"))
    taken = row.on_conflict_do_update(
        index_elements=[TargetState.target],
        set_={name: row.excluded[name] for name in ("sender", "sender_until", "behind")},
        where=free,
    ).returning(*told)
    state, patience = db.session.execute(taken).one_or_none(), timedelta(0)
    if state is None:
        of_target = select(*told).where(TargetState.target == turn.target)
        state, patience = db.session.execute(of_target).one(), PATIENCE
    if state.closed or (state.failures and patience):
        return _Allowance(0, patience, state.at)
    return _Allowance(1 if state.failures else limit, patience, state.at)


def is_served(target: str) -> bool:
    """Whether a sender has the turn and gets on with it: a ring need do nothing.

    It looks again itself for what came meanwhile before its turn is over for good.
    """
    lively = TargetState.sender_until > database_now() + (TURN - PATIENCE)
    served = select(lively & ~TargetState.behind).where(TargetState.target == target)
    return bool(db.session.scalar(served))


def end_turn(turn: Turn) -> bool:
    """Let others send to the target; whether it was this sender's turn."""
    ended = db.session.execute(
        update(TargetState)
        .where(TargetState.target == turn.target, TargetState.sender == turn.sender)
        .values(sender="", sender_until=None, behind=False)
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
