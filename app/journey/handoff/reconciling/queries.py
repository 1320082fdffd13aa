"""Reading runs and differences, as operators do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select

from app.accounts.queries import names_of
from app.core.database import db
from app.core.errors import NotFound
from app.core.words import Words
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.reconciling.models import (
    Difference,
    Reconciliation,
    ReconciliationPart,
)
from app.journey.handoff.target import TARGETS

PAGE = 50
PAUSED = Words("멈춰 둔 대상입니다.", "It is paused.")
UNREADABLE = Words("답을 받지 못했습니다.", "There was no usable answer.")


@dataclass(frozen=True)
class Part:
    """One target of a run: how many listings were compared, and what ended it early."""

    target: Words
    listings: int
    finished: bool
    failure: Words | None


@dataclass(frozen=True)
class Run:
    """One run. `found` differences it found first, `stood` it saw again, `mended` it acted on."""

    id: int
    started_at: datetime
    finished_at: datetime | None
    asked_by: str
    parts: Sequence[Part]
    found: int
    stood: int
    mended: int

    @property
    def took(self) -> timedelta | None:
        """How long it took, once it is over."""
        return self.finished_at - self.started_at if self.finished_at else None

    @property
    def listings(self) -> int:
        """Compared in all, target by target."""
        return sum(part.listings for part in self.parts)


def runs(before: int | None = None) -> list[Run]:
    """A page of runs, the newest first, and one more where there is another page."""
    query = select(Reconciliation).order_by(Reconciliation.id.desc())
    if before is not None:
        query = query.where(Reconciliation.id < before)
    return _runs(db.session.scalars(query.limit(PAGE + 1)).all())


def run_of(run_id: int) -> Run:
    """One run. `NotFound`."""
    row = db.session.get(Reconciliation, run_id)
    if row is None:
        raise NotFound()
    return _runs([row])[0]


def seen_by(run_id: int, after: int = 0) -> list[Difference]:
    """What the run saw, as it stands now: a page after the difference *after*, and one more."""
    seen = select(Difference).where(
        Difference.run_id <= run_id, Difference.last_run_id >= run_id, Difference.id > after
    )
    return list(db.session.scalars(seen.order_by(Difference.id).limit(PAGE + 1)))


def flagged(most: int = PAGE) -> list[Difference]:
    """What stands after several runs, the oldest first."""
    stands = select(Difference).where(
        Difference.flagged_at.is_not(None), Difference.settled_at.is_(None)
    )
    return list(db.session.scalars(stands.order_by(Difference.id).limit(most)))


def _runs(rows: Sequence[Reconciliation]) -> list[Run]:
    ids = [row.id for row in rows]
    parts = db.session.scalars(
        select(ReconciliationPart)
        .where(ReconciliationPart.run_id.in_(ids))
        .order_by(ReconciliationPart.target)
    ).all()
    people = {row.asked_by for row in rows if row.asked_by is not None}
    names = names_of(sorted(people))
    counts = _counts(ids)
    return [
        Run(
            row.id,
            row.started_at,
            row.finished_at,
            names.get(row.asked_by or 0, ""),
            [_part(part) for part in parts if part.run_id == row.id],
            *counts.get(row.id, (0, 0, 0)),
        )
        for row in rows
    ]


def _counts(run_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """By run: found first, seen again, acted on."""
    first = Difference.run_id == Reconciliation.id
    acted = Difference.done.in_(("resent", "taken", "recalled"))
    counted = (
        select(
            Reconciliation.id,
            func.count().filter(first),
            func.count().filter(~first),
            func.count().filter(first, acted),
        )
        .join(
            Difference,
            (Difference.run_id <= Reconciliation.id)
            & (Difference.last_run_id >= Reconciliation.id),
        )
        .where(Reconciliation.id.in_(run_ids))
        .group_by(Reconciliation.id)
    )
    return {
        run: (found, stood, mended) for run, found, stood, mended in db.session.execute(counted)
    }


def _part(row: ReconciliationPart) -> Part:
    causes = CAUSES | {"paused": PAUSED}
    failure = causes.get(row.failure, UNREADABLE) if row.failure else None
    return Part(TARGETS[row.target].names, row.listings, row.finished_at is not None, failure)
