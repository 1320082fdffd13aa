"""Which listings were meant: ticked ones, a page of them, all that fit, or those of a batch."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from werkzeug.datastructures import MultiDict

from app.core.database import db
from app.core.errors import Invalid
from app.core.words import Words
from app.listings.models import Item, Listing
from app.listings.numbers import row_id
from app.surfaces.seller.filters import SORTS, Filters, chosen
from app.surfaces.seller.many.models import Batch, BatchLine

MOST = 500
# What is done to each item is shown before it is done: a page of more than this nobody reads.
MOST_ITEMS = 10_000
_NONE = Words(
    "고른 상품이 없습니다. 목록에서 상품을 고르세요.",
    "No listing is chosen. Tick some in the list.",
)
_TOO_MANY = Words(
    "한 번에 {most}건까지 할 수 있습니다. 필터로 좁힌 뒤 다시 고르세요.",
    "At most {most} listings at a time. Narrow the filters, then choose again.",
)
_TOO_MANY_ITEMS = Words(
    "고른 상품의 품목이 {count}개입니다. 한 번에 {most}개까지이니 나누어 하세요.",
    "The listings have {count} items. At most {most} at a time: choose fewer listings.",
)


@dataclass(frozen=True)
class Choice:
    """What the address says was chosen, as it is said again in the next one."""

    args: dict[str, Any]
    filters: Filters


def choice_of(given: MultiDict[str, str]) -> Choice:
    """The choice of an address."""
    filters = Filters.read(given)
    if given.get("batch"):
        return Choice({"batch": given["batch"]}, filters)
    if given.get("all") == "yes":
        return Choice({"all": "yes", **filters.args}, filters)
    ticked = given.getlist("listing")
    if given.get("page") == "yes":
        ticked = [*given.get("shown", "").split("."), *ticked]
    return Choice({"listing": list(dict.fromkeys(ticked)), **filters.args}, filters)


def listings_of(seller_id: int, choice: Choice, with_items: bool) -> list[int]:
    """The seller's own listings that were chosen, in the order of the list.

    `Invalid` where these are none or too many, or, *with_items*, where their items are too many.
    """
    ids = list(db.session.scalars(_query(seller_id, choice).limit(MOST + 1)))
    if not ids:
        raise Invalid("none-chosen", _NONE)
    refuse_too_many(len(ids))
    if with_items:
        _refuse_too_many_items(ids)
    return ids


def refuse_too_many(count: int) -> None:
    """`Invalid` where these are more listings than can be changed at once."""
    if count > MOST:
        raise Invalid("too-many-chosen", _TOO_MANY, most=MOST)


def _refuse_too_many_items(listing_ids: Sequence[int]) -> None:
    items = select(func.count()).where(Item.listing_id.in_(listing_ids))
    count = db.session.scalar(items) or 0
    if count > MOST_ITEMS:
        raise Invalid("too-many-items", _TOO_MANY_ITEMS, count=count, most=MOST_ITEMS)


def own(seller_id: int, listing_ids: Sequence[int]) -> set[int]:
    """Those of the listings that are the seller's."""
    mine = select(Listing.id).where(Listing.id.in_(listing_ids), Listing.seller_id == seller_id)
    return set(db.session.scalars(mine))


def _query(seller_id: int, choice: Choice) -> Any:
    descending = SORTS[choice.filters.sort]
    columns = (Listing.changed_at, Listing.id)
    order = [c.desc() if descending else c.asc() for c in columns]
    if "all" in choice.args:
        return chosen(seller_id, choice.filters).with_only_columns(Listing.id).order_by(*order)
    mine = select(Listing.id).where(Listing.seller_id == seller_id, Listing.retired_at.is_(None))
    if "batch" in choice.args:
        done = (
            select(BatchLine.listing_id)
            .join(Batch)
            .where(
                Batch.id == (row_id(choice.args["batch"])),
                Batch.seller_id == seller_id,
                BatchLine.outcome == "done",
            )
        )
        return mine.where(Listing.id.in_(done)).order_by(*order)
    numbers = [n for typed in choice.args["listing"] if (n := row_id(typed)) is not None]
    return mine.where(Listing.id.in_(numbers)).order_by(*order)
