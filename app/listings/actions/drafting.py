"""Starting a listing, its category, putting it away."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict
from app.core.unit_of_work import record
from app.core.words import Words
from app.listings.actions.itemising import new_items
from app.listings.actions.moving import move_item_sale
from app.listings.actions.naming import forget_name, note_name
from app.listings.actions.timeline import note
from app.listings.content import read
from app.listings.events import CategoryChanged, ListingRetired, ListingStarted, SaleChanged
from app.listings.locks import hold_judged, locked_draft
from app.listings.models import Listing, Version, VersionPart, touch

_CATEGORY_FIXED = Words(
    "승인된 적이 있는 상품의 카테고리는 바꿀 수 없습니다. 새 상품으로 등록하세요.",
    "The category of a product that was once approved is fixed. Register a new product.",
)
_IN_REVIEW = Words(
    "심사 중인 상품입니다. 먼저 제출을 취소하세요.",
    "It is with the reviewers. Withdraw the submission first.",
)
_STILL_SELLING = Words(
    "판매 중인 품목이 있습니다. 먼저 판매를 끝내세요.",
    "Some items are still on sale. End their sale first.",
)


def start_listing(
    seller_id: int,
    category_code: str,
    who: int | None,
    practice: bool = False,
    content: dict[str, Any] | None = None,
) -> Listing:
    """A new listing with its first draft, *content* to begin with, and one empty item."""
    listing = Listing(seller_id=seller_id, category_code=category_code, practice=practice)
    db.session.add(listing)
    db.session.flush()
    version = Version(listing_id=listing.id, no=1, state="draft", created_by=who)
    db.session.add(version)
    db.session.flush()
    db.session.add(VersionPart(version_id=version.id, item_id=None, content=content or {}))
    note_name(listing, read(content or {}, "name.ko"))
    new_items(listing, version, [{}])
    note(listing.id, "started", who, "seller")
    record(ListingStarted(listing.id))
    return listing


def change_category(version_id: int, category_code: str, who: int | None) -> None:
    """Give a never-approved listing another category; every answer is kept as it stands."""
    version = locked_draft(version_id)
    listing = version.listing
    if any(item.approved_version_id for item in listing.items):
        raise Conflict("category-fixed", _CATEGORY_FIXED)
    if listing.category_code != category_code:
        old, listing.category_code = listing.category_code, category_code
        note(listing.id, "category-changed", who, "seller", old=old, new=category_code)
        touch(listing)
        record(CategoryChanged(listing.id))


def refusal_to_retire(newest_state: str, sales: Collection[str]) -> Conflict | None:
    """Why a listing whose items have these sale states cannot be put away now, if so."""
    if newest_state == "submitted":
        return Conflict("in-review", _IN_REVIEW)
    if {"on", "paused"} & set(sales):
        return Conflict("still-selling", _STILL_SELLING)
    return None


def retire_listing(listing_id: int, who: int | None) -> None:
    """Put a listing away for good; nothing of it may be on sale or in review.

    Its items are retired with it, which gives their SKUs back to the seller.
    """
    newest = db.session.scalars(
        select(Version)
        .where(Version.listing_id == listing_id)
        .order_by(Version.no.desc())
        .limit(1)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one()
    hold_judged(listing_id)
    listing = db.session.get_one(Listing, listing_id, with_for_update={"key_share": True})
    items = [item for item in listing.items if item.sale != "retired"]
    if refusal := refusal_to_retire(newest.state, [item.sale for item in items]):
        raise refusal
    if listing.retired_at is None:
        listing.retired_at = database_now()
        forget_name(listing.id)
        for item in items:
            move_item_sale(item.id, "retire", sale_changed_at=database_now())
        record(SaleChanged(tuple(sorted(item.id for item in items))))
        record(ListingRetired(listing_id, who))
        note(listing_id, "retired", who, "seller")
