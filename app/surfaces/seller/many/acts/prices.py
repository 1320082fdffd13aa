"""New prices: noted on what is on sale, written into drafts."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import case, select

from app.core.database import db
from app.listings.actions import stage_offer
from app.listings.content import Content
from app.listings.models import Item, Offer
from app.surfaces.seller.many.items import broken_rule, write_draft
from app.surfaces.seller.many.numbers import PriceWish, out_of_range, price_wish, read_price
from app.surfaces.seller.many.plans import Act, Change, Plan, Wish
from app.surfaces.seller.many.subjects import Subject
from app.surfaces.seller.many.words import why_nothing


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """The new price of every item that has one, rounded to ten won."""
    reckoned = price_wish(wish)
    offers = _offers([subject.listing.id for subject in subjects])
    return [_plan(subject, reckoned, offers) for subject in subjects]


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> None:
    """Stage the prices of what is on sale, write those of the draft."""
    offers = _offers([subject.listing.id])
    for change in planned.changes:
        if change.live:
            offer = offers[change.item_id]
            stage_offer(change.item_id, change.new, offer.list_price, offer.revision, who)
    write_draft(subject, planned.changes, who)


ACT = Act("price", plan, do, read_price, asks=("mode", "amount"), stages=True)


def _offers(listing_ids: Sequence[int]) -> dict[int, Any]:
    """Revision and list price of what is on sale, by item; the noted list price, if one is."""
    noted = Offer.staged_price.is_not(None)
    list_price = case((noted, Offer.staged_list_price), else_=Offer.list_price)
    rows = db.session.execute(
        select(Offer.item_id, Offer.revision, list_price.label("list_price"))
        .join(Item)
        .where(Item.listing_id.in_(listing_ids), Item.approved_version_id.is_not(None))
    )
    return {row.item_id: row for row in rows}


def _plan(subject: Subject, wish: PriceWish, offers: Mapping[int, Any]) -> Plan:
    live = _changes(subject, subject.live_items, subject.on_sale, wish, live=True)
    changes = [*live, *_changes(subject, subject.draft_items, subject.written, wish, live=False)]
    refusal = next((out_of_range(c.new, c.item) for c in changes if _is_wrong(c)), None)
    wished = {c.item_id: {"price": c.new, "list_price": offers[c.item_id].list_price} for c in live}
    refusal = refusal or broken_rule(subject, wished)
    if not changes and not refusal:
        refusal = why_nothing(subject, has_number=_has_price(subject))
    return Plan(subject.listing.id, subject.name, tuple(changes), refusal=refusal)


def _changes(
    subject: Subject,
    items: Sequence[dict[str, Any]],
    content: Content | None,
    wish: PriceWish,
    live: bool,
) -> list[Change]:
    found = []
    for item in items:
        new = wish.of(item["price"])
        if content is not None and new is not None and new != item["price"]:
            name = subject.item_name(item, content)
            found.append(Change("price", item["id"], name, item["price"], new, live))
    return found


def _is_wrong(change: Change) -> bool:
    return out_of_range(change.new, change.item) is not None


def _has_price(subject: Subject) -> bool:
    items = [*subject.live_items, *subject.draft_items]
    return any(item["price"] is not None for item in items)
