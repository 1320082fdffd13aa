"""Reading the trail, page by page: however long it is, little of it is held at a time."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from sqlalchemy import DateTime, Row, Select, Table, func, select, text, tuple_

from app.core.database import db
from app.journey.auditing.models import AuditCheckpoint, AuditEntry, AuditHead

# An entry may hold the whole content of a listing with hundreds of items.
ENTRIES_A_PAGE = 50
CHECKPOINTS_A_PAGE = 500
STREAMED = {"yield_per": 1000}
_ENTRY: Table = AuditEntry.__table__
_CHECKPOINT: Table = AuditCheckpoint.__table__


def entries(listing_id: int | None = None) -> Iterator[Row]:
    """Every entry, or a listing's, in the order of listings and their numbers."""
    rows = select(_ENTRY).order_by(_ENTRY.c.listing_id, _ENTRY.c.no).limit(ENTRIES_A_PAGE)
    if listing_id is not None:
        rows = rows.where(_ENTRY.c.listing_id == listing_id)
    place = tuple_(_ENTRY.c.listing_id, _ENTRY.c.no)
    page = _page(rows)
    while page:
        yield from page
        page = _page(rows.where(place > (page[-1].listing_id, page[-1].no)))


def heads(listing_ids: Sequence[int]) -> dict[int, tuple[int, str]]:
    """What the database keeps as the end of these chains: number and hash of the newest entry."""
    rows = select(AuditHead.listing_id, AuditHead.no, AuditHead.hash)
    found = db.session.execute(rows.where(AuditHead.listing_id.in_(listing_ids)))
    return {row.listing_id: (row.no, row.hash) for row in found}


def heads_alone(listing_id: int | None = None) -> Iterator[Row]:
    """The heads of chains that have no entry at all, or a listing's."""
    entry = select(_ENTRY.c.id).where(_ENTRY.c.listing_id == AuditHead.listing_id)
    rows = select(AuditHead.listing_id, AuditHead.no).where(~entry.exists())
    if listing_id is not None:
        rows = rows.where(AuditHead.listing_id == listing_id)
    yield from db.session.execute(rows.order_by(AuditHead.listing_id), execution_options=STREAMED)


def read_one_instant() -> None:
    """Read all that follows as of one instant: the beginning of a transaction asks for it."""
    db.session.connection(execution_options={"isolation_level": "REPEATABLE READ"})


def began() -> datetime:
    """Since when there is a trail: what was done before is on no record."""
    at: datetime = db.session.scalars(select(func.trail_began(type_=DateTime(True)))).one()
    return at


def first_at() -> datetime | None:
    """When the oldest entry was written."""
    return db.session.scalar(select(_ENTRY.c.at).order_by(_ENTRY.c.id).limit(1))


def guards() -> set[tuple[str, str]]:
    """Table and name of each trigger that stands on the trail's tables and is not switched off."""
    rows = text(
        """
        SELECT tgrelid::regclass::text, tgname FROM pg_trigger
        WHERE tgenabled IN ('O', 'A') AND tgrelid IN
          ('audit_entry'::regclass, 'audit_head'::regclass, 'audit_checkpoint'::regclass)
        """
    )
    return {(table, name) for table, name in db.session.execute(rows)}


def entries_after(number: int) -> tuple[int, datetime | None]:
    """How many entries have an id above this one, and the instant of the oldest of them."""
    count, oldest = db.session.execute(
        select(func.count(), func.min(_ENTRY.c.at)).where(_ENTRY.c.id > number)
    ).one()
    return count, oldest


def last_checkpoint() -> int:
    """The id of the newest checkpoint; 0 when there is none."""
    return db.session.scalar(select(func.max(_CHECKPOINT.c.id))) or 0


def checkpoints(upto: int) -> Iterator[Row]:
    """The checkpoints up to this id, in the order they were written."""
    rows = select(_CHECKPOINT).where(_CHECKPOINT.c.id <= upto).order_by(_CHECKPOINT.c.id)
    rows = rows.limit(CHECKPOINTS_A_PAGE)
    page = _page(rows)
    while page:
        yield from page
        page = _page(rows.where(_CHECKPOINT.c.id > page[-1].id))


def _page(rows: Select) -> Sequence[Row]:
    return db.session.execute(rows).all()
