"""Deliveries come in: `POST /v1/deliveries`, the same for every receiver.

A batch is one transaction: it locks what its deliveries are about, leaves out the keys it has had
before, applies the rest and notes the keys with their answers. So a key has one effect however
often and from however many sides at once it comes. When something in a batch cannot be done, each
delivery is taken alone, so that one of them spoils no other.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Protocol

from flask import Blueprint
from sqlalchemy import ARRAY, Integer, func, literal, select
from sqlalchemy.exc import DataError, IntegrityError
from sqlalchemy.orm import Session

from app.core import bulk
from app.core.contracts import Fault, faults
from app.core.crashes import crash_point
from app.core.errors import Invalid
from app.core.words import Words
from app.receivers.database import Store, table_of
from app.receivers.models import ReceivedColumns
from app.receivers.signatures import OFF_CONTRACT, document

log = logging.getLogger(__name__)
MOST_FAULTS = 100

Delivery = dict[str, Any]
Result = dict[str, Any]

UNKNOWN_ITEM = Words("이 품목을 아직 받지 않았습니다.", "This item has not come here yet.")
FAILED = Words("지금은 처리하지 못했습니다.", "It could not be done just now.")
UNSTORABLE = Words("저장할 수 없는 값이 있습니다.", "It holds a value that cannot be stored.")


@dataclass(frozen=True)
class Outcome:
    """What became of one delivery: applied, superseded, refused or retry, and why."""

    name: str
    code: str = ""
    words: Words | None = None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def lasting(self) -> bool:
        """Whether the key is used up; the others may come again and fare better."""
        return self.name in ("applied", "superseded")

    def result(self, key: str, **details: Any) -> Result:
        """As it stands in the answer."""
        said: Result = {"code": self.code} if self.code else {}
        if self.words:
            said["message"] = self.words.as_dict()
        return {"key": key, "outcome": self.name, **said, **self.more, **details}


APPLIED = Outcome("applied")
SUPERSEDED = Outcome("superseded")
NOT_YET = Outcome("retry", "unknown-item", UNKNOWN_ITEM)


class Shelf(Protocol):
    """What the deliveries of one batch are about, loaded and locked by the receiver."""

    def apply(self, delivery: Delivery) -> Outcome:
        """Change the rows as the delivery asks, where it is newer than they are."""

    def write(self) -> None:
        """Write what `apply` changed."""

    def details(self, delivery: Delivery) -> dict[str, Any]:
        """What the sender learns of a delivery that has its effect, once it is written."""


class Inbox:
    """One receiver's way in. *lock_class* keeps its locks apart from other programs'."""

    def __init__(
        self,
        store: Store,
        received: type[ReceivedColumns],
        shelf: Callable[[Session, list[Delivery]], Shelf],
        lock_class: int,
    ) -> None:
        self.store = store
        self.received = received
        self.shelf = shelf
        self.lock_class = lock_class

    def take(self, deliveries: list[Delivery]) -> list[Result]:
        """Results in the order given; the deliveries fit the contract."""
        try:
            return self._together(deliveries)
        except Exception as error:
            if len(deliveries) > 1:
                log.warning("a batch of %s is taken one by one: %s", len(deliveries), error)
                return [result for one in deliveries for result in self.take([one])]
            return [self._failed(deliveries[0], error)]

    def _together(self, deliveries: list[Delivery]) -> list[Result]:
        with self.store.transaction() as session:
            self._lock(session, {one["payload"]["listing_id"] for one in deliveries})
            before = self._had(session, [one["key"] for one in deliveries])
            fresh = list({d["key"]: d for d in reversed(deliveries)}.values())[::-1]
            fresh = [one for one in fresh if one["key"] not in before]
            results = self._apply(session, fresh) if fresh else {}
            crash_point("receiver-before-commit")
        crash_point("receiver-before-answer")
        return _in_order(deliveries, before, results)

    def _apply(self, session: Session, fresh: list[Delivery]) -> dict[str, Result]:
        shelf = self.shelf(session, fresh)
        outcomes = [(one, shelf.apply(one)) for one in fresh]
        shelf.write()
        results = {
            one["key"]: outcome.result(
                one["key"], **(shelf.details(one) if outcome.lasting else {})
            )
            for one, outcome in outcomes
        }
        rows = [
            {"key": one["key"], "answer": results[one["key"]]}
            for one, outcome in outcomes
            if outcome.lasting
        ]
        if rows:
            names = ("key", "answer")
            session.execute(bulk.insert_all(table_of(self.received), rows, names))
        return results

    def _lock(self, session: Session, listing_ids: Iterable[int]) -> None:
        """Batches about the same listing come one after the other, in one order for all."""
        ids = sorted({listing_id % 2**31 for listing_id in listing_ids})
        listing = func.unnest(literal(ids, ARRAY(Integer))).column_valued("listing")
        session.execute(select(func.pg_advisory_xact_lock(self.lock_class, listing)))

    def _had(self, session: Session, keys: list[str]) -> dict[str, Result]:
        rows = session.execute(
            select(self.received.key, self.received.answer).where(
                self.received.key == bulk.any_of(keys)
            )
        )
        return {row.key: row.answer for row in rows}

    def _failed(self, delivery: Delivery, error: Exception) -> Result:
        if isinstance(error, DataError | UnicodeError | IntegrityError):
            log.warning("%s cannot be stored: %s", delivery["key"], error)
            return Outcome("refused", "unstorable", UNSTORABLE).result(delivery["key"])
        log.error("%s failed", delivery["key"], exc_info=error)
        return Outcome("retry", "failed", FAILED).result(delivery["key"])


def blueprint(inbox: Inbox) -> Blueprint:
    """The deliveries endpoint; guard it with `signatures.guard`."""
    found = Blueprint("inbox", __name__)

    @found.post("/v1/deliveries")
    def deliveries() -> dict[str, list[Result]]:
        sent, refused = _sorted_out(document())
        taken = iter(inbox.take(sent) if sent else [])
        return {"results": [said if said else next(taken) for said in refused]}

    return found


def _sorted_out(batch: Any) -> tuple[list[Delivery], list[Result | None]]:
    """The deliveries that fit, and for each one sent the refusal it gets, or None.

    What is wrong inside one delivery is answered for that one; the others are not held up by
    it. A batch wrong in itself, or a delivery without a key, is 422.
    """
    wrong: dict[int, list[Fault]] = {}
    beyond = []
    for fault in faults("delivery-batch", batch):
        place = _place(batch, fault.path)
        if place is None:
            beyond.append(fault)
        else:
            wrong.setdefault(place, []).append(fault)
    if beyond:
        errors = [fault.as_dict() for fault in beyond[:MOST_FAULTS]]
        raise Invalid("off-contract", OFF_CONTRACT, errors=errors)
    sent = [one for n, one in enumerate(batch["deliveries"]) if n not in wrong]
    refused = [
        _off_contract(one["key"], wrong[n]) if n in wrong else None
        for n, one in enumerate(batch["deliveries"])
    ]
    return sent, refused


def _place(batch: Any, path: str) -> int | None:
    """Which delivery the fault is in, where that delivery can be answered by its key."""
    steps = path.split("/")
    if len(steps) < 3 or steps[1] != "deliveries" or steps[3:4] == ["key"]:
        return None
    one = batch["deliveries"][int(steps[2])]
    return int(steps[2]) if isinstance(one, dict) and "key" in one else None


def _off_contract(key: str, found: list[Fault]) -> Result:
    errors = [fault.as_dict() for fault in found[:MOST_FAULTS]]
    return Outcome("refused", "off-contract", OFF_CONTRACT, {"errors": errors}).result(key)


def _in_order(
    deliveries: list[Delivery], before: dict[str, Result], results: dict[str, Result]
) -> list[Result]:
    answered: set[str] = set()
    found = []
    for key in (one["key"] for one in deliveries):
        if key in before or key in answered:
            said = before.get(key) or results[key]
            repeated = said["outcome"] == "applied"
            found.append({**said, "outcome": "duplicate"} if repeated else said)
        else:
            found.append(results[key])
        answered.add(key)
    return found
