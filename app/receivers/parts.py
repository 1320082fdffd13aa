"""What both receivers do with the parts of a delivery: each is put in place only if it is newer."""

from typing import Any

from app.core.clock import now
from app.core.words import Words
from app.receivers.inbox import APPLIED, SUPERSEDED, Outcome
from app.receivers.kept import Kept

Payload = dict[str, Any]

MOVED = Outcome(
    "refused",
    "other-listing",
    Words("이 품목은 다른 상품의 것입니다.", "This item belongs to another product."),
)


def item_ids(payload: Payload) -> list[int]:
    """The items that a delivery of any subject speaks of."""
    if "items" in payload:
        return [item["item_id"] for item in payload["items"]]
    return [payload["item_id"]]


def put(items: Kept, item: Payload, part: str, revision: int, **columns: Any) -> Outcome:
    """Set *columns* if *revision* is newer than the item's `<part>_revision`.

    Superseded only by something newer: what is there already has been applied.
    """
    present = item[f"{part}_revision"]
    if present < revision:
        items.change(item, **columns, **{f"{part}_revision": revision}, changed_at=now())
    return SUPERSEDED if present > revision else APPLIED


def put_sale(items: Kept, item: Payload, sale: Payload) -> Outcome:
    """Put the sale state in place if it is newer."""
    return put(items, item, "sale", sale["revision"], sale=sale["state"])
