"""What deliveries do to the order system: each part in place if newer, stock by signed amounts."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.core.bulk import any_of
from app.core.clock import now
from app.core.words import Words
from app.receivers.database import table_of
from app.receivers.inbox import APPLIED, NOT_YET, SUPERSEDED, Delivery, Outcome
from app.receivers.kept import Kept
from app.receivers.orders.models import FEED, FEED_LOCK, OfferedItem, OfferedListing
from app.receivers.parts import MOVED, Payload, item_ids, put, put_sale

BELOW_ZERO = Words(
    "남은 재고가 {count}개여서 그만큼 줄일 수 없습니다.",
    "Only {count} are left, so the stock cannot fall by that much.",
)
MOVED_ON = Words(
    "세어 본 뒤에 재고가 바뀌었습니다. 지금 재고: {count}개.",
    "The stock changed after it was counted. It is {count} now.",
)


LISTING = ("listing_id", "practice", "version", "seller_id", "name", "catalogue")
ITEM = (
    "item_id", "listing_id", "practice", "sku", "option", "version", "price", "offer_revision",
    "sale", "sale_revision", "stock", "stock_revision", "changed_at", "feed_position",
)  # fmt: skip


class OrdersShelf:
    """The listings and items that one batch of deliveries is about, locked."""

    def __init__(self, session: Session, deliveries: list[Delivery]) -> None:
        self.session = session
        listing, item = table_of(OfferedListing), table_of(OfferedItem)
        self.listings = Kept(session, listing, "listing_id", LISTING)
        self.items = Kept(session, item, "item_id", ITEM)
        listing_ids = {one["payload"]["listing_id"] for one in deliveries}
        columns = [listing.c[name] for name in ("listing_id", "version", "practice")]
        self.listings.read(select(*columns).where(listing.c.listing_id == any_of(listing_ids)))
        known = {item_id for one in deliveries for item_id in item_ids(one["payload"])}
        # Orders take the same rows in the same order, so that neither waits for the other in a
        # ring; they only add lines that refer to them, which this kind of lock lets them.
        wanted = select(item).where(item.c.item_id == any_of(known)).order_by(item.c.item_id)
        self.items.read(wanted.with_for_update(key_share=True))

    def apply(self, delivery: Delivery) -> Outcome:
        """See `inbox.Shelf`."""
        payload = delivery["payload"]
        if delivery["subject"] == "product":
            return self._product(payload, delivery["practice"])
        item = self.items.get(payload["item_id"])
        if item is None:
            return NOT_YET
        if item["listing_id"] != payload["listing_id"]:
            return MOVED
        if delivery["subject"] == "stock":
            return add_stock(self.items, item, payload["delta"], payload.get("seen"))
        change = put_offer if delivery["subject"] == "offer" else put_sale
        return change(self.items, item, payload[delivery["subject"]])

    def write(self) -> None:
        """See `inbox.Shelf`."""
        self.listings.write()
        if self.items.new:
            self._number()
        self.items.write()

    def _number(self) -> None:
        """New items go into the feed at once: numbered later, each row would be written twice."""
        self.session.execute(select(func.pg_advisory_xact_lock(*FEED_LOCK)))
        one_each = func.generate_series(1, len(self.items.new)).table_valued("n")
        numbers = self.session.scalars(select(FEED.next_value()).select_from(one_each))
        for item, number in zip(self.items.new, numbers, strict=True):
            item["feed_position"] = number

    def details(self, delivery: Delivery) -> dict[str, Any]:
        """The numbers of the items (they are Onshelf's own), and the stock after a change."""
        payload = delivery["payload"]
        ids = sorted(item_ids(payload))
        found: dict[str, Any] = {
            "external_id": str(payload["listing_id"]),
            "items": [{"item_id": item_id, "external_id": str(item_id)} for item_id in ids],
        }
        if delivery["subject"] == "stock":
            found["stock"] = level(self.items.rows[payload["item_id"]])
        return found

    def _product(self, payload: Payload, practice: bool) -> Outcome:
        listing_id = payload["listing_id"]
        known = (self.items.get(item["item_id"]) for item in payload["items"])
        if any(item is not None and item["listing_id"] != listing_id for item in known):
            return MOVED
        listing = self.listings.get(listing_id)
        older = listing is not None and listing["version"] > payload["version"]
        if listing is None:
            row = {"listing_id": listing_id, "practice": practice, **filled(payload)}
            listing = self.listings.put(row)
        elif not older:
            self.listings.change(listing, **filled(payload))
        for given in payload["items"]:
            self._item(listing, given)
        return SUPERSEDED if older else APPLIED

    def _item(self, listing: Payload, given: Payload) -> None:
        item = self.items.get(given["item_id"]) or self.items.put(new_item(listing, given))
        if item["version"] <= given["version"]:
            told = {name: given[name] for name in ("version", "sku", "option")}
            self.items.change(item, **told)
        put_offer(self.items, item, given["offer"])
        put_sale(self.items, item, given["sale"])


def new_item(listing: Payload, given: Payload) -> Payload:
    """An item that comes for the first time: the only time its count is taken from outside."""
    return {
        "item_id": given["item_id"],
        "listing_id": listing["listing_id"],
        "practice": listing["practice"],
        "sku": "",
        "option": "",
        "version": 0,
        "price": 0,
        "offer_revision": 0,
        "sale": "on",
        "sale_revision": 0,
        "stock": given.get("stock", {}).get("count", 0),
        "stock_revision": 1,
        "changed_at": now(),
    }


def filled(payload: Payload) -> Payload:
    """What the version says of the listing itself, by column."""
    return {
        "version": payload["version"],
        "seller_id": payload["seller"]["id"],
        "name": payload["name"],
        "catalogue": payload.get("catalogue") or {},
    }


def put_offer(items: Kept, item: Payload, offer: Payload) -> Outcome:
    """Put the price in place if it is newer."""
    return put(items, item, "offer", offer["revision"], price=offer["price"])


def add_stock(items: Kept, item: Payload, delta: int, seen: int | None = None) -> Outcome:
    """A signed amount, applied once by its key; refused where it would leave less than none.

    *seen* is the revision of the stock that was counted: what a count makes of another is nothing.
    """
    if seen is not None and item["stock_revision"] > seen:
        words = MOVED_ON.filled(count=item["stock"])
        return Outcome("refused", "stock-moved-on", words, {"stock": level(item)})
    if item["stock"] + delta < 0:
        words = BELOW_ZERO.filled(count=item["stock"])
        return Outcome("refused", "stock-below-zero", words, {"stock": level(item)})
    items.change(
        item,
        stock=item["stock"] + delta,
        stock_revision=item["stock_revision"] + 1,
        feed_position=None,
        changed_at=now(),
    )
    return APPLIED


def level(item: Mapping[Any, Any]) -> dict[str, int]:
    """One stock level, as feeds and answers have it."""
    return {"item_id": item["item_id"], "count": item["stock"], "revision": item["stock_revision"]}
