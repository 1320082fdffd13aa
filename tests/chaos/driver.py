"""Gives the verdicts and makes the changes, inside the installation's own environment.

    python -m tests.chaos.driver FOLDER SEED APPROVALS CHANGES

FOLDER/driver.jsonl is its journal. Of each change it notes, before its commit, the keys of what it
will open ("asked"), and after it that it is done, failed (refused before the commit) or unknown
(the commit did not answer). What the faults spoil is made up for by another change. With all
done it goes on slowly until somebody makes FOLDER/enough.
"""

import random
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from app import create_app
from app.core.database import db
from app.core.errors import Refusal
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.models import Item
from tests.chaos import shelf
from tests.chaos.journal import Journal

GROUP = 10
# Of the approvals, how many are of a second version; and of whom the receivers refuse something.
AGAIN = 0.15
POISONED = 2
# Of the changes, how many are another price of what was changed just before: a newer revision
# while the older one may still be on its way.
SOON_AGAIN = 0.5
PAUSE = 0.3
VERDICT = (
    "UPDATE review_case SET verdict = 'approve', decided_by = :who, decided_at = now(),"
    " release_at = now(), not_before = now() WHERE id = ANY(:cases) AND verdict IS NULL"
)
WAITING = (
    "SELECT r.id FROM review_case r JOIN chaos c USING (listing_id) WHERE r.verdict IS NULL"
    " AND r.closed_at IS NULL ORDER BY r.id LIMIT :many"
)
# Approved, nothing newer waits, and not one that is set apart.
APPROVED_ONCE = (
    "SELECT v.id FROM version v JOIN chaos c USING (listing_id) WHERE v.no = 1"
    f" AND v.state = 'approved' AND c.no > {POISONED} AND NOT EXISTS (SELECT 1 FROM version n"
    " WHERE n.based_on = v.id) ORDER BY v.id LIMIT :many"
)
LIVE = (
    "SELECT i.id, i.listing_id FROM item i JOIN chaos c USING (listing_id)"
    f" WHERE i.approved_version_id IS NOT NULL AND c.no > {POISONED} ORDER BY i.id"
)
APART = (
    "SELECT i.id, i.listing_id FROM item i JOIN chaos c USING (listing_id)"
    f" WHERE c.no <= {POISONED} AND i.approved_version_id IS NOT NULL AND i.position ="
    " (SELECT min(position) FROM item o WHERE o.listing_id = i.listing_id)"
)


