"""Pages of a seller's listings."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, tuple_

from app.core.database import db
from app.listings.models import Listing
from app.surfaces.seller.filters import SORTS, Filters, chosen, counted
from app.surfaces.seller.rows import Row, rows_of

PAGE_SIZE = 50
# Beyond this many one reads `1,000+`: an exact count would read every row.
COUNTED = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Small enough for any column and any year.
_CURSOR = re.compile(r"([0-9]{1,17})\.([0-9]{1,18})")


@dataclass(frozen=True)
class Cursor:
    """A place in the order of the listings: that of a row; in addresses `<microseconds>.<id>`."""

    changed_at: datetime
    listing_id: int

    def __str__(self) -> str:
        return f"{round(self.changed_at.timestamp() * 1_000_000)}.{self.listing_id}"

    @classmethod
    def read(cls, text: str) -> "Cursor | None":
        """The cursor of an address; None where it is none."""
        found = _CURSOR.fullmatch(text)
        if found is None:
            return None
        since = timedelta(microseconds=int(found[1]))
        return cls(_EPOCH + since, int(found[2]))


@dataclass(frozen=True)
class Shelf:
    """One page of rows, and where the pages beside it begin (None where there is none).

    `total` counts what fits the filters, up to `COUNTED`.
    """

    rows: list[Row]
    total: int
    previous: Cursor | None
    next: Cursor | None


def shelf(
    seller_id: int,
    filters: Filters,
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Shelf:
    """The seller's listings that fit *filters*: a page from a cursor on.

    Any page costs what the first does: it is found by its place in the index, not by counting.
    """
    query = chosen(seller_id, filters)
    total = counted(query, COUNTED)
    backwards = before is not None
    descending = SORTS[filters.sort] != backwards
    page = _from(query, before or after, descending).limit(PAGE_SIZE + 1)
    found = db.session.scalars(page).all()
    listings = list(found[:PAGE_SIZE])
    if backwards:
        listings.reverse()
    more, came = len(found) > PAGE_SIZE, after is not None or backwards
    first, last = _ends(listings)
    return Shelf(
        rows=rows_of(listings),
        total=total,
        previous=first if (more if backwards else came) else None,
        next=last if (backwards or more) else None,
    )


def _from(query: Select[Listing], cursor: Cursor | None, descending: bool) -> Select[Listing]:
    place = tuple_(Listing.changed_at, Listing.id)
    if cursor is not None:
        at = tuple_(cursor.changed_at, cursor.listing_id)
        query = query.where(place < at if descending else place > at)
    columns = (Listing.changed_at, Listing.id)
    return query.order_by(*(c.desc() if descending else c.asc() for c in columns))


def _ends(listings: list[Listing]) -> tuple[Cursor | None, Cursor | None]:
    if not listings:
        return None, None
    first, last = listings[0], listings[-1]
    return Cursor(first.changed_at, first.id), Cursor(last.changed_at, last.id)
