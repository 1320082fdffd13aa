"""From answers to what sellers read: what each target has of each item, and how many are left."""

from collections.abc import Sequence
from typing import Any

from app.journey.handoff.answers import DELIVERED, Answer
from app.journey.handoff.claiming import Claimed
from app.listings.actions import record_placements, record_stock_levels


def place(target: str, answered: Sequence[tuple[Claimed, Answer]]) -> None:
    """Record placements of what was delivered and levels of stock, in order of the items' ids.

    What is refused may tell a level, too: the one that a count was too late for.
    """
    had = [(one, answer) for one, answer in answered if answer.outcome == DELIVERED]
    rows = [row for one, answer in had for row in _rows(one, answer)]
    record_placements(target, sorted(rows, key=lambda row: row["item_id"]))
    record_stock_levels([answer.stock for _, answer in answered if answer.stock])


def _rows(one: Claimed, answer: Answer) -> list[dict[str, Any]]:
    told = one.payload
    if one.subject == "product":
        names = {row["item_id"]: row["external_id"] for row in answer.items}
        return [_product_row(item, one, answer, names) for item in told["items"]]
    if one.subject == "offer":
        # Known there already, so this state is overwritten by any that was ever told.
        revision = told["offer"]["revision"]
        return [{"item_id": told["item_id"], "state": "on", "offer_revision": revision}]
    if one.subject == "sale":
        sale = told["sale"]
        return [
            {
                "item_id": told["item_id"],
                "state": sale["state"],
                "sale_revision": sale["revision"],
            }
        ]
    return []


def _product_row(
    item: dict[str, Any], one: Claimed, answer: Answer, names: dict[str, str]
) -> dict[str, Any]:
    return {
        "item_id": item["item_id"],
        "state": item["sale"]["state"],
        "external_id": names.get(str(item["item_id"])) or answer.external_id,
        "url": answer.url,
        "product_revision": one.revision,
        "offer_revision": item["offer"]["revision"],
        "sale_revision": item["sale"]["revision"],
    }
