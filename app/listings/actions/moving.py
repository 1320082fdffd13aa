"""The one place that writes a state: an UPDATE conditional on the state it expects."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, case, select, update

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.words import Words
from app.listings.lifecycle import ITEM_SALE, VERSION, next_state
from app.listings.models import Item, Version

_GONE_ON = Words(
    "이미 다른 상태로 바뀌었습니다. 지금 상태: {state}. 화면을 새로 고쳐 확인하세요.",
    "It has already moved on; it is now: {state}. Reload to see.",
)

STATE_WORDS = {
    "draft": Words("작성 중", "Draft"),
    "submitted": Words("심사 대기", "Waiting for review"),
    "approved": Words("승인", "Approved"),
    "partly_approved": Words("부분 승인", "Partly approved"),
    "rejected": Words("반려", "Rejected"),
    "changes_requested": Words("수정 요청", "Changes requested"),
    "withdrawn": Words("제출 취소", "Withdrawn"),
    "never": Words("판매 전", "Not yet on sale"),
    "on": Words("판매 중", "On sale"),
    "paused": Words("일시중지", "Paused"),
    "recalled": Words("판매 철회", "Recalled"),
    "retired": Words("판매 종료", "Retired"),
}


def move_version(version_id: int, action: str, **columns: Any) -> Version:
    """Take *action* on a version, setting *columns* with its state; `Conflict` for the loser."""
    sources = [state for (state, act) in VERSION if act == action]
    for state in sources:
        target = next_state(VERSION, state, action)
        moved = db.session.scalar(
            update(Version)
            .where(Version.id == version_id, Version.state == state)
            .values(state=target, **columns)
            .returning(Version)
            .execution_options(synchronize_session=False, populate_existing=True)
        )
        if moved is not None:
            return moved
    present = _fresh_version(version_id)
    raise Conflict("version-moved-on", _GONE_ON, state=STATE_WORDS[present.state])


def move_item_sale(item_id: int, action: str, **columns: Any) -> Item:
    """Take *action* on an item's sale state, counting its revision; `Conflict` if not allowed."""
    present = _fresh_item(item_id)
    target = next_state(ITEM_SALE, present.sale, action)
    if target is not None:
        moved = db.session.scalar(
            update(Item)
            .where(Item.id == item_id, Item.sale == present.sale)
            .values(sale=target, sale_revision=Item.sale_revision + 1, **columns)
            .returning(Item.id)
            .execution_options(synchronize_session=False)
        )
        if moved is not None:
            return _fresh_item(item_id)
        present = _fresh_item(item_id)
    raise Conflict("item-moved-on", _GONE_ON, state=STATE_WORDS[present.sale])


def move_items_on(
    action: str, source: str, which: ColumnElement[bool], **columns: Any
) -> list[tuple[int, int]]:
    """Take *action* on all items of *which* that are in *source*: (item, listing) of each.

    They are locked in the order of their numbers, as everybody does; one that moved meanwhile is
    left out.
    """
    locked = (
        select(Item.id)
        .where(which, Item.sale == source)
        .order_by(Item.id)
        .with_for_update(key_share=True)
        .cte("locked")
    )
    rows = db.session.execute(
        update(Item)
        .where(Item.id == locked.c.id)
        .values(sale=ITEM_SALE[source, action], sale_revision=Item.sale_revision + 1, **columns)
        .returning(Item.id, Item.listing_id)
        .execution_options(synchronize_session=False)
    )
    return [(row.id, row.listing_id) for row in rows]


def release_items(item_ids: Collection[int], version_id: int) -> list[int]:
    """Let the items be sold as the version has them, what was never sold from now on: which.

    They are locked in the order of their numbers, as everybody does; one that is retired is left
    out.
    """
    locked = (
        select(Item.id)
        .where(Item.id.in_(item_ids), Item.sale != "retired")
        .order_by(Item.id)
        .with_for_update(key_share=True)
        .cte("locked")
    )
    first = Item.sale == "never"
    released = db.session.scalars(
        update(Item)
        .where(Item.id == locked.c.id)
        .values(
            approved_version_id=version_id,
            sale=case((first, ITEM_SALE["never", "release"]), else_=Item.sale),
            sale_revision=Item.sale_revision + case((first, 1), else_=0),
            sale_changed_at=case((first, database_now()), else_=Item.sale_changed_at),
        )
        .returning(Item.id)
        .execution_options(synchronize_session=False)
    )
    return list(released)


def _fresh_version(version_id: int) -> Version:
    version = db.session.scalar(
        select(Version).where(Version.id == version_id).execution_options(populate_existing=True)
    )
    if version is None:
        raise NotFound()
    return version


def _fresh_item(item_id: int) -> Item:
    item = db.session.scalar(
        select(Item).where(Item.id == item_id).execution_options(populate_existing=True)
    )
    if item is None:
        raise NotFound()
    return item
