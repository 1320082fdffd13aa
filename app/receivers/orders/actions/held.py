"""The rows of one order, and of the stock that it gives back."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, func, literal_column, select, text
from sqlalchemy.orm import Session

from app.core.clock import database_now
from app.core.errors import NotFound
from app.receivers.orders.models import OfferedItem, Order


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
    session: Session, order_ids: Collection[int], keep: Mapping[int, int] | None = None
) -> None:
    """Cancel of each line what is more than *keep* says (line's number to pieces), once.

    None keeps nothing of any line. The orders are locked. What is cancelled goes back to stock.
    """
    numbers = None if keep is None else list(keep)
    given = {"orders": list(order_ids), "lines": numbers, "keep": list((keep or {}).values())}
    ended = session.execute(CANCEL, given).all()
    back: dict[int, int] = {}
    for item_id, quantity in ended:
        back[item_id] = back.get(item_id, 0) + quantity
    if not back:
        return
    items = select(OfferedItem.item_id).where(OfferedItem.item_id.in_(back))
    session.execute(items.order_by(OfferedItem.item_id).with_for_update(key_share=True)).all()
    session.execute(GIVE, {"items": list(back), "quantities": list(back.values())})


# The lines as they were before are read beside those that are changed: an UPDATE answers the new.
CANCEL = text(
    """
    UPDATE orders.order_line AS line
       SET cancelled = before.quantity - before.keep, cancelled_at = clock_timestamp()
      FROM (SELECT order_id, no, quantity, quantity - cancelled AS here,
                   coalesce(asked.keep, 0) AS keep
              FROM orders.order_line
              LEFT JOIN unnest(CAST(:lines AS integer[]), CAST(:keep AS integer[]))
                   AS asked (no, keep) USING (no)
             WHERE order_id = ANY (:orders)
               AND (CAST(:lines AS integer[]) IS NULL OR asked.no IS NOT NULL)
           ) AS before
     WHERE (line.order_id, line.no) = (before.order_id, before.no) AND before.here > before.keep
    RETURNING line.item_id, before.here - before.keep AS quantity
    """
)
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
