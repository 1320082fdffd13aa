"""Reading the trail, page by page: however long it is, little of it is held at a time."""

from collections.abc import Iterator, Sequence

from sqlalchemy import Row, Select, Table, func, select, tuple_

from app.core.database import db
from app.journey.auditing.models import AuditCheckpoint, AuditEntry

# An entry may hold the whole content of a listing with hundreds of items.
ENTRIES_A_PAGE = 50
CHECKPOINTS_A_PAGE = 500
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
