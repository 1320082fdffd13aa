"""The rows of one order, and of the stock that it gives back."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal_column, select, text, update
from sqlalchemy.orm import Session

from app.core.clock import database_now
from app.core.errors import NotFound
from app.receivers.orders.models import OfferedItem, Order, OrderLine


@dataclass(frozen=True)
class Locked:
    """An order that nobody else changes until the transaction ends; whether its time is over."""

    order: Order
    past: bool


def hold(session: Session, no: str) -> Locked:
    """Lock the order with this number. Orders are locked before items. Raises `NotFound`."""
    past: ColumnElement[bool] = func.coalesce(
        Order.pay_by <= database_now(), literal_column("false")
    )
    found = session.execute(
        select(Order, past)
        .where(Order.no == no)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    ).one_or_none()
    if found is None:
        raise NotFound()
    return Locked(found[0], bool(found[1]))


def give_back(
    session: Session, order_ids: Collection[int], lines: Collection[int] | None = None
) -> None:
    """Cancel those lines (all when None) that are not cancelled yet; their stock goes back once."""
    ending = update(OrderLine).where(
        OrderLine.order_id.in_(order_ids), OrderLine.cancelled_at.is_(None)
    )
    if lines is not None:
        ending = ending.where(OrderLine.no.in_(lines))
    ended = session.execute(
        ending.values(cancelled_at=database_now())
        .returning(OrderLine.item_id, OrderLine.quantity)
        .execution_options(synchronize_session=False)
    ).all()
    back: dict[int, int] = {}
    for item_id, quantity in ended:
        back[item_id] = back.get(item_id, 0) + quantity
    if not back:
        return
    items = select(OfferedItem.item_id).where(OfferedItem.item_id.in_(back))
    session.execute(items.order_by(OfferedItem.item_id).with_for_update(key_share=True)).all()
    session.execute(GIVE, {"items": list(back), "quantities": list(back.values())})


GIVE = text(
    """
    UPDATE orders.item
       SET stock = stock + back.quantity, stock_revision = stock_revision + 1,
           feed_position = NULL, changed_at = clock_timestamp()
      FROM unnest(CAST(:items AS bigint[]), CAST(:quantities AS bigint[]))
           AS back (item_id, quantity)
     WHERE item.item_id = back.item_id
    """
)
