"""Placing and cancelling orders. Callers open the transaction; nothing here commits."""

import hashlib
import json
import secrets
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.core.clock import MARKET_ZONE, now
from app.core.errors import Conflict, Invalid, NotFound
from app.core.words import Words
from app.receivers.orders.models import (
    OfferedItem,
    OfferedListing,
    Order,
    OrderAttempt,
    OrderLine,
)
from app.receivers.orders.queries import order_as_dict

Asked = dict[str, Any]

# Crockford's: no letter that is taken for a digit. 15 of them are 75 bits.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"

KEY_REUSED = Words(
    "이 키로는 다른 주문이 이미 들어왔습니다.", "This key has already made another order."
)
UNKNOWN_ITEM = Words("이 품목은 여기서 팔지 않습니다.", "This item is not sold here.")
NOT_ON_SALE = Words("지금은 팔지 않는 품목입니다.", "This item is not on sale now.")
NOT_PRACTICE = Words(
    "연습 주문은 연습 품목만, 연습 품목은 연습 주문만 됩니다.",
    "Practice orders take practice goods only, and nobody else may.",
)
PRICE_CHANGED = Words(
    "가격이 바뀌었습니다. 지금은 {price}원입니다.", "The price has changed. It is now ₩{price}."
)
SOLD_OUT = Words("재고가 {count}개 남았습니다.", "{count} are left.")


def place(session: Session, key: str, asked: Asked) -> dict[str, Any]:
    """Make the order and hold its stock, or raise; the same *key* answers the same again.

    *asked* fits the contract `order-request`. Raises `Conflict` (price-changed, sold-out,
    not-on-sale, not-practice, unknown-item: nothing is held, and the key stays free) and
    `Invalid` (key-reused: the key has made another order).
    """
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    attempt = insert(OrderAttempt).values(key=key, asked=digest).on_conflict_do_nothing()
    # A second request with the key waits here until the first has ended.
    if session.execute(attempt.returning(OrderAttempt.key)).first() is None:
        return _answer_again(session, key, digest)
    order = _hold(session, asked)
    answer = order_as_dict(order)
    done = update(OrderAttempt).where(OrderAttempt.key == key).values(answer=answer)
    session.execute(done)
    return answer


def cancel(session: Session, no: str, lines: list[int] | None = None) -> dict[str, Any]:
    """Cancel the *lines* (all when None) that are not cancelled yet, giving their stock back.

    Raises `NotFound` for an order or a line that is not there.
    """
    order = session.scalars(select(Order).where(Order.no == no).with_for_update()).one_or_none()
    if order is None or (lines and not {line.no for line in order.lines}.issuperset(lines)):
        raise NotFound()
    chosen = OrderLine.no.in_(lines) if lines else OrderLine.no > 0
    ended = session.execute(
        update(OrderLine)
        .where(OrderLine.order_id == order.id, OrderLine.cancelled_at.is_(None), chosen)
        .values(cancelled_at=func.clock_timestamp())
        .returning(OrderLine.item_id, OrderLine.quantity)
    ).all()
    for item_id, quantity in sorted((e.item_id, e.quantity) for e in ended):
        session.execute(_stock_moves(quantity).where(OfferedItem.item_id == item_id))
    session.refresh(order, ["lines"])
    return order_as_dict(order)


def _answer_again(session: Session, key: str, digest: str) -> dict[str, Any]:
    before = session.scalars(select(OrderAttempt).where(OrderAttempt.key == key)).one()
    answer = before.answer or {}
    if before.asked != digest:
        raise Invalid("key-reused", KEY_REUSED, no=answer.get("no", ""))
    return answer


def _hold(session: Session, asked: Asked) -> Order:
    """Rows of items are taken in one order by everybody: no two wait for each other in a ring."""
    practice = asked.get("practice", False)
    held = {
        n: _take(session, line, practice)
        for n, line in sorted(enumerate(asked["lines"], 1), key=lambda pair: pair[1]["item_id"])
    }
    order = Order(no=new_no(), practice=practice, placed_at=now())
    order.lines = [
        OrderLine(no=n, quantity=line["quantity"], price=line["price"], **held[n])
        for n, line in enumerate(asked["lines"], 1)
    ]
    session.add(order)
    session.flush()
    return order


def _take(session: Session, line: Asked, practice: bool) -> dict[str, Any]:
    taken = session.execute(
        _stock_moves(-line["quantity"])
        .where(
            OfferedItem.item_id == line["item_id"],
            OfferedItem.practice == practice,
            OfferedItem.sale == "on",
            OfferedItem.price == line["price"],
            OfferedItem.stock >= line["quantity"],
            OfferedListing.listing_id == OfferedItem.listing_id,
        )
        .returning(OfferedItem.item_id, OfferedItem.option, OfferedListing.name)
    ).one_or_none()
    if taken is None:
        raise _refusal(session, line, practice)
    return {"item_id": taken.item_id, "option": taken.option, "name": taken.name}


def _stock_moves(amount: int) -> Any:
    return (
        update(OfferedItem)
        .values(
            stock=OfferedItem.stock + amount,
            stock_revision=OfferedItem.stock_revision + 1,
            feed_position=None,
            changed_at=func.clock_timestamp(),
        )
        .execution_options(synchronize_session=False)
    )


def _refusal(session: Session, line: Asked, practice: bool) -> Conflict:
    item = session.scalars(
        select(OfferedItem)
        .where(OfferedItem.item_id == line["item_id"])
        .execution_options(populate_existing=True)
    ).one_or_none()
    if item is None:
        return Conflict("unknown-item", UNKNOWN_ITEM, item_id=line["item_id"])
    if item.practice != practice:
        return Conflict("not-practice", NOT_PRACTICE, item_id=item.item_id)
    if item.sale != "on":
        return Conflict("not-on-sale", NOT_ON_SALE, item_id=item.item_id)
    if item.price != line["price"]:
        return Conflict("price-changed", PRICE_CHANGED, item_id=item.item_id, price=item.price)
    return Conflict("sold-out", SOLD_OUT, item_id=item.item_id, count=item.stock)


def new_no() -> str:
    """A day and 75 random bits: `261122-7K2QM-9XT4P-W8RD3`."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(15))
    day = now().astimezone(MARKET_ZONE).strftime("%y%m%d")
    return "-".join([day, code[:5], code[5:10], code[10:]])
