"""What the order system tells: orders, stock levels and the feed of their changes, figures."""

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, text, true
from sqlalchemy.orm import Session

from app.core.clock import database_now
from app.core.errors import NotFound
from app.receivers.orders.models import (
    FEED,
    FEED_LOCK,
    OfferedItem,
    OfferedListing,
    Order,
    OrderLine,
    Payment,
)
from app.receivers.orders.shelf import level
from app.receivers.orders.telling import order_as_dict

FEED_PAGE = 500
# Nobody tells this system what was shipped: paid orders younger than this may still be on a shelf.
PAID_DAYS = 14


# What a level is made of.
LEVEL = (
    OfferedItem.item_id,
    OfferedItem.stock,
    OfferedItem.stock_revision,
    OfferedItem.feed_position,
)


def told(session: Session, order: Order) -> dict[str, Any]:
    """The order and the newest try to pay it, as in the contract `order`."""
    tries = select(Payment).where(Payment.order_id == order.id).order_by(Payment.id.desc())
    return order_as_dict(order, session.scalars(tries.limit(1)).one_or_none())


def order_of(session: Session, no: str) -> tuple[dict[str, Any], bool]:
    """The order with this number, and whether time has changed it; `NotFound` if there is none."""
    waiting = exists().where(
        Payment.order_id == Order.id,
        Payment.state == "waiting",
        Payment.answer_due <= database_now(),
    )
    over = and_(Order.payment.in_(("open", "pending")), Order.pay_by <= database_now())
    found = session.execute(
        select(Order, or_(waiting, func.coalesce(over, false()))).where(Order.no == no)
    ).one_or_none()
    if found is None:
        raise NotFound()
    return told(session, found[0]), bool(found[1])


def levels(session: Session, item_ids: list[int]) -> list[dict[str, int]]:
    """Present stock of those items that are known here."""
    items = select(*LEVEL).where(OfferedItem.item_id.in_(item_ids))
    found = session.execute(items.order_by(OfferedItem.item_id)).mappings()
    return [level(item) for item in found]


def reservations(session: Session, item_ids: list[int]) -> dict[str, Any]:
    """What of those items, which are known here, is ordered: the contract `reservations`."""
    since = database_now() - timedelta(days=PAID_DAYS)
    unpaid = Order.payment.in_(("open", "pending"))
    paid = and_(Order.payment == "paid", Order.placed_at > since)
    figures = [
        figure
        for prefix, which in (("open", true()), ("unpaid", unpaid), ("paid", paid))
        for figure in _reserved(prefix, which)
    ]
    asked = (
        select(OfferedItem.item_id, *figures)
        .outerjoin(OrderLine, and_(OrderLine.item_id == OfferedItem.item_id, OrderLine.left > 0))
        .outerjoin(
            Order, and_(Order.id == OrderLine.order_id, Order.practice == OfferedItem.practice)
        )
        .where(OfferedItem.item_id.in_(item_ids))
        .group_by(OfferedItem.item_id)
        .order_by(OfferedItem.item_id)
    )
    rows = session.execute(asked).mappings()
    told = [{name: int(number) for name, number in row.items()} for row in rows]
    return {"reservations": told, "paid_days": PAID_DAYS}


def _reserved(prefix: str, which: ColumnElement[bool]) -> tuple[ColumnElement[int], ...]:
    """How many orders and pieces of a kind: columns of an item's row."""
    orders = func.count(func.distinct(Order.id)).filter(which)
    pieces = func.coalesce(func.sum(OrderLine.left).filter(Order.id.is_not(None), which), 0)
    name = "pieces" if prefix == "open" else f"{prefix}_pieces"
    return orders.label(f"{prefix}_orders"), pieces.label(name)


def feed(session: Session, after: int) -> dict[str, Any]:
    """What changed after the cursor *after*, as in the contract `stock-feed`.

    New items were numbered when they came, changes are numbered here, after their commit: an order
    does not wait for others to be numbered.
    """
    session.execute(select(func.pg_advisory_xact_lock(*FEED_LOCK)))
    session.execute(_NUMBER, {"most": FEED_PAGE * 4})
    # A cursor from beyond the end was given before this database was restored: begin again.
    last: int = session.execute(_LAST).scalar_one()
    start = after if after <= last else 0
    wanted = select(*LEVEL).where(OfferedItem.feed_position > start)
    wanted = wanted.order_by(OfferedItem.feed_position).limit(FEED_PAGE)
    items = session.execute(wanted).mappings().all()
    end = (items[-1]["feed_position"] if items else start) or 0
    more = len(items) == FEED_PAGE
    return {"levels": [level(item) for item in items], "cursor": str(end), "more": more}


def figures(session: Session) -> dict[str, int]:
    """How much was ordered and cancelled, in orders, pieces and won; practice left out."""
    lines = (
        select(
            func.count(func.distinct(OrderLine.order_id)).filter(OrderLine.left > 0),
            *(
                func.coalesce(func.sum(counted), 0)
                for pieces in (OrderLine.left, OrderLine.cancelled)
                for counted in (pieces, pieces * OrderLine.price)
            ),
        )
        .join(Order)
        .where(Order.practice.is_(False))
    )
    names = ("orders", "pieces", "amount", "cancelled_pieces", "cancelled_amount")
    return dict(zip(names, map(int, session.execute(lines).one()), strict=True))


def recent_orders(session: Session, most: int = 50) -> list[dict[str, Any]]:
    """The newest orders, for the board."""
    orders = session.scalars(select(Order).order_by(Order.id.desc()).limit(most))
    return [order_as_dict(order) for order in orders]


def board_items(session: Session, most: int = 100) -> list[tuple[OfferedItem, dict[str, str]]]:
    """Items with their listing, the last changed first, for the board."""
    query = select(OfferedItem, OfferedListing.name).join(OfferedItem.listing)
    rows = session.execute(query.order_by(OfferedItem.changed_at.desc()).limit(most))
    return [(item, name) for item, name in rows]


# Rows that an order holds just now are left for the next reading.
_NUMBER = text(
    f"""
    UPDATE orders.item SET feed_position = nextval('orders.{FEED.name}')
     WHERE item_id IN (SELECT item_id FROM orders.item WHERE feed_position IS NULL
                       ORDER BY item_id LIMIT :most FOR UPDATE SKIP LOCKED)
    """  # noqa: S608 - a constant
)
_LAST = text(f"SELECT last_value FROM orders.{FEED.name}")  # noqa: S608 - a constant
