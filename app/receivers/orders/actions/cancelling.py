"""Cancelling an order in whole or in part, before it is paid and after."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from app.core.errors import NotFound
from app.receivers.orders.actions.ending import UNPAID, end, is_over
from app.receivers.orders.actions.held import give_back, hold
from app.receivers.orders.queries import told


def cancel(session: Session, no: str, keep: Mapping[int, int] | None = None) -> dict[str, Any]:
    """Cancel, giving the stock back, what of the lines is more than *keep* (number to pieces).

    None keeps nothing; lines that it does not name stay as they are. Doing it again changes
    nothing.

    What of a paid order goes is refunded: the answer says how much in all. Raises `NotFound`
    for an order or a line that is not there.
    """
    held = hold(session, no)
    order = held.order
    if keep and not {line.no for line in order.lines}.issuperset(keep):
        raise NotFound()
    if is_over(held):
        end(session, [order.id])
    else:
        give_back(session, [order.id], keep)
        session.refresh(order, ["lines"])
        # A payment that is under way then comes to nothing, or is returned.
        if order.payment in UNPAID and not any(line.left for line in order.lines):
            order.payment = "cancelled"
            session.flush()
    return told(session, order)
