"""What an edit of a listing that is on sale will do, counted before it is made.

Prices and stock are staged and need no review; everything else is counted as the reviewer will
read it, against what is on sale: that may be older than the version judged before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from sqlalchemy import or_, select

from app.core.database import db
from app.core.words import Words
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.differing import Places, differing, pictures_in
from app.journey.review.comparing.gallery import Hung, gallery
from app.listings.content import Content
from app.listings.models import Item, Offer, Stock, Version
from app.listings.queries import content_of, live_version
from app.taxonomy.definitions import Category
from app.validation.fields import sections

# Of each list so many lines are named; the counts are of all.
MOST: Final = 30
_ADDED = Words("{place}: 더함", "{place}: added")
_REMOVED = Words("{place}: 뺌", "{place}: removed")
_MOVED = Words("{place}: 순서 바뀜", "{place}: moved")
_OFFER = {
    "price": Words("{place}: 가격", "{place}: price"),
    "list_price": Words("{place}: 정가", "{place}: list price"),
    "stock": Words("{place}: 재고", "{place}: stock"),
}


@dataclass(frozen=True)
class Outlook:
    """How many changes wait for *Apply*, how many for a reviewer, and the first MOST of each.

    `drafted` is whether there is a draft: without one nothing is on its way to review.
    """

    drafted: bool
    at_once: list[Words]
    review: list[Words]
    at_once_count: int
    review_count: int


def outlook(version: Version, category: Category, content: Content | None = None) -> Outlook | None:
    """Of a listing's newest *version*, its *content* read if not given; None if never approved.

    Without a draft only what is staged counts: what was submitted is on its way already.
    """
    live = live_version(version.listing_id)
    if live is None:
        return None
    drafted = version.state == "draft"
    content = content or content_of(version)
    staged = list(_staged(version.listing_id))
    places = Places(category, content)
    at_once = [_OFFER[kind].filled(place=places.labels.item(item)) for item, kind in staged[:MOST]]
    lines, count = _review(_on_sale(live), content, category) if drafted else ([], 0)
    return Outlook(drafted, at_once, lines, len(staged), count)


def _on_sale(live: Version) -> Content:
    """What shoppers have: of an item that *live* was refused for, its text before, or nothing."""
    content = content_of(live)
    if live.state != "partly_approved":
        return content
    of_listing = select(Item.id, Item.approved_version_id).where(Item.listing_id == live.listing_id)
    approved = {row.id: row.approved_version_id for row in db.session.execute(of_listing)}
    texts: dict[int | None, Content] = {live.id: content}
    for number in {*approved.values()} - {None, live.id}:
        texts[number] = content_of(db.session.get_one(Version, number))
    items = {(n, item["id"]): item for n, text in texts.items() for item in text["items"]}
    sold = [items.get((approved.get(item["id"]), item["id"])) for item in content["items"]]
    return {**content, "items": [item for item in sold if item]}


def _staged(listing_id: int) -> Iterator[tuple[int, str]]:
    """(item, what of it) of every staged change of the listing."""
    rows = db.session.execute(
        select(Item.id, Offer, Stock.staged)
        .join(Offer, Offer.item_id == Item.id)
        .join(Stock, Stock.item_id == Item.id)
        .where(
            Item.listing_id == listing_id,
            or_(Offer.staged_price.is_not(None), Stock.staged.is_not(None)),
        )
        .order_by(Item.position, Item.id)
    )
    for item, offer, stock in rows:
        if offer.staged_price is not None:
            if offer.staged_price != offer.price:
                yield item, "price"
            if offer.staged_list_price != offer.list_price:
                yield item, "list_price"
        if stock:
            yield item, "stock"


def _review(old: Content, new: Content, category: Category) -> tuple[list[Words], int]:
    """The first lines of what a reviewer will see, and how many there are."""
    form = sections(category, new)
    changed = [each for each in differing(old, new, form) if each.what != "picture"]
    both = gallery(pictures_in(old), pictures_in(new))
    before, now = Places(category, old), Places(category, new, form)
    hung = [each for each in both.old if each.what == "gone"] if both else []
    hung += [each for each in both.new if each.what != "same"] if both else []
    lines = [_of_picture(each, before, now) for each in hung[:MOST]]
    lines += [_of_change(each, before, now) for each in changed[: MOST - len(lines)]]
    return lines, len(changed) + len(hung)


def _of_picture(hung: Hung, before: Places, now: Places) -> Words:
    said = {"gone": _REMOVED, "new": _ADDED}.get(hung.what, _MOVED)
    return said.filled(place=(before if hung.what == "gone" else now).of(hung.path))


def _of_change(each: Changed, before: Places, now: Places) -> Words:
    if each.what == "field":
        return now.of(each.path)
    gone = each.new is None
    return (_REMOVED if gone else _ADDED).filled(place=(before if gone else now).of(each.path))