class Driver:
    """One run: `approvals` verdicts and `changes` changes, the one among the other."""

    def __init__(self, folder: Path, seed: int, approvals: int, changes: int) -> None:
        self.journal = Journal(folder / "driver.jsonl")
        self.dice = random.Random(seed)
        self.approvals, self.changes = approvals, changes
        self.second = round(approvals * AGAIN)
        self.given = self.changed = 0
        self.poisoned: set[int] = set()
        self.live: Sequence[Row[Any]] = ()
        self.last: Row[Any] | None = None
        self.looked = 0.0
        self.enough = folder / "enough"
        self.who = 0

    def run(self) -> None:
        """Until everything asked for is known to be done."""
        self.who = shelf.fill(self.approvals - self.second)
        rows = db.session.execute(text("SELECT id FROM item JOIN chaos_item ON id = item_id"))
        self.journal.write(what="shelf", items=len(rows.all()))
        db.session.rollback()
        while not (self._has_enough() and self.enough.exists()):
            if not self._step():
                time.sleep(PAUSE)
        while not self._safely(self._poison):
            time.sleep(PAUSE)
        self.journal.write(what="over", approvals=self.given, changes=self.changed)

    def _has_enough(self) -> bool:
        return self.given >= self.approvals and self.changed >= self.changes

    def _step(self) -> bool:
        """What lags behind, or else the other; whether anything was done."""
        if self._has_enough():
            # Slowly on, so that what is to go wrong has something to go wrong with.
            time.sleep(PAUSE)
            return self._safely(self._change)
        behind = self.changed * self.approvals - self.given * self.changes
        verdicts = self.given < self.approvals and behind >= 0
        if verdicts and self._safely(self._verdicts):
            return True
        return self.changed < self.changes and self._safely(self._change)

    def _safely(self, act: Callable[[], bool]) -> bool:
        """Whether it did something; False, with a clean session, where a fault spoilt it."""
        try:
            return act()
        except SQLAlchemyError as error:
            self.journal.write(what="spoilt", why=type(error).__name__)
            try:
                db.session.rollback()
            except DBAPIError:
                db.session.remove()
            return False

    def _verdicts(self) -> bool:
        many = min(GROUP, self.approvals - self.given)
        cases = db.session.scalars(text(WAITING), {"many": many}).all()
        if not cases:
            return self._renew()
        self.journal.write(what="verdicts", state="asked", cases=list(cases))
        with unit_of_work():
            db.session.execute(text(VERDICT), {"cases": list(cases), "who": self.who})
        self.journal.write(what="verdicts", state="done", cases=list(cases))
        self.given += len(cases)
        return True

    def _renew(self) -> bool:
        """Submit a second version of some that are approved."""
        versions = db.session.scalars(text(APPROVED_ONCE), {"many": GROUP}).all()
        if versions:
            for statement in shelf.AGAIN:
                db.session.execute(text(statement), {"versions": list(versions)})
            db.session.commit()
        self._poison()
        return bool(versions)

    def _change(self) -> bool:
        # Looked up once a second: there are thousands.
        if not self.live or time.monotonic() > self.looked + 1:
            self.live = db.session.execute(text(LIVE)).all()
            self.looked = time.monotonic()
        if not self.live:
            return False
        kind = self.dice.choices(("price", "stock", "both", "sale"), (45, 40, 10, 5))[0]
        if self.last and self.dice.random() < SOON_AGAIN:
            kind = "price"
        else:
            self.last = self.dice.choice(self.live)
        item_id, listing_id = self.last
        done = self._one(item_id, listing_id, kind)
        self.changed += done and kind != "sale"
        return done

    def _poison(self) -> bool:
        """The one price and the one amount, of each item set apart, that no receiver takes."""
        wanted = [row for row in db.session.execute(text(APART)) if row.id not in self.poisoned]
        for item_id, listing_id in wanted:
            if self._one(item_id, listing_id, "both"):
                self.poisoned.add(item_id)
        return len(self.poisoned) == POISONED

    def _one(self, item_id: int, listing_id: int, kind: str) -> bool:
        asked: dict[str, int | str] = {}
        db.session.rollback()
        try:
            with unit_of_work():
                item = self._sale(item_id, listing_id, asked) if kind == "sale" else None
                if item is None:
                    self._staged(item_id, listing_id, kind, asked)
                self.journal.write(what="change", state="asked", keys=asked)
        except Refusal as refusal:
            self.journal.write(what="change", state="failed", keys=asked, why=refusal.code)
            return False
        except SQLAlchemyError:
            self.journal.write(what="change", state="unknown", keys=asked)
            raise
        self.journal.write(what="change", state="done", keys=asked)
        return True

    def _staged(self, item_id: int, listing_id: int, kind: str, asked: dict[str, Any]) -> None:
        item = db.session.get_one(Item, item_id, populate_existing=True)
        if kind in ("price", "both"):
            price = (item.offer.price or 10_000) + self.dice.choice((-200, -100, 100, 200, 300))
            actions.stage_offer(item_id, max(price, 6_000), None, item.offer.revision, None)
        amount = self.dice.choice((-3, -2, -1, 1, 2, 5))
        if kind in ("stock", "both"):
            actions.stage_stock(item_id, amount, None)
        before = item.offer.revision, item.stock.change_no
        actions.apply_staged(listing_id, [item_id], (), None)
        db.session.flush()
        db.session.refresh(item.offer, ["revision"])
        if item.offer.revision > before[0]:
            asked[f"offer:{item_id}:{item.offer.revision}"] = item.offer.price or 0
        if item.stock.change_no > before[1]:
            asked[f"stock:{item_id}:{item.stock.change_no}"] = amount

    def _sale(self, item_id: int, listing_id: int, asked: dict[str, Any]) -> Item:
        item = db.session.get_one(Item, item_id, populate_existing=True)
        actions.change_sale(
            listing_id, [item_id], "resume" if item.sale == "paused" else "pause", None
        )
        db.session.refresh(item)
        asked[f"sale:{item_id}:{item.sale_revision}"] = item.sale
        return item


def main() -> None:
    """Do what the arguments say."""
    folder, seed, approvals, changes = sys.argv[1:]
    with create_app().app_context():
        Driver(Path(folder), int(seed), int(approvals), int(changes)).run()


if __name__ == "__main__":
    main()
