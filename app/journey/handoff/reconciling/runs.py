"""The rows of a run: opened, leased, moved on, ended."""

from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.core.leases import free
from app.journey.handoff.reconciling.models import (
    Difference,
    Reconciliation,
    ReconciliationPart,
)
from app.journey.handoff.target import TARGETS
from app.settings import settings

# Longer than a page takes, its answer waited for.
LEASE = timedelta(seconds=90)


class LostLeaseError(Exception):
    """Somebody else goes on with the run."""


def start(asked_by: int | None = None) -> int:
    """The run that is under way, or a new one."""
    made = db.session.scalar(
        insert(Reconciliation)
        .values(asked_by=asked_by)
        .on_conflict_do_nothing()
        .returning(Reconciliation.id)
    )
    if made is None:
        under_way = select(Reconciliation.id).where(Reconciliation.finished_at.is_(None))
        return db.session.scalars(under_way).one()
    rows = [{"run_id": made, "target": target.code} for target in TARGETS]
    db.session.execute(insert(ReconciliationPart).values(rows))
    return made


def due() -> int | None:
    """The run to go on with: one that nobody has in hand, or a new one when it is time."""
    under_way = select(Reconciliation.id).where(Reconciliation.finished_at.is_(None))
    number = db.session.scalar(under_way)
    if number is not None:
        left = select(Reconciliation.id).where(
            Reconciliation.id == number, free(Reconciliation.lease_until)
        )
        return db.session.scalar(left)
    minutes = settings().reconcile_minutes
    recent = database_now() - timedelta(minutes=minutes)
    lately = select(Reconciliation.id).where(Reconciliation.started_at > recent)
    if not minutes or db.session.scalar(select(lately.exists())):
        return None
    return start()


def claim(run_id: int) -> datetime | None:
    """Lease the run; None where somebody has it, or it is over."""
    return db.session.scalar(
        update(Reconciliation)
        .where(
            Reconciliation.id == run_id,
            Reconciliation.finished_at.is_(None),
            free(Reconciliation.lease_until),
        )
        .values(lease_until=database_now() + LEASE)
        .returning(Reconciliation.lease_until)
        .execution_options(synchronize_session=False)
    )


def renew(run_id: int, lease: datetime) -> datetime:
    """The lease for another page. `LostLeaseError`."""
    renewed = db.session.scalar(
        update(Reconciliation)
        .where(Reconciliation.id == run_id, Reconciliation.lease_until == lease)
        .values(lease_until=database_now() + LEASE)
        .returning(Reconciliation.lease_until)
        .execution_options(synchronize_session=False)
    )
    if renewed is None:
        raise LostLeaseError()
    return renewed


def let_go(run_id: int, lease: datetime) -> None:
    """Somebody else may go on."""
    db.session.execute(
        update(Reconciliation)
        .where(Reconciliation.id == run_id, Reconciliation.lease_until == lease)
        .values(lease_until=None)
    )


def finish(run_id: int) -> None:
    """The run is over."""
    db.session.execute(
        update(Reconciliation)
        .where(Reconciliation.id == run_id, Reconciliation.finished_at.is_(None))
        .values(finished_at=database_now(), lease_until=None)
    )


def next_part(run_id: int) -> ReconciliationPart | None:
    """The part of a run that is not at its end."""
    left = select(ReconciliationPart).where(
        ReconciliationPart.run_id == run_id, ReconciliationPart.finished_at.is_(None)
    )
    return db.session.scalars(
        left.order_by(ReconciliationPart.target).limit(1).execution_options(populate_existing=True)
    ).one_or_none()


def end_part(run_id: int, target: str, failure: str) -> None:
    """No page of the target can be had: what is left of it is for the next run."""
    db.session.execute(
        update(ReconciliationPart)
        .where(ReconciliationPart.run_id == run_id, ReconciliationPart.target == target)
        .values(failure=failure, finished_at=database_now())
    )


def move_on(run_id: int, target: str, after: int, upto: int | None, listings: int) -> None:
    """The page after *after* is done, up to *upto*; None is the end. `LostLeaseError`."""
    values = {"listings": ReconciliationPart.listings + listings}
    at = {"cursor": upto} if upto is not None else {"finished_at": database_now()}
    moved = db.session.scalar(
        update(ReconciliationPart)
        .where(
            ReconciliationPart.run_id == run_id,
            ReconciliationPart.target == target,
            ReconciliationPart.cursor == after,
            ReconciliationPart.finished_at.is_(None),
        )
        .values(**values, **at)
        .returning(ReconciliationPart.run_id)
        .execution_options(synchronize_session=False)
    )
    if moved is None:
        raise LostLeaseError()


def prune(most: int = 500) -> int:
    """Delete runs from before the days that are kept, and settled differences; how many runs.

    A difference that is open keeps its runs.
    """
    old = database_now() - timedelta(days=settings().keep_reconciliations_days)
    db.session.execute(delete(Difference).where(Difference.settled_at < old))
    needed = select(Difference.id).where(
        (Difference.run_id == Reconciliation.id) | (Difference.last_run_id == Reconciliation.id)
    )
    ids = select(Reconciliation.id).where(Reconciliation.finished_at < old, ~needed.exists())
    gone = list(db.session.scalars(ids.order_by(Reconciliation.id).limit(most)))
    db.session.execute(delete(Reconciliation).where(Reconciliation.id.in_(gone)))
    return len(gone)
