"""Placing: one statement is the whole order, and its own transaction.

The rows of items are locked in one order by everybody, so no two wait for each other in a ring;
and they are locked inside the statement, so nobody waits for this program while they are.
"""

import hashlib
import json
import secrets
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.core.clock import MARKET_ZONE, now
from app.core.errors import Conflict, Invalid
from app.core.words import Words
from app.receivers.database import Store
from app.receivers.orders.models import OfferedItem, Order
from app.receivers.orders.telling import Line, Placed, as_placed, order_as_dict

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
BUSY = Words(
    "지금 재고가 계속 바뀌고 있습니다. 다시 주문하세요.",
    "The stock is changing this very moment. Order again.",
)
SOLD_OUT = Words("재고가 {count}개 남았습니다.", "{count} are left.")

# What stood in the way may be gone when it is looked for: a cancellation brought pieces back.
TRIES = 3

# A line each; an item may stand in several. Nothing is written unless all of them can be had, and
# nothing under a key that has made an order. Arrays come as text, so that whatever the numbers
# are, the statement is planned once; the item is reached through LATERAL, which is in the order
# of `asked` and by the item's key, however few items there are.
PLACE = """
WITH line AS MATERIALIZED (
    SELECT * FROM unnest(%(items)s::bigint[], %(quantities)s::int[], %(prices)s::int[])
             WITH ORDINALITY AS line (item_id, quantity, price, no)
), asked AS MATERIALIZED (
    SELECT item_id, sum(quantity) AS quantity, min(price) AS lowest, max(price) AS highest
      FROM line GROUP BY item_id ORDER BY item_id
), held AS MATERIALIZED (
    SELECT asked.item_id, asked.quantity, item.listing_id, item.option
      FROM asked CROSS JOIN LATERAL (
           SELECT listing_id, option, practice, sale, price, stock FROM orders.item
            WHERE item.item_id = asked.item_id FOR NO KEY UPDATE) AS item
     WHERE item.practice = %(practice)s AND item.sale = 'on'
       AND item.price = asked.lowest AND item.price = asked.highest
       AND item.stock >= asked.quantity
), made AS (
    INSERT INTO orders."order" (no, practice, key, asked, placed_at, pay_by)
    SELECT %(no)s, %(practice)s, %(key)s, %(asked)s, clock_timestamp(),
           clock_timestamp() + %(minutes)s * interval '1 minute'
     WHERE (SELECT count(*) FROM held) = (SELECT count(*) FROM asked)
    ON CONFLICT (key) DO NOTHING RETURNING id, placed_at, pay_by
), taken AS (
    UPDATE orders.item
       SET stock = item.stock - held.quantity, stock_revision = item.stock_revision + 1,
           feed_position = NULL, changed_at = made.placed_at
      FROM made, held WHERE item.item_id = held.item_id
), written AS (
    INSERT INTO orders.order_line
           (order_id, no, item_id, seller_id, name, option, quantity, price)
    SELECT made.id, line.no, line.item_id, listing.seller_id, listing.name, held.option,
           line.quantity, line.price
      FROM made, line JOIN held USING (item_id) JOIN LATERAL (
           SELECT seller_id, name FROM orders.listing
            WHERE listing.listing_id = held.listing_id OFFSET 0) AS listing ON true
    RETURNING no, name, option
)
SELECT made.placed_at, made.pay_by, written.no, written.name, written.option
  FROM made, written ORDER BY written.no
"""


def place(store: Store, key: str, asked: Asked, minutes: float) -> dict[str, Any]:
    """Make the order and hold its stock for *minutes*; the same *key* answers the same again.

    *asked* fits the contract `order-request`. Raises `Conflict` (price-changed, sold-out,
    not-on-sale, not-practice, unknown-item: nothing is held, and the key stays free) and
    `Invalid` (key-reused: the key has made another order).
    """
    digest = hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()
    no, practice = new_no(), bool(asked.get("practice", False))
    given = {"no": no, "practice": practice, "key": key, "asked": digest, "minutes": minutes}
    for column, name in (("items", "item_id"), ("quantities", "quantity"), ("prices", "price")):
        given[column] = "{" + ",".join(str(line[name]) for line in asked["lines"]) + "}"
    for _ in range(TRIES):
        rows = store.at_once(PLACE, given)
        if rows:
            return _placed(no, practice, asked, rows)
        before = _made_before(store, key, digest, asked)
        if before:
            return before
    raise Conflict("busy", BUSY)


def _placed(no: str, practice: bool, asked: Asked, rows: list[Any]) -> dict[str, Any]:
    lines = [
        Line(n, line["item_id"], name, option, line["quantity"], line["price"])
        for line, (_at, _by, n, name, option) in zip(asked["lines"], rows, strict=True)
    ]
    placed_at, pay_by = rows[0][:2]
    return order_as_dict(Placed(no, practice, placed_at, pay_by, lines))


def _made_before(store: Store, key: str, digest: str, asked: Asked) -> dict[str, Any] | None:
    """What the key has made; raises why nothing could be made, None where that has passed."""
    with store.transaction() as session:
        before = session.scalars(select(Order).where(Order.key == key)).one_or_none()
        if before is None:
            _tell_why_not(session, asked)
            return None
        if before.asked != digest:
            raise Invalid("key-reused", KEY_REUSED, no=before.no)
        return order_as_dict(as_placed(before))


def _tell_why_not(session: Session, asked: Asked) -> None:
    """Raise what is in the way of the first line that cannot be had now, if any."""
    practice = asked.get("practice", False)
    wanted: dict[int, int] = {}
    for line in asked["lines"]:
        wanted[line["item_id"]] = wanted.get(line["item_id"], 0) + line["quantity"]
    found = session.scalars(select(OfferedItem).where(OfferedItem.item_id.in_(wanted)))
    items = {item.item_id: item for item in found}
    for line in asked["lines"]:
        refusal = _why_not(items.get(line["item_id"]), line, practice, wanted[line["item_id"]])
        if refusal:
            raise refusal


def _why_not(
    item: OfferedItem | None, line: Asked, practice: bool, quantity: int
) -> Conflict | None:
    if item is None:
        return Conflict("unknown-item", UNKNOWN_ITEM, item_id=line["item_id"])
    if item.practice != practice:
        return Conflict("not-practice", NOT_PRACTICE, item_id=item.item_id)
    if item.sale != "on":
        return Conflict("not-on-sale", NOT_ON_SALE, item_id=item.item_id)
    if item.price != line["price"]:
        return Conflict("price-changed", PRICE_CHANGED, item_id=item.item_id, price=item.price)
    if item.stock < quantity:
        return Conflict("sold-out", SOLD_OUT, item_id=item.item_id, count=item.stock)
    return None


def new_no() -> str:
    """A day and 75 random bits: `261122-7K2QM-9XT4P-W8RD3`."""
    bits = secrets.randbits(75)
    code = "".join(ALPHABET[bits >> shift & 31] for shift in range(0, 75, 5))
    day = now().astimezone(MARKET_ZONE).strftime("%y%m%d")
    return "-".join([day, code[:5], code[5:10], code[10:]])
