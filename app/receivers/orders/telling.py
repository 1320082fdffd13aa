"""An order as the contract `order` has it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.receivers.orders.models import Order, OrderLine, Payment


@dataclass(frozen=True)
class Line:
    """A line as it was placed."""

    no: int
    item_id: int
    name: dict[str, str]
    option: str
    quantity: int
    price: int
    cancelled: int = 0
    cancelled_at: datetime | None = None

    @property
    def left(self) -> int:
        """How many pieces are not cancelled."""
        return self.quantity - self.cancelled


@dataclass(frozen=True)
class Placed:
    """An order as it was placed, whatever has become of it since."""

    no: str
    practice: bool
    placed_at: datetime
    pay_by: datetime | None
    lines: Sequence[Line]
    payment: str = "open"
    paid: int | None = None


def as_placed(order: Order) -> Placed:
    """What a repeat of the request that made *order* is answered."""
    lines = [
        Line(one.no, one.item_id, one.name, one.option, one.quantity, one.price)
        for one in order.lines
    ]
    return Placed(order.no, order.practice, order.placed_at, order.pay_by, lines)


def order_as_dict(order: Order | Placed, last: Payment | None = None) -> dict[str, Any]:
    """As in the contract `order`; *last* is the newest try to pay it."""
    total = sum(one.price * one.left for one in order.lines)
    return {
        "no": order.no,
        "state": state_of(order.lines),
        "placed_at": order.placed_at.isoformat(),
        "practice": order.practice,
        "total": total,
        "lines": [line_as_dict(line) for line in order.lines],
        "payment": {
            "state": order.payment,
            "pay_by": order.pay_by.isoformat() if order.pay_by else None,
            "paid": order.paid or 0,
            "refund": order.paid - total if order.paid is not None else 0,
            "last": _payment(last) if last else None,
        },
    }


def state_of(lines: Sequence[Line | OrderLine]) -> str:
    """placed, partly-cancelled or cancelled."""
    if not any(line.left for line in lines):
        return "cancelled"
    return "partly-cancelled" if any(line.cancelled for line in lines) else "placed"


def line_as_dict(line: Line | OrderLine) -> dict[str, Any]:
    """One line of it."""
    ended = line.cancelled_at
    return {
        "no": line.no,
        "item_id": line.item_id,
        "name": line.name,
        "option": line.option,
        "quantity": line.quantity,
        "price": line.price,
        "cancelled": line.cancelled,
        "state": "placed" if line.left else "cancelled",
        "cancelled_at": ended.isoformat() if ended else None,
    }


def _payment(one: Payment) -> dict[str, Any]:
    return {
        "method": one.method,
        "state": one.state,
        "amount": one.amount,
        "at": one.at.isoformat(),
    }
