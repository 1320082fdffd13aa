"""What time does to an order: its hold ends, and a provider's late answer comes.

All of it is harmless when two do it at once, and is done both by a sweep (`sweeping`) and by
whoever looks at an order in between.
"""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, select, update
from sqlalchemy.orm import Session

from app.core.clock import database_now
from app.receivers.orders.actions.held import Locked, give_back, hold
from app.receivers.orders.models import Order, Payment
from app.receivers.orders.provider import METHODS

UNPAID = ("open", "pending")
AT_ONCE = 100


def is_over(held: Locked) -> bool:
    """Whether its time to be paid has passed, even if nobody has ended it yet."""
    return held.past and held.order.payment in UNPAID


def end(session: Session, order_ids: Collection[int]) -> None:
    """End the holds of these orders, which are locked, unpaid and past their time."""
    session.execute(
        update(Order)
        .where(Order.id.in_(order_ids))
        .values(payment="expired")
        .execution_options(synchronize_session=False)
    )
    give_back(session, order_ids)
    session.expire_all()


def expire(session: Session) -> int:
    """End some holds that are past their time; how many. Those that somebody has just now wait."""
    past = (
        select(Order.id)
        .where(Order.payment.in_(UNPAID), Order.pay_by <= database_now())
        .order_by(Order.pay_by)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True, key_share=True)
    )
    found = list(session.scalars(past))
    if found:
        end(session, found)
    return len(found)


def settle(session: Session) -> int:
    """Take in some late answers of the provider; how many."""
    waiting = exists().where(Payment.order_id == Order.id, _answered())
    orders = select(Order.no).where(waiting).limit(AT_ONCE)
    orders = orders.with_for_update(skip_locked=True, key_share=True)
    numbers = list(session.scalars(orders))
    for no in numbers:
        take_answer(session, hold(session, no))
    return len(numbers)


def take_answer(session: Session, held: Locked) -> None:
    """What the provider has said of the payment that this order waits for, if it has.

    Money for an order that has ended meanwhile, or whose time has passed, is returned.
    """
    order = held.order
    payment = session.scalars(
        select(Payment).where(Payment.order_id == order.id, _answered())
    ).one_or_none()
    if payment is None:
        return
    payment.state = METHODS[payment.method].later
    in_time = order.payment == "pending" and not held.past
    if payment.state == "approved" and in_time:
        order.payment, order.paid = "paid", payment.amount
    elif payment.state == "approved":
        payment.state = "returned"
    elif order.payment == "pending":
        order.payment = "open"
    session.flush()


def bring_up_to_date(session: Session, no: str) -> None:
    """What a sweep would do to this order. Raises `NotFound`."""
    held = hold(session, no)
    take_answer(session, held)
    if is_over(held):
        end(session, [held.order.id])


def _answered() -> ColumnElement[bool]:
    return and_(Payment.state == "waiting", Payment.answer_due <= database_now())
