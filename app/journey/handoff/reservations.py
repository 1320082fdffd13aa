"""How much of what is to be withdrawn is ordered: asked of the order system, with short patience.

A page waits for this before somebody recalls something. So the answer is waited for a second and
no longer, and where none comes the page says that it is not known: a recall never waits for it.
"""

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import Any

from app.core import jsons
from app.core.signing import call_line, signed_headers
from app.journey.handoff.target import Target, owner_of_stock
from app.journey.handoff.wire import NoAnswerError, exchange

PATIENCE_SECONDS = 1.0
MOST_IDS = 500
# Each may be held up for as long as the wire allows: more than these are not begun.
_PLACES = threading.BoundedSemaphore(4)


@dataclass(frozen=True)
class Reserved:
    """Orders that wait to be paid and those paid in the last `days` days, with their pieces.

    An order of two items counts twice.
    """

    unpaid_orders: int = 0
    unpaid_pieces: int = 0
    paid_orders: int = 0
    paid_pieces: int = 0
    days: int = 0

    def __add__(self, other: "Reserved") -> "Reserved":
        return Reserved(
            self.unpaid_orders + other.unpaid_orders,
            self.unpaid_pieces + other.unpaid_pieces,
            self.paid_orders + other.paid_orders,
            self.paid_pieces + other.paid_pieces,
            max(self.days, other.days),
        )

    @property
    def orders(self) -> int:
        """All of them."""
        return self.unpaid_orders + self.paid_orders


Impact = dict[int, Reserved]
_COUNTS = ("unpaid_orders", "unpaid_pieces", "paid_orders", "paid_pieces")


def reserved_of(item_ids: Sequence[int]) -> Impact | None:
    """By item what is ordered of it, items without orders left out; None where it is not known."""
    target = owner_of_stock()
    if not item_ids or target is None:
        return {}
    if not _PLACES.acquire(blocking=False):
        return None
    answer: SimpleQueue[Impact | None] = SimpleQueue()
    asking = threading.Thread(target=_ask, args=(target, list(item_ids), answer), daemon=True)
    asking.start()
    try:
        return answer.get(timeout=PATIENCE_SECONDS)
    except Empty:
        return None


def total(impact: Impact | None) -> Reserved | None:
    """All of it together."""
    return None if impact is None else sum(impact.values(), Reserved())


def _ask(target: Target, item_ids: list[int], answer: "SimpleQueue[Impact | None]") -> None:
    try:
        found: Impact = {}
        for first in range(0, len(item_ids), MOST_IDS):
            found |= _page(target, item_ids[first : first + MOST_IDS])
        answer.put(found)
    except (NoAnswerError, ValueError, TypeError, KeyError, RecursionError):
        answer.put(None)
    finally:
        _PLACES.release()


def _page(target: Target, item_ids: list[int]) -> Impact:
    asked = f"/v1/reservations?items={','.join(map(str, item_ids))}"
    headers = signed_headers(target.secrets, b"", call=call_line("GET", asked))
    response = exchange("GET", target.url + asked, headers, None)
    if response.status != 200:
        raise NoAnswerError("failed")
    body = jsons.loads(response.body)
    days = int(body["paid_days"])
    return dict(_row(told, days) for told in body["reservations"])


def _row(told: Any, days: int) -> tuple[int, Reserved]:
    # An order system of before does not tell them apart: `KeyError`, and it is not known.
    counts = {name: int(told[name]) for name in _COUNTS}
    if min(counts.values()) < 0:
        raise ValueError("a count below zero")
    return int(told["item_id"]), Reserved(**counts, days=days)
