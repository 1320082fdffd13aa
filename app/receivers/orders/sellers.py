"""A seller's orders: which of their goods were ordered, and how many of each there are now.

No order's whole number is told: whoever has it may cancel the order.
"""

from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, raiseload

from app.receivers.orders.models import OfferedItem, Order, OrderLine
from app.receivers.orders.telling import state_of

PAGE = 50
LABEL = 12


def orders_of(session: Session, seller_id: int, after: int) -> dict[str, Any]:
    """As in the contract `seller-orders`; *after* is the cursor of the page before, or 0."""
    theirs = select(OrderLine.order_id).where(OrderLine.seller_id == seller_id)
    if after:
        theirs = theirs.where(OrderLine.order_id < after)
    newest = theirs.distinct().order_by(OrderLine.order_id.desc()).limit(PAGE + 1)
    ids = list(session.scalars(newest))
    shown = ids[:PAGE]
    rows = session.execute(
        select(Order, OrderLine, OfferedItem.listing_id, OfferedItem.sku, OfferedItem.stock)
        .join(OrderLine, OrderLine.order_id == Order.id)
        .join(OfferedItem, OfferedItem.item_id == OrderLine.item_id)
        .where(Order.id.in_(shown), OrderLine.seller_id == seller_id)
        .order_by(Order.id.desc(), OrderLine.no)
        .options(raiseload(Order.lines))
    )
    return {
        "orders": [_order(order, list(of)) for order, of in groupby(rows, key=lambda row: row[0])],
        "cursor": str(shown[-1]) if shown else "",
        "more": len(ids) > PAGE,
    }


def _order(order: Order, rows: list[Any]) -> dict[str, Any]:
    lines = [row[1] for row in rows]
    return {
        "label": order.no[:LABEL],
        "placed_at": order.placed_at.isoformat(),
        "practice": order.practice,
        "state": state_of(lines),
        "payment": order.payment,
        "total": sum(one.price * one.left for one in lines),
        "lines": [_line(*row[1:]) for row in rows],
    }


def _line(line: OrderLine, listing_id: int, sku: str, stock: int) -> dict[str, Any]:
    return {
        "listing_id": listing_id,
        "item_id": line.item_id,
        "sku": sku,
        "name": line.name,
        "option": line.option,
        "quantity": line.quantity,
        "price": line.price,
        "cancelled": line.cancelled,
        "state": "placed" if line.left else "cancelled",
        "stock": stock,
    }
