"""Cancelling an order in whole or in part, before it is paid and after."""

from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.receivers.orders.actions.ending import UNPAID, end, is_over
from app.receivers.orders.actions.held import give_back, hold
from app.receivers.orders.queries import told


def cancel(session: Session, no: str, lines: list[int] | None = None) -> dict[str, Any]:
    """Cancel the *lines* (all when None) that are not cancelled yet, giving their stock back.

    What of a paid order goes is refunded: the answer says how much in all. Raises `NotFound`
    for an order or a line that is not there.
    """
    held = hold(session, no)
    order = held.order
    if lines and not {line.no for line in order.lines}.issuperset(lines):
        raise NotFound()
    if is_over(held):
        end(session, [order.id])
    else:
        give_back(session, [order.id], lines)
        session.refresh(order, ["lines"])
        # A payment that is under way then comes to nothing, or is returned.
        if order.payment in UNPAID and all(line.cancelled_at for line in order.lines):
            order.payment = "cancelled"
            session.flush()
    return told(session, order)
