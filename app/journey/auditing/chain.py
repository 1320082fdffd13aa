"""The one verb that adds to the trail.

The place in a listing's chain is taken under an advisory lock of that listing, held to the end of
the transaction: so numbers have no gap, each entry follows one that is committed, and ids grow
along a chain. No deadlock comes of it while it is the last lock of its transaction, for then its
holder waits for nothing more. Hence what is pending is written first, auditing stands last in every
row of the reactions, one transaction tells of one listing, and the table refers to no other. The
row of the chain's head, which a trigger writes with the entry, is locked by its holder alone.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import func, insert, select

from app.core.clock import database_now
from app.core.database import db
from app.journey.auditing.canonical import NOTHING_BEFORE, entry_hash, plain
from app.journey.auditing.models import AuditEntry, AuditHead

# The first half of the key keeps these locks apart from everybody else's.
CHAIN_LOCK = 0x6175
_KEYS = 2**31


def append(
    listing_id: int, event: str, who: int | None, role: str, body: Mapping[str, Any]
) -> None:
    """Add the deed *event* of *who* (None is the system) as the listing's next entry."""
    kept = plain(body)
    at, no, previous = _place(listing_id)
    db.session.execute(
        insert(AuditEntry).values(
            listing_id=listing_id,
            no=no,
            at=at,
            who=who,
            role=role,
            event=event,
            body=kept,
            previous=previous,
            hash=entry_hash(listing_id, no, at, who, role, event, kept, previous),
        )
    )


def _place(listing_id: int) -> tuple[datetime, int, str]:
    db.session.flush()
    # Two listings that share a key only wait for each other.
    db.session.execute(select(func.pg_advisory_xact_lock(CHAIN_LOCK, listing_id % _KEYS)))
    # A statement of its own: it sees what was committed while the lock was waited for. The head
    # and not the last entry: where that was taken away, the gap stays to be seen.
    head = select(AuditHead.no, AuditHead.hash).where(AuditHead.listing_id == listing_id).subquery()
    at, no, newest = db.session.execute(
        select(
            database_now(),
            select(head.c.no).scalar_subquery(),
            select(head.c.hash).scalar_subquery(),
        )
    ).one()
    return at, (no or 0) + 1, newest or NOTHING_BEFORE
