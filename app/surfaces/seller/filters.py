"""Which listings are asked for: saved views, category, words and order, as the address has them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select, text, union_all

from app.core.database import db
from app.core.words import Words
from app.journey.drafting.models import DraftFindings
from app.journey.handoff.models import Delivery
from app.journey.handoff.stopping import overtaken
from app.journey.review.conditions import open_appeal
from app.journey.review.models import ReviewCase
from app.listings.lifecycle import RETURNED_STATES
from app.listings.models import Item, Listing, Offer, Stock, Version, VersionPart
from app.taxonomy.queries import names_of

# The newest version's state is what a saved view asks about.
NEWEST_STATE = (
    select(Version.state)
    .where(Version.listing_id == Listing.id)
    .order_by(Version.no.desc())
    .limit(1)
    .correlate(Listing)
    .scalar_subquery()
)


def _exists(query: Select[Any]) -> Any:
    return query.correlate(Listing).exists()


# Each begins at an index of the seller's few, where most listings are none of them.
_RETURNED = _exists(
    select(ReviewCase.id).where(
        ReviewCase.seller_id == Listing.seller_id,
        ReviewCase.listing_id == Listing.id,
        ReviewCase.applied_at.is_not(None),
        ReviewCase.verdict != "approve",
    )
)
# An open version is always the newest.
DRAFTED = _exists(
    select(Version.id).where(Version.listing_id == Listing.id, Version.state == "draft")
)
_IN_REVIEW = _exists(
    select(ReviewCase.id).where(
        ReviewCase.seller_id == Listing.seller_id,
        ReviewCase.listing_id == Listing.id,
        ReviewCase.closed_at.is_(None),
    )
)
_APPEALED = _exists(
    select(ReviewCase.id).where(
        ReviewCase.seller_id == Listing.seller_id,
        ReviewCase.listing_id == Listing.id,
        open_appeal(),
    )
)
_LIVE = _exists(
    select(Item.id).where(
        Item.seller_id == Listing.seller_id,
        Item.listing_id == Listing.id,
        Item.sale.in_(("on", "paused")),
    )
)
_SOLD_OUT = _exists(
    select(Item.id)
    .join(Stock, Stock.item_id == Item.id)
    .where(Item.listing_id == Listing.id, Item.sale == "on", Stock.count == 0)
)


def _drafts(missing: Any) -> Any:
    """Drafts by what was last found missing; those that nobody has looked at are left out."""
    known = select(DraftFindings.listing_id).where(
        DraftFindings.seller_id == Listing.seller_id,
        DraftFindings.listing_id == Listing.id,
        missing,
    )
    return and_(_exists(known), DRAFTED)


_STAGED = Listing.id.in_(
    union_all(
        *(
            select(Item.listing_id)
            .join(row, row.item_id == Item.id)
            .where(is_staged, Item.approved_version_id.is_not(None), Item.sale != "retired")
            for row, is_staged in (
                (Offer, Offer.staged_price.is_not(None)),
                (Stock, Stock.staged.is_not(None)),
            )
        )
    )
)

_STUCK = Listing.id.in_(
    select(Delivery.listing_id).where(Delivery.state.in_(("refused", "parked")), ~overtaken())
)

# While an appeal waits, it is a reviewer's turn.
_SENT_BACK = and_(_RETURNED, NEWEST_STATE.in_(RETURNED_STATES), ~_APPEALED)

VIEWS: dict[str, Any] = {
    "all": Listing.retired_at.is_(None),
    "yours": or_(DRAFTED, _SENT_BACK),
    "returned": _SENT_BACK,
    "problems": _drafts(DraftFindings.blocking > 0),
    "ready": _drafts(DraftFindings.blocking == 0),
    "review": and_(_IN_REVIEW, or_(NEWEST_STATE == "submitted", _APPEALED)),
    "live": _LIVE,
    "sold-out": _SOLD_OUT,
    "staged": _STAGED,
    "stuck": _STUCK,
}
# Whether the newest change comes first.
SORTS: dict[str, bool] = {"newest": True, "oldest": False}

# Steps from one category of the seller's to the next by the index, whatever stands under each.
_CATEGORIES = text(
    """
    WITH RECURSIVE used AS (
      (SELECT category_code FROM listing WHERE seller_id = :seller AND retired_at IS NULL
        ORDER BY category_code LIMIT 1)
      UNION ALL
      SELECT (SELECT category_code FROM listing WHERE seller_id = :seller AND retired_at IS NULL
                 AND category_code > used.category_code ORDER BY category_code LIMIT 1)
        FROM used WHERE used.category_code IS NOT NULL
    )
    SELECT category_code FROM used WHERE category_code IS NOT NULL
    """
)


@dataclass(frozen=True)
class Filters:
    """What the address asks for; what it does not know reads as not asked."""

    view: str = "all"
    words: str = ""
    category: str = ""
    sort: str = "newest"

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Filters":
        """From the values of an address or a form."""
        view, sort = given.get("view", ""), given.get("sort", "")
        return cls(
            view=view if view in VIEWS else "all",
            words=_plain(given.get("q", ""))[:100],
            category=_plain(given.get("category", "")),
            sort=sort if sort in SORTS else "newest",
        )

    @property
    def args(self) -> dict[str, str]:
        """The same for an address, without what goes without saying."""
        said = {"view": self.view, "q": self.words, "category": self.category, "sort": self.sort}
        return {name: value for name, value in said.items() if value not in ("", "all", "newest")}

    @property
    def narrowed(self) -> int:
        """How many of them leave something out."""
        return sum(map(bool, (self.view != "all", self.words, self.category)))


def chosen(seller_id: int, filters: Filters) -> Select[Listing]:
    """The seller's listings that fit."""
    query = select(Listing).where(
        Listing.seller_id == seller_id, Listing.retired_at.is_(None), VIEWS[filters.view]
    )
    if filters.category:
        query = query.where(Listing.category_code == filters.category)
    return query.where(_holds(filters.words)) if filters.words else query


def counted(query: Select[Listing], most: int) -> int:
    """How many these are, counted no further than *most* + 1."""
    some = query.with_only_columns(Listing.id).limit(most + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def categories_of(seller_id: int) -> dict[str, Words]:
    """The categories of the seller's listings with their names, by code."""
    codes = db.session.scalars(_CATEGORIES, {"seller": seller_id}).all()
    return names_of(codes)


def _plain(typed: str) -> str:
    return typed.replace("\x00", "").strip()


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
