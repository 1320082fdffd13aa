"""What deliveries do to the order system: each part in place if newer, stock by signed amounts."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import now
from app.core.words import Words
from app.receivers.inbox import APPLIED, NOT_YET, SUPERSEDED, Delivery, Outcome
from app.receivers.orders.models import OfferedItem, OfferedListing
from app.receivers.parts import MOVED, Payload, item_ids, put, put_sale

BELOW_ZERO = Words(
    "남은 재고가 {count}개여서 그만큼 줄일 수 없습니다.",
    "Only {count} are left, so the stock cannot fall by that much.",
)


class OrdersShelf:
    """The listings and items that one batch of deliveries is about, locked."""

    def __init__(self, session: Session, deliveries: list[Delivery]) -> None:
        self.session = session
        listing_ids = {one["payload"]["listing_id"] for one in deliveries}
        known = {item_id for one in deliveries for item_id in item_ids(one["payload"])}
        listings = select(OfferedListing).where(OfferedListing.listing_id.in_(listing_ids))
        self.listings = {row.listing_id: row for row in session.scalars(listings)}
        # Orders take the same rows in the same order, so that neither waits for the other in a
        # ring; they only add lines that refer to them, which this kind of lock lets them.
        items = (
            select(OfferedItem)
            .where(OfferedItem.item_id.in_(known))
            .order_by(OfferedItem.item_id)
            .with_for_update(key_share=True)
        )
        self.items = {row.item_id: row for row in session.scalars(items)}

    def apply(self, delivery: Delivery) -> Outcome:
        """See `inbox.Shelf`."""
        payload = delivery["payload"]
        if delivery["subject"] == "product":
            return self._product(payload, delivery["practice"])
        item = self.items.get(payload["item_id"])
        if item is None:
            return NOT_YET
        if item.listing_id != payload["listing_id"]:
            return MOVED
        if delivery["subject"] == "stock":
            return add_stock(item, payload["delta"])
        change = put_offer if delivery["subject"] == "offer" else put_sale
        return change(item, payload[delivery["subject"]])

    def details(self, delivery: Delivery) -> dict[str, Any]:
        """The numbers of the items (they are Onshelf's own), and the stock after a change."""
        payload = delivery["payload"]
        ids = sorted(item_ids(payload))
        found: dict[str, Any] = {
            "external_id": str(payload["listing_id"]),
            "items": [{"item_id": item_id, "external_id": str(item_id)} for item_id in ids],
        }
        if delivery["subject"] == "stock":
            found["stock"] = level(self.items[payload["item_id"]])
        return found

    def _product(self, payload: Payload, practice: bool) -> Outcome:
        listing_id = payload["listing_id"]
        known = (self.items.get(item["item_id"]) for item in payload["items"])
        if any(item is not None and item.listing_id != listing_id for item in known):
            return MOVED
        listing = self.listings.get(listing_id)
        older = listing is not None and listing.version > payload["version"]
        if listing is None:
            listing = OfferedListing(listing_id=listing_id, practice=practice)
            self.session.add(listing)
            self.listings[listing_id] = listing
        if not older:
            fill(listing, payload)
        for given in payload["items"]:
            self._item(listing, given)
        return SUPERSEDED if older else APPLIED

    def _item(self, listing: OfferedListing, given: Payload) -> None:
        item = self.items.get(given["item_id"])
        if item is None:
            item = new_item(listing, given)
            self.session.add(item)
            self.items[item.item_id] = item
        if item.version <= given["version"]:
            item.version, item.sku, item.option = given["version"], given["sku"], given["option"]
        put_offer(item, given["offer"])
        put_sale(item, given["sale"])


def new_item(listing: OfferedListing, given: Payload) -> OfferedItem:
    """An item that comes for the first time: the only time its count is taken from outside."""
    return OfferedItem(
        item_id=given["item_id"],
        listing=listing,
        listing_id=listing.listing_id,
        practice=listing.practice,
        version=0,
        offer_revision=0,
        sale_revision=0,
        stock=given.get("stock", {}).get("count", 0),
        stock_revision=1,
    )


def fill(listing: OfferedListing, payload: Payload) -> None:
    """Take over what the version says of the listing itself."""
    listing.version = payload["version"]
    listing.seller_id = payload["seller"]["id"]
    listing.name = payload["name"]
    listing.catalogue = payload.get("catalogue") or {}


def put_offer(item: OfferedItem, offer: Payload) -> Outcome:
    """Put the price in place if it is newer."""
    return put(item, "offer", offer["revision"], price=offer["price"])


def add_stock(item: OfferedItem, delta: int) -> Outcome:
    """A signed amount, applied once by its key; refused where it would leave less than none."""
    if item.stock + delta < 0:
        words = BELOW_ZERO.filled(count=item.stock)
        return Outcome("refused", "stock-below-zero", words, {"stock": level(item)})
    item.stock += delta
    item.stock_revision += 1
    item.feed_position = None
    item.changed_at = now()
    return APPLIED


def level(item: OfferedItem) -> dict[str, int]:
    """One stock level, as feeds and answers have it."""
    return {"item_id": item.item_id, "count": item.stock, "revision": item.stock_revision}
