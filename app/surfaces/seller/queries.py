"""What the seller's pages are drawn from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import selectinload

from app.core.database import db
from app.listings.models import Item, Listing, Picture, Version, VersionPart
from app.listings.queries import Stage, name_of, product_part, stage

PAGE_SIZE = 50

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

VIEWS: dict[str, Any] = {
    "all": Listing.retired_at.is_(None),
    "yours": _NEWEST_STATE.in_(("draft", "rejected", "changes_requested")),
    "review": _NEWEST_STATE == "submitted",
    "live": _LIVE,
}


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
class Shelf:
    """One page of rows; `total` counts all that fit the view and the words."""

    rows: list[Row]
    total: int
    page: int

    @property
    def more(self) -> bool:
        """Whether there is a next page."""
        return self.page * PAGE_SIZE < self.total


@dataclass(frozen=True)
class Home:
    """What waits for the seller, what is on its way, and what to go on with."""

    counts: dict[str, int] = field(default_factory=dict)
    drafts: list[Row] = field(default_factory=list)
    returned: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)


def shelf(seller_id: int, view: str = "all", words: str = "", page: int = 1) -> Shelf:
    """The seller's listings in *view* whose name or SKU holds *words*, newest change first."""
    query = _mine(seller_id, view)
    if words:
        query = query.where(_holds(words))
    total = db.session.scalar(select(func.count()).select_from(query.subquery())) or 0
    chosen = query.order_by(Listing.changed_at.desc(), Listing.id.desc())
    listings = db.session.scalars(
        chosen.limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
        .options(selectinload(Listing.versions), selectinload(Listing.items))
    ).all()
    return Shelf(rows=rows_of(listings), total=total, page=page)


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
