"""Paying an order in time, once."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from app.core.clock import database_now
from app.core.errors import Conflict, Invalid
from app.core.words import Words
from app.receivers.orders.actions.ending import is_over, take_answer
from app.receivers.orders.actions.held import hold
from app.receivers.orders.models import Order, Payment
from app.receivers.orders.provider import METHODS
from app.receivers.orders.queries import told

KEY_REUSED = Words(
    "이 키로는 다른 결제를 이미 요청했습니다.", "This key has already asked for another payment."
)
NOT_NOW = {
    "paid": ("already-paid", Words("이미 결제한 주문입니다.", "This order is paid already.")),
    "pending": (
        "payment-pending",
        Words(
            "앞선 결제의 결과를 기다리고 있습니다. 곧 다시 보세요.",
            "The answer to an earlier payment is awaited. Look again soon.",
        ),
    ),
    "expired": (
        "expired",
        Words(
            "결제할 시간이 지나 재고를 돌려놓았습니다. 다시 주문하세요.",
            "The time to pay has passed and the stock went back. Order again.",
        ),
    ),
    "cancelled": (
        "cancelled",
        Words("취소한 주문입니다. 낼 돈이 없습니다.", "This order is cancelled: nothing is due."),
    ),
}


def pay(session: Session, no: str, key: str, method: str, late_seconds: float) -> dict[str, Any]:
    """Ask the provider for what the order comes to now; the same *key* asks once.

    Its answer stands in the order's `payment`. Raises `Conflict` (already-paid, payment-pending,
    expired, cancelled), `Invalid` (key-reused) and `NotFound`.
    """
    held = hold(session, no)
    order = held.order
    before = session.scalars(select(Payment).where(Payment.key == key)).one_or_none()
    if before:
        if (before.order_id, before.method) != (order.id, method):
            raise Invalid("key-reused", KEY_REUSED)
        return told(session, order)
    take_answer(session, held)
    state = "expired" if is_over(held) else order.payment
    if state != "open":
        raise Conflict(*NOT_NOW[state])
    _ask(session, order, key, method, late_seconds)
    return told(session, order)


def _ask(session: Session, order: Order, key: str, method: str, late_seconds: float) -> None:
    due = sum(line.price * line.left for line in order.lines)
    said = METHODS[method].at_once
    payment = Payment(order_id=order.id, key=key, method=method, amount=due, state=said)
    if said == "waiting":
        payment.answer_due = database_now() + timedelta(seconds=late_seconds)
        order.payment = "pending"
    elif said == "approved":
        order.payment, order.paid = "paid", due
    session.add(payment)
    try:
        session.flush()
    except IntegrityError as error:
        # For another order, at this very moment.
        raise Invalid("key-reused", KEY_REUSED) from error
