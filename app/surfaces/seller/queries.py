"""What the seller's pages are drawn from."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, or_, select, tuple_
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.listings.models import Item, Listing, Picture, Stock, Version, VersionPart
from app.listings.queries import Stage, name_of, product_part, stage

PAGE_SIZE = 50
# Beyond this many one reads `1,000+`: an exact count would read every row.
COUNTED = 1_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
# Small enough for any column and any year.
_CURSOR = re.compile(r"([0-9]{1,17})\.([0-9]{1,18})")

# The newest version's state is what a saved view asks about.
_NEWEST_STATE = (
    select(Version.state)
    .where(Version.listing_id == Listing.id)
    .order_by(Version.no.desc())
    .limit(1)
    .correlate(Listing)
    .scalar_subquery()
)
_LIVE = (
    select(Item.id)
    .where(Item.listing_id == Listing.id, Item.sale.in_(("on", "paused")))
    .correlate(Listing)
    .exists()
)

_SOLD_OUT = (
    select(Item.id)
    .join(Stock, Stock.item_id == Item.id)
    .where(Item.listing_id == Listing.id, Item.sale == "on", Stock.count == 0)
    .correlate(Listing)
    .exists()
)

VIEWS: dict[str, Any] = {
    "all": Listing.retired_at.is_(None),
    "yours": _NEWEST_STATE.in_(("draft", "rejected", "changes_requested")),
    "returned": _NEWEST_STATE.in_(("rejected", "changes_requested")),
    "review": _NEWEST_STATE == "submitted",
    "live": _LIVE,
    "sold-out": _SOLD_OUT,
}
# Whether the newest change comes first.
SORTS: dict[str, bool] = {"newest": True, "oldest": False}


@dataclass(frozen=True)
class Row:
    """One line of the listings page."""

    id: int
    name: dict[str, str]
    category_code: str
    stage: Stage
    skus: tuple[str, ...]
    prices: tuple[int, int] | None
    stock: int | None
    picture_id: int | None
    changed_at: datetime


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

    `total` counts what fits the view and the words, up to `COUNTED`.
    """

    rows: list[Row]
    total: int
    previous: Cursor | None
    next: Cursor | None


@dataclass(frozen=True)
class Home:
    """What waits for the seller, what is on its way, and what to go on with."""

    counts: dict[str, int] = field(default_factory=dict)
    drafts: list[Row] = field(default_factory=list)
    returned: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)


def shelf(
    seller_id: int,
    view: str = "all",
    words: str = "",
    sort: str = "newest",
    after: Cursor | None = None,
    before: Cursor | None = None,
) -> Shelf:
    """The seller's listings in *view* whose name or SKU holds *words*: a page from a cursor on.

    Any page costs what the first does: it is found by its place in the index, not by counting.
    """
    query = _mine(seller_id, view)
    if words:
        query = query.where(_holds(words))
    counted = query.with_only_columns(Listing.id).limit(COUNTED + 1).subquery()
    total = db.session.scalar(select(func.count()).select_from(counted)) or 0
    backwards = before is not None
    descending = SORTS.get(sort, True) != backwards
    found = db.session.scalars(
        _from(query, before or after, descending)
        .limit(PAGE_SIZE + 1)
        .options(selectinload(Listing.versions), selectinload(Listing.items))
    ).all()
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


def home(seller_id: int) -> Home:
    """The home page: sentences with counts, and the first few of each."""
    counts = {
        view: db.session.scalar(select(func.count()).select_from(_mine(seller_id, view).subquery()))
        or 0
        for view in VIEWS
    }
    return Home(
        counts=counts,
        drafts=_first(seller_id, _NEWEST_STATE == "draft"),
        returned=_first(seller_id, _NEWEST_STATE.in_(("rejected", "changes_requested"))),
        waiting=_first(seller_id, _NEWEST_STATE == "submitted"),
    )


def rows_of(listings: Sequence[Listing]) -> list[Row]:
    """Lines for *listings*; how many queries that takes does not depend on their number."""
    newest = [max(listing.versions, key=lambda v: v.no) for listing in listings]
    _load_product_parts([version.id for version in newest])
    first = [_first_picture(version) for version in newest]
    ready = _ready([picture_id for picture_id in first if picture_id])
    return [
        _row(listing, version, picture_id if picture_id in ready else None)
        for listing, version, picture_id in zip(listings, newest, first, strict=True)
    ]


def _row(listing: Listing, version: Version, picture_id: int | None) -> Row:
    items = [item for item in listing.items if item.sale != "retired"]
    prices = sorted(item.offer.price for item in items if item.offer.price is not None)
    counts = [item.stock.count for item in items if item.stock.count is not None]
    return Row(
        id=listing.id,
        name=name_of(version),
        category_code=listing.category_code,
        stage=stage(listing),
        skus=tuple(item.sku for item in items if item.sku),
        prices=(prices[0], prices[-1]) if prices else None,
        stock=sum(counts) if counts else None,
        picture_id=picture_id,
        changed_at=listing.changed_at,
    )


def _first_picture(version: Version) -> int | None:
    found: int | None = next(iter(product_part(version).content.get("pictures") or []), None)
    return found


def _ready(picture_ids: list[int]) -> set[int]:
    chosen = select(Picture.id).where(Picture.id.in_(picture_ids), Picture.state == "ready")
    return set(db.session.scalars(chosen))


def _mine(seller_id: int, view: str) -> Select[Listing]:
    return select(Listing).where(
        Listing.seller_id == seller_id,
        Listing.retired_at.is_(None),
        VIEWS.get(view, VIEWS["all"]),
    )


def _holds(words: str) -> Any:
    named = (
        select(VersionPart.id)
        .join(Version)
        .where(
            Version.listing_id == Listing.id,
            VersionPart.item_id.is_(None),
            or_(
                VersionPart.content["name"]["ko"].astext.icontains(words, autoescape=True),
                VersionPart.content["name"]["en"].astext.icontains(words, autoescape=True),
            ),
        )
        .correlate(Listing)
    )
    coded = select(Item.id).where(
        Item.listing_id == Listing.id, Item.sku.icontains(words, autoescape=True)
    )
    return or_(named.exists(), coded.correlate(Listing).exists())


def _first(seller_id: int, condition: Any, limit: int = 5) -> list[Row]:
    listings = db.session.scalars(
        _mine(seller_id, "all")
        .where(condition)
        .order_by(Listing.changed_at.desc())
        .limit(limit)
        .options(selectinload(Listing.versions), selectinload(Listing.items))
    ).all()
    return rows_of(listings)


def _load_product_parts(version_ids: list[int]) -> None:
    # Fills the identity map, so that the rows below cost no query each.
    db.session.scalars(
        select(Version).where(Version.id.in_(version_ids)).options(selectinload(Version.parts))
    ).all()
