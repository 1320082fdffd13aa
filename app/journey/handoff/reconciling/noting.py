"""Differences as rows: one while it is open, so that it is mended once and counted on."""

from collections.abc import Collection, Sequence

from sqlalchemy import select, update

from app.core.clock import database_now
from app.core.database import db
from app.journey.handoff.reconciling.comparing import Found
from app.journey.handoff.reconciling.models import Difference

# Seen in so many runs, it will not mend itself.
FLAGGED_AFTER = 3


def note(run_id: int, target: str, listing_id: int, found: Sequence[Found]) -> list[Difference]:
    """A row for each of *found*, in their order; those without `done` are to be mended.

    The same as an open row says of the target is the same drift: it is only counted. Anything else
    there is another one, and ends it.
    """
    return [_note(run_id, target, listing_id, one) for one in found]


def settle(
    run_id: int, target: str, after: int, upto: int | None, but: Collection[int] = ()
) -> None:
    """End what this run did not see any more among the listings compared."""
    ended = update(Difference).where(
        Difference.target == target,
        Difference.settled_at.is_(None),
        Difference.last_run_id != run_id,
        Difference.listing_id > after,
        Difference.listing_id.not_in(but),
    )
    if upto is not None:
        ended = ended.where(Difference.listing_id <= upto)
    db.session.execute(ended.values(settled_at=database_now()))


def _note(run_id: int, target: str, listing_id: int, one: Found) -> Difference:
    row = db.session.scalar(
        select(Difference)
        .where(
            Difference.target == target,
            Difference.listing_id == listing_id,
            Difference.item_id.is_not_distinct_from(one.item_id),
            Difference.part == one.part,
            Difference.settled_at.is_(None),
        )
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    # Ours has moved on by the mending: as long as theirs stands, it is the same drift.
    if row is not None and row.theirs == one.theirs:
        _count(row, run_id)
        return row
    if row is not None:
        row.settled_at = database_now()
        db.session.flush()
    row = Difference(run_id=run_id, last_run_id=run_id, target=target, listing_id=listing_id)
    row.part, row.item_id, row.kind = one.part, one.item_id, one.kind
    row.ours, row.theirs, row.done, row.seen = one.ours, one.theirs, "", 1
    db.session.add(row)
    db.session.flush()
    return row


def _count(row: Difference, run_id: int) -> None:
    # A page that is gone through again after a dead worker counts once.
    if row.last_run_id == run_id:
        return
    row.last_run_id, row.seen = run_id, row.seen + 1
    if row.seen >= FLAGGED_AFTER and row.done != "left" and row.flagged_at is None:
        row.flagged_at = database_now()
