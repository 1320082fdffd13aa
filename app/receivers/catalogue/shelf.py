"""What deliveries do to the catalogue: each part is put in place if it is newer than what is there.

The rows of a batch are locked before they are read (see `inbox`), so a plain comparison decides.
"""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from app.core.clock import now
from app.core.words import Words
from app.receivers.catalogue.models import CatalogueItem, Product
from app.receivers.catalogue.search import pairs, text_of
from app.receivers.inbox import APPLIED, NOT_YET, SUPERSEDED, Delivery, Outcome
from app.receivers.parts import MOVED, Payload, item_ids, put, put_sale

NOT_OURS = Outcome(
    "refused",
    "not-for-catalogue",
    Words("재고는 주문 시스템에 보냅니다.", "Stock goes to the order system."),
)


class CatalogueShelf:
    """The products and items that one batch of deliveries is about."""

    def __init__(self, session: Session, deliveries: list[Delivery], address: str) -> None:
        self.session = session
        self.address = address
        listing_ids = {one["payload"]["listing_id"] for one in deliveries}
        found = session.scalars(
            select(Product)
            .where(Product.listing_id.in_(listing_ids))
            .options(selectinload(Product.items))
            .order_by(Product.id)
            .with_for_update(of=Product)
        )
        self.products = {product.listing_id: product for product in found}
        self.items = {i.item_id: i for p in self.products.values() for i in p.items}
        # Which listing each item named here belongs to: nobody may move it to another.
        self.owner = {i.item_id: p.listing_id for p in self.products.values() for i in p.items}
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
        return change(item, payload[delivery["subject"]])

    def details(self, delivery: Delivery) -> dict[str, Any]:
        """The product's number and address, and the numbers of its items."""
        product = self.products[delivery["payload"]["listing_id"]]
        items = sorted(product.items, key=lambda item: item.item_id)
        return {
            "external_id": str(product.id),
            "url": f"{self.address}/products/{product.id}",
            "items": [{"item_id": i.item_id, "external_id": str(i.id)} for i in items],
        }

    def _product(self, payload: Payload, practice: bool) -> Outcome:
        if any(self._moved(payload, item["item_id"]) for item in payload["items"]):
            return MOVED
        product = self.products.get(payload["listing_id"])
        older = product is not None and product.version > payload["version"]
        if product is None:
            product = Product(listing_id=payload["listing_id"], practice=practice)
            product.items = []
            self.session.add(product)
            self.products[product.listing_id] = product
        if not older:
            fill(product, payload)
        for position, item in enumerate(payload["items"]):
            self._item(product, item, position)
        return SUPERSEDED if older else APPLIED

    def _item(self, product: Product, given: Payload, position: int) -> None:
        item = self.items.get(given["item_id"])
        if item is None:
            item = CatalogueItem(item_id=given["item_id"])
            item.version = item.offer_revision = item.sale_revision = 0
            product.items.append(item)
            self.items[item.item_id] = item
            self.owner[item.item_id] = product.listing_id
        if item.version <= given["version"]:
            item.version, item.position = given["version"], position
            item.sku, item.option = given["sku"], given["option"]
            item.gtin = given.get("gtin") or ""
            item.pictures = given.get("pictures", [])
        put_offer(item, given["offer"])
        put_sale(item, given["sale"])

    def _moved(self, payload: Payload, item_id: int) -> bool:
        return self.owner.get(item_id, payload["listing_id"]) != payload["listing_id"]

    def _elsewhere(self, deliveries: list[Delivery]) -> dict[int, int]:
        named = {item_id for one in deliveries for item_id in item_ids(one["payload"])}
        asked = named - self.items.keys()
        if not asked:
            return {}
        query = select(CatalogueItem.item_id, Product.listing_id).join(CatalogueItem.product)
        rows = self.session.execute(query.where(CatalogueItem.item_id.in_(asked)))
        return {row.item_id: row.listing_id for row in rows}


def fill(product: Product, payload: Payload) -> None:
    """Take over what the version says of the product itself."""
    product.version = payload["version"]
    product.category_code = payload["category"]["code"]
    product.content = {name: value for name, value in payload.items() if name != "items"}
    product.words = text_of(payload)
    product.pairs = pairs(product.words)
    product.changed_at = now()


def put_offer(item: CatalogueItem, offer: Payload) -> Outcome:
    """Put the price in place if it is newer."""
    return put(
        item, "offer", offer["revision"], price=offer["price"], list_price=offer.get("list_price")
    )
