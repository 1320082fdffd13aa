"""A run: page by page through each target. Whoever goes on after a dead worker has its cursor.

The target is asked between transactions. Each listing that differs is a transaction of its own:
locked, read and compared once more, noted, mended. The cursor moves last, under the lease.
"""

import time
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.models import TargetState
from app.journey.handoff.reconciling import mending, noting, reading, runs
from app.journey.handoff.reconciling.asking import Holdings, holdings
from app.journey.handoff.reconciling.comparing import Told, differences, is_stuck
from app.journey.handoff.reconciling.models import ReconciliationPart
from app.journey.handoff.reconciling.recalling import recall_unknown
from app.journey.handoff.target import TARGETS
from app.journey.handoff.wire import NoAnswerError
from app.settings import settings

TRIES = 3


@dataclass(frozen=True)
class Page:
    """One page of one target: what it says of the listings after `after`, up to `upto`."""

    run_id: int
    target: str
    after: int
    upto: int | None
    theirs: dict[int, Told]
    numbers: list[int]
    asked_at: datetime

    @property
    def counted_before(self) -> datetime:
        """Counts that changed there later may still be in the feed."""
        return self.asked_at - timedelta(seconds=settings().reconcile_grace_seconds)


def go_on(run_id: int, seconds: float) -> bool:
    """Go on with a run for so long; whether something is left that this caller should do."""
    until = time.monotonic() + seconds
    with unit_of_work():
        lease = runs.claim(run_id)
    if lease is None:
        return False
    while time.monotonic() < until:
        with unit_of_work():
            part = runs.next_part(run_id)
        if part is None:
            with unit_of_work():
                runs.finish(run_id)
            return False
        try:
            lease = _step(part, lease)
        except runs.LostLeaseError:
            return False
    with unit_of_work():
        runs.let_go(run_id, lease)
    return True


def _step(part: ReconciliationPart, lease: datetime) -> datetime:
    """One page; the lease as it was renewed."""
    run_id, target, after = part.run_id, part.target, part.cursor
    with unit_of_work():
        asked_at = db.session.scalars(select(database_now())).one()
        paused = _is_paused(target)
    try:
        if paused:
            raise NoAnswerError("paused")
        asked = holdings(TARGETS[target], after)
    except NoAnswerError as error:
        with unit_of_work():
            runs.end_part(run_id, target, error.code)
            return runs.renew(run_id, lease)
    with unit_of_work():
        page = _page(run_id, target, after, asked, asked_at)
        differing, busy = _differing(page)
    for listing_id in differing:
        _tried(page, listing_id)
    recall_unknown(run_id, target, sorted(page.theirs))
    with unit_of_work():
        noting.settle(run_id, target, after, page.upto, busy)
        runs.move_on(run_id, target, after, page.upto, len(page.numbers))
        return runs.renew(run_id, lease)


def _is_paused(target: str) -> bool:
    paused = select(TargetState.paused_at).where(TargetState.target == target)
    return db.session.scalar(paused) is not None


def _page(run_id: int, target: str, after: int, asked: Holdings, asked_at: datetime) -> Page:
    """Theirs and ours side by side, as far as both are known."""
    live = reading.live_after(after)
    ends = [asked.cursor] if asked.more else []
    ends += [live[-1]] if len(live) == reading.PAGE else []
    upto = min(ends, default=None)
    theirs = {one["listing_id"]: one for one in asked.listings}
    numbers = sorted(number for number in {*live, *theirs} if upto is None or number <= upto)
    kept = {number: theirs[number] for number in numbers if number in theirs}
    return Page(run_id, target, after, upto, kept, numbers, asked_at)


def _differing(page: Page) -> tuple[list[int], set[int]]:
    """The listings that differ as far as can be seen without locks, and those that are busy."""
    ours = reading.ours(page.target, page.numbers, page.asked_at)
    differing = [
        number
        for number in page.numbers
        if differences(ours.get(number), page.theirs.get(number), page.counted_before)
    ]
    return differing, {number for number, one in ours.items() if one.busy}


def _tried(page: Page, listing_id: int) -> None:
    """Again when the database ended the transaction for a deadlock."""
    for left in reversed(range(TRIES)):
        try:
            with unit_of_work():
                _mend(page, listing_id)
            return
        except OperationalError:
            if not left:
                raise


def _mend(page: Page, listing_id: int) -> None:
    mending.lock(listing_id)
    ours = reading.ours(page.target, [listing_id], page.asked_at).get(listing_id)
    found = differences(ours, page.theirs.get(listing_id), page.counted_before)
    rows = noting.note(page.run_id, page.target, listing_id, found)
    left = [
        (row, one)
        for row, one in zip(rows, found, strict=True)
        if not row.done and not is_stuck(ours, one)
    ]
    done = mending.mend(page.target, listing_id, [one for _, one in left])
    for (row, _), word in zip(left, done, strict=True):
        row.done = word
