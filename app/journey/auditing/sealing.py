"""Checkpoints: what stands in the trail is summed up, and the sum is told outside the database.

An entry's number is taken before its commit, so a lower one may still appear. A checkpoint goes up
to an entry below which nothing can: either nobody is writing entries at all, or there is no number
missing up to it.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Row, func, insert, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.auditing import witness
from app.journey.auditing.canonical import NOTHING_BEFORE, checkpoint_hash, heads_hash
from app.journey.auditing.models import AuditCheckpoint, AuditEntry

SEAL_LOCK = (0x6175, -1)
_STREAMED = {"yield_per": 1000}
# An INSERT has the table's lock from before its number is taken until its transaction ends.
_SOMEBODY_WRITES = text(
    """
    SELECT EXISTS (
      SELECT FROM pg_locks
      WHERE locktype = 'relation' AND relation = 'audit_entry'::regclass
        AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
        AND mode = 'RowExclusiveLock' AND granted AND pid IS DISTINCT FROM pg_backend_pid())
    """
)
_NEWEST = text(
    """
    SELECT max(id) AS newest, max(id) FILTER (WHERE id = :after + place) AS unbroken
    FROM (
      SELECT id, row_number() OVER (ORDER BY id) AS place FROM audit_entry WHERE id > :after
    ) AS fresh
    """
)


def seal() -> bool:
    """Write a checkpoint if there is anything new, and tell the file; whether one was written.

    Any number may run at once, on any number of machines: one of them seals, and each machine's
    file gets what it lacks.
    """
    with witness.held() as file:
        with unit_of_work():
            written = write_checkpoint()
        witness.add(file, _written_after(witness.last_number(file)))
    return written


def write_checkpoint() -> bool:
    """Seal what is settled since the last checkpoint; False if nothing is, or another is at it."""
    if not db.session.scalar(select(func.pg_try_advisory_xact_lock(*SEAL_LOCK))):
        return False
    newest = select(AuditCheckpoint.upto, AuditCheckpoint.hash).order_by(AuditCheckpoint.id.desc())
    after, previous = db.session.execute(newest.limit(1)).one_or_none() or (0, NOTHING_BEFORE)
    upto = settled(after)
    if upto == after:
        return False
    entries, listings, heads = summed(after, upto)
    at: datetime = db.session.scalars(select(database_now())).one()
    sealed: dict[str, Any] = {
        "at": at,
        "upto": upto,
        "entries": entries,
        "listings": listings,
        "heads": heads,
    }
    sealing = checkpoint_hash(**sealed, previous=previous)
    db.session.execute(insert(AuditCheckpoint).values(**sealed, previous=previous, hash=sealing))
    return True


def settled(after: int) -> int:
    """The highest entry id up to which no other can appear any more; *after* when there is none.

    Three statements in this order, each seeing what was committed before it: the newest ids, then
    whether anybody writes, then (the caller's) the entries. Whoever took a lower id and is not
    seen writing has ended before the third.
    """
    newest, unbroken = db.session.execute(_NEWEST, {"after": after}).one()
    settled_id = unbroken if db.session.scalar(_SOMEBODY_WRITES) else newest
    return int(settled_id or after)


def summed(after: int, upto: int) -> tuple[int, int, str]:
    """Entries, listings and `heads_hash` of what stands above the id *after*, up to *upto*."""
    counts = [0, 0]
    heads = (
        select(
            AuditEntry.listing_id,
            AuditEntry.no,
            AuditEntry.hash,
            func.count().over(partition_by=AuditEntry.listing_id),
        )
        .ext(distinct_on(AuditEntry.listing_id))
        .where(AuditEntry.id > after, AuditEntry.id <= upto)
        .order_by(AuditEntry.listing_id, AuditEntry.no.desc())
    )

    def told() -> Iterator[tuple[int, int, str]]:
        for listing, no, head, count in db.session.execute(heads, execution_options=_STREAMED):
            counts[0] += count
            counts[1] += 1
            yield listing, no, head

    total = heads_hash(told())
    return counts[0], counts[1], total


def _written_after(number: int) -> list[Row]:
    later = select(AuditCheckpoint.__table__).where(AuditCheckpoint.id > number)
    return list(db.session.execute(later.order_by(AuditCheckpoint.id)))
