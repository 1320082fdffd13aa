"""How many there are, as the order system tells it, in a table of the catalogue's own.

Whoever shows a page reads the stock feed on first, where that was not done within the second; so
levels are as old as that, one request tells the changes of all items, and no page waits twice.
While the order system does not answer, what it told last stays, with the time it is from.
"""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from app.core import bulk
from app.core.clock import database_now
from app.core.contracts import OffContract, check
from app.receivers.catalogue.models import Level, StockFeed
from app.receivers.catalogue.order_system import OrderSystem, Unanswered
from app.receivers.catalogue.settings import CatalogueSettings
from app.receivers.database import Store, table_of

log = logging.getLogger(__name__)

# Since the end of the feed was reached: levels are called present, seconds.
PRESENT_SECONDS = 10
# An order system that did not answer is left alone so long: each try may cost a page its patience.
PAUSE_SECONDS = 4
# Of the feed, 500 levels each, in one go; what is left is read with the next page.
MOST_PAGES = 20


@dataclass(frozen=True)
class Stock:
    """Counts by item id. *as_of* is when they were heard of, None where they are present."""

    known: bool = False
    counts: dict[int, int] = field(default_factory=dict)
    as_of: datetime | None = None
    changed_at: datetime | None = None


class FeedReader(OrderSystem):
    """The stock feed as a client sees it."""

    def changes(self, after: int) -> dict[str, Any]:
        """What changed after the cursor, as in the contract `stock-feed`; raises `Unanswered`."""
        answer = self._call("GET", f"/v1/stock?after={after}", None, self._availability_seconds)
        try:
            check("stock-feed", answer.body)
        except OffContract as error:
            raise Unanswered(str(error)) from error
        if answer.status != 200 or not str(answer.body.get("cursor", "")).isdecimal():
            raise Unanswered(f"status {answer.status}, no cursor")
        return answer.body


class Levels:
    """What pages, feed and search say of stock."""

    def __init__(self, store: Store, settings: CatalogueSettings) -> None:
        self._store = store
        self._orders = FeedReader(settings)
        self._fresh = timedelta(seconds=settings.stock_fresh_seconds)

    def follow(self) -> None:
        """Read the feed on where that is due; call it outside of any transaction."""
        with self._store.transaction() as session:
            # Read first: a claim locks the row, and most pages have nothing to claim.
            if session.execute(select(StockFeed.due_at > database_now())).scalar():
                return
            cursor = session.execute(_claim(self._fresh)).scalar_one_or_none()
        if cursor is None:
            return
        try:
            self._read_on(cursor)
        except Unanswered as error:
            log.warning("the stock feed is not answered: %s", error)
            pause = update(StockFeed).values(due_at=database_now() + _seconds(PAUSE_SECONDS))
            with self._store.transaction() as session:
                session.execute(pause)

    def _read_on(self, cursor: int) -> None:
        until = time.monotonic() + PRESENT_SECONDS
        for _ in range(MOST_PAGES):
            told = self._orders.changes(cursor)
            end = int(told["cursor"])
            with self._store.transaction() as session:
                if end < cursor:
                    # Its database was restored and counts anew: what we have is from beyond that.
                    session.execute(delete(Level))
                _take(session, told["levels"])
                session.execute(_reached(end, not told.get("more")))
            cursor = end
            if not told.get("more") or time.monotonic() > until:
                return


def stock_of(session: Session, item_ids: Iterable[int]) -> Stock:
    """What is known of these items now."""
    present = StockFeed.answered_at > database_now() - _seconds(PRESENT_SECONDS)
    feed = session.execute(select(StockFeed.answered_at, present)).one_or_none()
    if feed is None or feed.answered_at is None:
        return Stock()
    wanted = select(Level.item_id, Level.count, Level.changed_at)
    rows = session.execute(wanted.where(Level.item_id.in_(list(item_ids)))).all()
    return Stock(
        known=True,
        counts={item_id: count for item_id, count, _at in rows},
        as_of=None if feed[1] else feed.answered_at,
        changed_at=max((row.changed_at for row in rows), default=None),
    )


def _claim(fresh: timedelta) -> Any:
    """Take the next reading: the cursor for whoever is first, no row for the others."""
    made = insert(StockFeed).values(id=1, cursor=0, due_at=database_now() + fresh)
    taken = made.on_conflict_do_update(
        index_elements=[StockFeed.id],
        set_={"due_at": database_now() + fresh},
        where=StockFeed.due_at <= database_now(),
    )
    return taken.returning(StockFeed.cursor)


def _take(session: Session, levels: list[dict[str, int]]) -> None:
    """Put levels in place that are newer than what is there."""
    newest: dict[int, dict[str, int]] = {}
    for level in levels:
        if level["revision"] >= newest.get(level["item_id"], level)["revision"]:
            newest[level["item_id"]] = level
    # One order for all who do this at the same time.
    rows = [newest[item_id] for item_id in sorted(newest)]
    names = ("item_id", "count", "revision")
    told = bulk.insert_all(table_of(Level), rows, names)
    some_or_none = (Level.count > 0) != (told.excluded["count"] > 0)
    if rows:
        session.execute(
            told.on_conflict_do_update(
                index_elements=["item_id"],
                set_={
                    "count": told.excluded["count"],
                    "revision": told.excluded.revision,
                    "changed_at": database_now(),
                    "flipped_at": case((some_or_none, database_now()), else_=Level.flipped_at),
                },
                where=Level.revision < told.excluded.revision,
            )
        )


def _reached(cursor: int, is_end: bool) -> Any:
    told = {"cursor": cursor} | ({"answered_at": database_now()} if is_end else {})
    return update(StockFeed).values(**told)


def _seconds(number: float) -> Any:
    return func.make_interval(0, 0, 0, 0, 0, 0, number)
