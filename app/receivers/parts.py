"""What both receivers do with the parts of a delivery: each is put in place only if it is newer."""

from typing import Any, Protocol

from app.core.clock import now
from app.core.words import Words
from app.receivers.inbox import APPLIED, SUPERSEDED, Outcome

Payload = dict[str, Any]

MOVED = Outcome(
    "refused",
    "other-listing",
    Words("이 품목은 다른 상품의 것입니다.", "This item belongs to another product."),
)


class Offered(Protocol):
    """An item's row, whatever else the receiver keeps of it."""

    changed_at: Any


def item_ids(payload: Payload) -> list[int]:
    """The items that a delivery of any subject speaks of."""
    if "items" in payload:
        return [item["item_id"] for item in payload["items"]]
    return [payload["item_id"]]


def put(item: Offered, part: str, revision: int, **columns: Any) -> Outcome:
    """Set *columns* if *revision* is newer than the item's `<part>_revision`.

    Superseded only by something newer: what is there already has been applied.
    """
    present = getattr(item, f"{part}_revision")
    if present < revision:
        for name, value in columns.items():
            setattr(item, name, value)
        setattr(item, f"{part}_revision", revision)
        item.changed_at = now()
    return SUPERSEDED if present > revision else APPLIED


def put_sale(item: Offered, sale: Payload) -> Outcome:
    """Put the sale state in place if it is newer."""
    return put(item, "sale", sale["revision"], sale=sale["state"])
