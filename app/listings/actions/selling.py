"""What is live changes without review: prices and stock are staged, then applied; sale at once."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select

from app.accounts.suspending import refuse_suspended
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import record
from app.core.words import Words
from app.listings.actions.mending import keep_ticks
from app.listings.actions.moving import move_item_sale
from app.listings.actions.submitting import in_hand
from app.listings.actions.timeline import note
from app.listings.events import OffersApplied, SaleChanged, StockChange, StockChanged
from app.listings.models import Item, Listing, Offer, Stock, touch
from app.validation.field_table import PRICE_MOST, STOCK_MOST

SALE_ACTIONS = ("pause", "resume", "recall", "retire")

# A larger step is more often a slip than a plan (the same limits as Coupang's price call).
JUMP_DOWN, JUMP_UP = 0.5, 2.0

_NOT_LIVE = Words(
    "아직 승인되지 않은 품목입니다. 작성 화면에서 고치세요.",
    "This item was never approved. Change it in the draft.",
)
_OFFER_MOVED = Words(
    "그 사이 가격이 바뀌었습니다. 지금 가격: {price}. 확인하고 다시 입력하세요.",
    "The price changed meanwhile; it is now {price}. Check it and enter yours again.",
)
_JUMP = Words(
    "{old}원 → {new}원({percent}%). 맞으면 표시하고 적용하세요.",
    "₩{old} → ₩{new} ({percent}%). If right, tick and apply.",
)
_NO_PRICE = Words("쓸 수 없는 가격입니다.", "This is no price.")
_NO_ACTION = Words("없는 동작입니다.", "There is no such action.")
_COUNT_STALE = Words(
    "그 사이 재고가 바뀌었습니다. 지금 재고: {count}개. 다시 세어 보고 그대로면 한 번 더 누르세요.",
    "The stock changed meanwhile; it is now {count}. Count again; if yours still holds, send it"
    " once more.",
)
_NO_COUNT = Words("0 이상 {most} 이하로 입력하세요.", "Enter 0 to {most}.")
_BELOW_ZERO = Words(
    "{amount}: 지금 재고는 {count}개입니다. -{count}까지만 줄일 수 있습니다.",
    "{amount}: stock is {count} now. Take off {count} at most.",
)


@dataclass(frozen=True)
class PriceJump:
    """A staged price far from the live one."""

    item_id: int
    old: int
    new: int

    @property
    def seal(self) -> str:
        """What a tick confirms: this amount on that one, and no other that comes meanwhile."""
        return f"{self.item_id}:{self.old}:{self.new}"

    @property
    def percent(self) -> str:
        """`-60` or `+150`."""
        return f"{round((self.new - self.old) * 100 / self.old):+d}"


def stage_offer(
    item_id: int, price: int, list_price: int | None, seen_revision: int, who: int | None
) -> Offer:
    """Note a new price in won for a live item; shoppers see it after `apply_staged`."""
    for each in (price, list_price or 0):
        if not 0 <= each <= PRICE_MOST:
            raise Invalid("price-out-of-range", _NO_PRICE, path=f"items.{item_id}.price")
    item = _live_item(item_id)
    offer = item.offer
    if offer.revision != seen_revision:
        raise Conflict("offer-moved-on", _OFFER_MOVED, price=offer.price)
    if (price, list_price) == (offer.price, offer.list_price):
        offer.staged_price = offer.staged_list_price = None
    else:
        offer.staged_price, offer.staged_list_price = price, list_price
    touch(item.listing)
    return offer


def stage_stock(item_id: int, amount: int, who: int | None) -> None:
    """Note a signed change of a live item's stock; 0 takes it back.

    The amount that is staged already stays what it is, a count included.
    """
    item = _live_item(item_id)
    refused = below_zero(item.stock, amount)
    if refused:
        raise refused
    if amount != item.stock.staged:
        item.stock.staged, item.stock.staged_seen = amount or None, None
    touch(item.listing)


def stage_count(item_id: int, count: int, seen: str, who: int | None) -> int:
    """Note that so many of a live item were counted, as the signed change that makes it so.

    *seen* is the `Stock.seen` of the page that it was typed on; `Conflict` ('stock-moved-on') with
    the present count where the stock is another by now. The order system, which knows better, is
    told the revision that was counted, and refuses it where the stock is newer. Answers the change.
    """
    if not 0 <= count <= STOCK_MOST:
        path = f"items.{item_id}.stock_count"
        raise Invalid("stock-out-of-range", _NO_COUNT, path=path, most=STOCK_MOST)
    item = _live_item(item_id)
    stock = item.stock
    if seen != stock.seen:
        raise Conflict("stock-moved-on", _COUNT_STALE, count=stock.count or 0)
    change = count - (stock.count or 0)
    stock.staged = change or None
    # Before it is first heard of, what it has is what it was handed: its first revision.
    stock.staged_seen = max(stock.revision, 1) if change else None
    touch(item.listing)
    return change


def unstage(listing_id: int, item_ids: Collection[int] | None, who: int | None) -> None:
    """Forget what is staged for *item_ids* (None: for all)."""
    for item in _staged_items(listing_id, item_ids):
        _clear(item)


def apply_staged(
    listing_id: int,
    item_ids: Collection[int] | None,
    confirmed: Collection[str],
    who: int | None,
) -> None:
    """Put staged prices and stock changes into force.

    Price jumps whose `seal` is not in *confirmed* stop the whole batch with `Invalid`
    ('price-jump'): what was ticked is an amount, not whatever is staged by now. So do changes of
    stock that what has sold meanwhile makes too large ('stock-below-zero').
    """
    items = _staged_items(listing_id, item_ids)
    for item in items:
        jump = price_jump(item.offer)
        if jump and jump.seal not in confirmed:
            path = f"items.{item.id}.price"
            raise Invalid(
                "price-jump", _JUMP, path=path, old=jump.old, new=jump.new, percent=jump.percent
            )
        refused = below_zero(item.stock, item.stock.staged or 0)
        if refused:
            raise refused
    priced = tuple(item.id for item in items if _apply_offer(item, who))
    moved = tuple(change for item in items if (change := _apply_stock(item, who)))
    keep_ticks(in_hand(listing_id))
    listing = db.session.get_one(Listing, listing_id)
    touch(listing)
    if priced:
        record(OffersApplied(listing_id, priced))
    if moved:
        record(StockChanged(listing_id, moved))


def change_sale(
    listing_id: int, item_ids: Collection[int], action: str, who: int | None, **detail: Any
) -> None:
    """Pause, resume, recall or retire live items; each is conditional on what it was.

    Items are released to sale by a verdict alone, never by this.
    """
    if action not in SALE_ACTIONS:
        raise Invalid("no-such-action", _NO_ACTION)
    if action == "resume":
        refuse_suspended(db.session.get_one(Listing, listing_id).seller_id)
    for item_id in sorted(item_ids):
        item = move_item_sale(item_id, action, sale_changed_at=database_now())
        if item.listing_id != listing_id:
            raise NotFound()
        if item.approved_version_id is None:
            raise Conflict("item-not-live", _NOT_LIVE)
        note(listing_id, f"item-{action}", who, "seller", item=item_id, sku=item.sku, **detail)
    touch(db.session.get_one(Listing, listing_id))
    record(SaleChanged(tuple(sorted(item_ids))))


def below_zero(stock: Stock, amount: int) -> Invalid | None:
    """Why a signed change of the stock cannot be made: fewer are left than it takes off."""
    count = stock.count or 0
    if count + amount >= 0:
        return None
    path = f"items.{stock.item_id}.stock_change"
    return Invalid("stock-below-zero", _BELOW_ZERO, path=path, amount=amount, count=count)


def price_jump(offer: Offer) -> PriceJump | None:
    """The jump that a staged price would be, if it is one."""
    if offer.staged_price is None or not offer.price:
        return None
    ratio = offer.staged_price / offer.price
    if JUMP_DOWN <= ratio <= JUMP_UP:
        return None
    return PriceJump(offer.item_id, offer.price, offer.staged_price)


def _live_item(item_id: int) -> Item:
    _lock_items(Item.id == item_id)
    item = db.session.get(Item, item_id, populate_existing=True)
    if item is None:
        raise NotFound()
    if item.approved_version_id is None or item.sale == "retired":
        raise Conflict("item-not-live", _NOT_LIVE)
    return item


def _staged_items(listing_id: int, item_ids: Collection[int] | None) -> list[Item]:
    live = (
        Item.listing_id == listing_id,
        Item.approved_version_id.is_not(None),
        Item.sale != "retired",
    )
    _lock_items(*live)
    query = select(Item).where(*live).order_by(Item.id).execution_options(populate_existing=True)
    chosen = db.session.scalars(query).all()
    return [
        item
        for item in chosen
        if (item_ids is None or item.id in item_ids)
        and (item.offer.staged_price is not None or item.stock.staged)
    ]


def _lock_items(*which: ColumnElement[bool]) -> None:
    # A statement of its own: one that waited for a lock would still show the offers and stocks
    # that it saw before, and what is staged would be applied twice.
    db.session.execute(select(Item.id).where(*which).order_by(Item.id).with_for_update())


def _apply_offer(item: Item, who: int | None) -> bool:
    offer = item.offer
    if offer.staged_price is None:
        return False
    note(
        item.listing_id,
        "price-applied",
        who,
        "seller",
        item=item.id,
        sku=item.sku,
        old=offer.price,
        new=offer.staged_price,
        list_old=offer.list_price,
        list_new=offer.staged_list_price,
    )
    offer.price, offer.list_price = offer.staged_price, offer.staged_list_price
    offer.staged_price = offer.staged_list_price = None
    offer.revision += 1
    offer.changed_at = database_now()
    return True


def _apply_stock(item: Item, who: int | None) -> StockChange | None:
    stock = item.stock
    if not stock.staged:
        return None
    amount, seen = stock.staged, stock.staged_seen
    stock.staged = stock.staged_seen = None
    stock.change_no += 1
    signed = f"{amount:+,}"
    note(item.listing_id, "stock-applied", who, "seller", item=item.id, sku=item.sku, amount=signed)
    return StockChange(item.id, stock.change_no, amount, seen)


def _clear(item: Item) -> None:
    item.offer.staged_price = item.offer.staged_list_price = None
    item.stock.staged = item.stock.staged_seen = None
