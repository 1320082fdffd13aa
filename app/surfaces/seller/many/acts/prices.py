"""New prices: noted on what is on sale, written into drafts."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.core.words import Words
from app.listings.actions import PartSave, Step, save_parts, stage_offer
from app.listings.content import Content, item_path
from app.listings.models import Item, Offer
from app.listings.queries import parts_of
from app.surfaces.seller.many.live import broken_rule
from app.surfaces.seller.many.numbers import PriceWish, out_of_range, price_wish, read_price
from app.surfaces.seller.many.plans import Act, Change, Plan, Wish
from app.surfaces.seller.many.subjects import Subject
from app.surfaces.seller.many.words import why_nothing


def plan(subjects: Sequence[Subject], wish: Wish) -> list[Plan]:
    """The new price of every item that has one, rounded to ten won."""
    reckoned = price_wish(wish)
    return [_plan(subject, reckoned) for subject in subjects]


def do(subject: Subject, planned: Plan, wish: Wish, who: int) -> None:
    """Stage the prices of what is on sale, write those of the draft."""
    rows = (
        select(Offer.item_id, Offer.revision, Offer.list_price)
        .join(Item)
        .where(Item.listing_id == subject.listing.id)
    )
    offers = {row.item_id: row for row in db.session.execute(rows)}
    for change in planned.changes:
        if change.live:
            offer = offers[change.item_id]
            stage_offer(change.item_id, change.new, offer.list_price, offer.revision, who)
    drafted = [change for change in planned.changes if not change.live]
    if drafted:
        parts = parts_of(subject.newest)
        saves = [PartSave(parts[c.item_id][0], {"price": c.new}) for c in drafted]
        save_parts(subject.newest.id, saves, Step(who))


ACT = Act("price", plan, do, read_price, asks=("mode", "amount"), stages=True)


def _plan(subject: Subject, wish: PriceWish) -> Plan:
    live = _changes(subject, subject.live_items, subject.on_sale, wish, live=True)
    changes = [*live, *_changes(subject, subject.draft_items, subject.written, wish, live=False)]
    refusal = next((out_of_range(c.new, c.item) for c in changes if _is_wrong(c)), None)
    refusal = refusal or _broken(subject, live)
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


def _broken(subject: Subject, changes: Sequence[Change]) -> Words | None:
    new = {change.item_id: change.new for change in changes}
    content = subject.on_sale
    if content is None:
        return None
    items = [{**item, "price": new.get(item["id"], item["price"])} for item in content["items"]]
    cells = {item_path(number, name) for number in new for name in ("price", "list_price")}
    return broken_rule(subject, {**content, "items": items}, cells)
