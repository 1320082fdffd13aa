"""Asking the order system, while somebody waits for the page: short patience, and no guessing."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from app.core import jsons
from app.core.contracts import faults
from app.core.signing import call_line, signed_headers
from app.journey.handoff.target import TARGETS
from app.journey.handoff.wire import NoAnswerError, exchange

SECONDS = 2.0


def seller_orders(seller_id: int, after: str = "") -> dict[str, Any] | None:
    """A page of the seller's orders, as in the contract `seller-orders`; None without an answer.

    *after* is the cursor of the page before; what is none begins with the newest. `placed_at` is
    an instant.
    """
    cursor = after if after.isascii() and after.isdigit() and len(after) < 19 else ""
    asked = urlencode({"seller": seller_id, "after": cursor})
    found = _ask(f"/v1/orders?{asked}", "seller-orders")
    try:
        for order in found["orders"] if found else []:
            order["placed_at"] = datetime.fromisoformat(order["placed_at"])
    except ValueError:
        return None
    return found


def _ask(path: str, contract: str) -> dict[str, Any] | None:
    target = next(each for each in TARGETS if each.owns_stock)
    headers = signed_headers(target.secrets, b"", call=call_line("GET", path))
    try:
        response = exchange("GET", target.url + path, headers, None, SECONDS)
        found: dict[str, Any] = jsons.loads(response.body)
    except (NoAnswerError, ValueError, RecursionError):
        return None
    return found if response.status == 200 and not faults(contract, found) else None
