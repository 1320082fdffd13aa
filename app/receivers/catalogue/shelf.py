"""What deliveries do to the catalogue: each part is put in place if it is newer than what is there.

The rows of a batch are locked before they are read (see `inbox`), so a plain comparison decides.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.bulk import any_of
from app.core.clock import now
from app.core.words import Words
from app.receivers.catalogue.models import CatalogueItem, Product
from app.receivers.catalogue.search import pairs, text_of
from app.receivers.database import table_of
from app.receivers.inbox import APPLIED, NOT_YET, SUPERSEDED, Delivery, Outcome
from app.receivers.kept import Kept
from app.receivers.parts import MOVED, Payload, item_ids, put, put_sale

NOT_OURS = Outcome(
    "refused",
    "not-for-catalogue",
    Words("재고는 주문 시스템에 보냅니다.", "Stock goes to the order system."),
)


PRODUCT = (
    "listing_id", "practice", "version", "category_code", "content", "words", "pairs", "changed_at",
)  # fmt: skip
ITEM = (
    "item_id", "product_id", "position", "sku", "gtin", "option", "options", "pictures", "version",
    "price", "list_price", "offer_revision", "sale", "sale_revision", "changed_at",
)  # fmt: skip


class CatalogueShelf:
    """The products and items that one batch of deliveries is about."""

    def __init__(self, session: Session, deliveries: list[Delivery], address: str) -> None:
        self.session = session
        self.address = address
        product, item = table_of(Product), table_of(CatalogueItem)
        self.products = Kept(session, product, "listing_id", PRODUCT, told="id")
        self.items = Kept(session, item, "item_id", ITEM, told="id")
        listing_ids = {one["payload"]["listing_id"] for one in deliveries}
        columns = [product.c[name] for name in ("id", "listing_id", "version")]
        wanted = select(*columns).where(product.c.listing_id == any_of(listing_ids))
        self.products.read(wanted.order_by(product.c.id).with_for_update())
        ids = {row["id"]: row["listing_id"] for row in self.products.rows.values()}
        if ids:
            self.items.read(select(item).where(item.c.product_id == any_of(ids)))
        # Which listing each item named here belongs to: nobody may move it to another.
        self.owner = {n: ids[row["product_id"]] for n, row in self.items.rows.items()}
        self.of_listing: dict[int, set[int]] = {}
        for item_id, listing_id in self.owner.items():
            self.of_listing.setdefault(listing_id, set()).add(item_id)
        self.owner |= self._elsewhere(deliveries)

    def apply(self, delivery: Delivery) -> Outcome:
        """See `inbox.Shelf`."""
        payload = delivery["payload"]
        if delivery["subject"] == "product":
            return self._product(payload, delivery["practice"])
        if delivery["subject"] == "stock":
            return NOT_OURS
        item = self.items.get(payload["item_id"])
        if self._moved(payload, payload["item_id"]):
            return MOVED
        if item is None:
            return NOT_YET
        change = put_offer if delivery["subject"] == "offer" else put_sale
        return change(self.items, item, payload[delivery["subject"]])

    def write(self) -> None:
        """See `inbox.Shelf`: products first, for their items are told their numbers."""
        self.products.write()
        for listing_id, item_ids_ in self.of_listing.items():
            product = self.products.rows[listing_id]
            for item_id in item_ids_:
                self.items.rows[item_id]["product_id"] = product["id"]
        self.items.write()

    def details(self, delivery: Delivery) -> dict[str, Any]:
        """The product's number and address, and the numbers of its items."""
        listing_id = delivery["payload"]["listing_id"]
        number = self.products.rows[listing_id]["id"]
        items = [self.items.rows[item_id] for item_id in sorted(self.of_listing[listing_id])]
        return {
            "external_id": str(number),
            "url": f"{self.address}/products/{number}",
            "items": [{"item_id": i["item_id"], "external_id": str(i["id"])} for i in items],
        }

    def _product(self, payload: Payload, practice: bool) -> Outcome:
        if any(self._moved(payload, item["item_id"]) for item in payload["items"]):
            return MOVED
        listing_id = payload["listing_id"]
        product = self.products.get(listing_id)
        older = product is not None and product["version"] > payload["version"]
        if product is None:
            row = {"listing_id": listing_id, "practice": practice, **filled(payload)}
            self.products.put(row)
            self.of_listing[listing_id] = set()
        elif not older:
            self.products.change(product, **filled(payload))
        for position, item in enumerate(payload["items"]):
            self._item(listing_id, item, position)
        return SUPERSEDED if older else APPLIED

    def _item(self, listing_id: int, given: Payload, position: int) -> None:
        item = self.items.get(given["item_id"])
        if item is None:
            item = self.items.put(new_item(given))
            self.owner[given["item_id"]] = listing_id
            self.of_listing.setdefault(listing_id, set()).add(given["item_id"])
        if item["version"] <= given["version"]:
            self.items.change(
                item,
                version=given["version"],
                position=position,
                sku=given["sku"],
                option=given["option"],
                options=given.get("options", []),
                gtin=given.get("gtin") or "",
                pictures=given.get("pictures", []),
            )
        put_offer(self.items, item, given["offer"])
        put_sale(self.items, item, given["sale"])

    def _moved(self, payload: Payload, item_id: int) -> bool:
        return self.owner.get(item_id, payload["listing_id"]) != payload["listing_id"]

    def _elsewhere(self, deliveries: list[Delivery]) -> dict[int, int]:
        named = {item_id for one in deliveries for item_id in item_ids(one["payload"])}
        asked = named - self.items.rows.keys()
        if not asked:
            return {}
        query = select(CatalogueItem.item_id, Product.listing_id).join(CatalogueItem.product)
        rows = self.session.execute(query.where(CatalogueItem.item_id == any_of(asked)))
        return {row.item_id: row.listing_id for row in rows}


def new_item(given: Payload) -> Payload:
    """An item that comes for the first time; what the payload says of it is put in place next."""
    return {
        "item_id": given["item_id"],
        "product_id": None,
        "position": 0,
        "sku": "",
        "gtin": "",
        "option": "",
        "options": [],
        "pictures": [],
        "version": 0,
        "price": 0,
        "list_price": None,
        "offer_revision": 0,
        "sale": "on",
        "sale_revision": 0,
        "changed_at": now(),
    }


def filled(payload: Payload) -> Payload:
    """What the version says of the product itself, by column."""
    words = text_of(payload)
    return {
        "version": payload["version"],
        "category_code": payload["category"]["code"],
        "content": {name: value for name, value in payload.items() if name != "items"},
        "words": words,
        "pairs": pairs(words),
        "changed_at": now(),
    }


def put_offer(items: Kept, item: Payload, offer: Payload) -> Outcome:
    """Put the price in place if it is newer."""
    told = {"price": offer["price"], "list_price": offer.get("list_price")}
    return put(items, item, "offer", offer["revision"], **told)
