"""Putting staged prices and stock changes into force; jumps must have been ticked."""

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import or_, select
from werkzeug.datastructures import MultiDict

from app.core.database import db
from app.core.words import Words
from app.listings.actions import apply_staged, below_zero, price_jump
from app.listings.models import Item, Offer, Stock
from app.surfaces.seller.many.plans import Act, Change, Plan, Wish
from app.surfaces.seller.many.subjects import Subject

_NOTHING = Words("적용할 변경이 없습니다.", "There is nothing to apply.")


def read(given: MultiDict[str, str]) -> Wish:
    """The seals of the jumps that were ticked."""
    return {"confirmed": [seal[:60] for seal in given.getlist("confirmed")]}


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """Every price and stock that is noted and not in force yet."""
    staged = _staged([subject.listing.id for subject in subjects])
    return [_plan(subject, staged[subject.listing.id]) for subject in subjects]


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> None:
    """Put all of one listing into force."""
    apply_staged(subject.listing.id, None, set(wish["confirmed"]), who)


ACT = Act("apply", plan, do, read)


def _plan(subject: Subject, items: Sequence[Item]) -> Plan:
    content = subject.on_sale or subject.written
    known = {item["id"]: item for item in content["items"]}
    changes: list[Change] = []
    for item in items:
        read_item = known.get(item.id, {"sku": item.sku})
        changes += _changes(item, subject.item_name(read_item, content))
    jumps = tuple(jump for item in items if (jump := price_jump(item.offer)))
    refusal = _too_large(items) if changes else _NOTHING
    return Plan(subject.listing.id, subject.name, tuple(changes), refusal=refusal, jumps=jumps)


def _too_large(items: Sequence[Item]) -> Words | None:
    """Why not all of it can be put into force: orders have taken what a change would take off."""
    found = (below_zero(item.stock, item.stock.staged or 0) for item in items)
    return next((refused.said for refused in found if refused), None)


def _changes(item: Item, name: Words) -> list[Change]:
    offer, stock = item.offer, item.stock
    found = []
    if offer.staged_price is not None:
        found.append(Change("price", item.id, name, offer.price, offer.staged_price, live=True))
    if stock.staged:
        count = stock.count or 0
        found.append(Change("stock", item.id, name, count, count + stock.staged, live=True))
    return found


def _staged(listing_ids: Sequence[int]) -> dict[int, list[Item]]:
    rows = db.session.scalars(
        select(Item)
        .join(Offer, Offer.item_id == Item.id)
        .join(Stock, Stock.item_id == Item.id)
        .where(
            Item.listing_id.in_(listing_ids),
            Item.approved_version_id.is_not(None),
            Item.sale != "retired",
            or_(Offer.staged_price.is_not(None), Stock.staged.is_not(None)),
        )
        .order_by(Item.position, Item.id)
        .execution_options(populate_existing=True)
    )
    found: dict[int, list[Item]] = defaultdict(list)
    for item in rows:
        found[item.listing_id].append(item)
    return found
