"""Reading the outbox as operators do: target by target, delivery by delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, and_, func, select, union, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from app.core.bulk import any_of
from app.core.clock import now
from app.core.database import db
from app.core.errors import NotFound
from app.core.words import Words
from app.journey.handoff.awaiting import Awaited, awaited_by
from app.journey.handoff.health import arrived_lately
from app.journey.handoff.models import (
    SET_ASIDE,
    STATES,
    Delivery,
    DeliveryAnswer,
    TargetState,
)
from app.journey.handoff.queries import next_at, reason_of, state_of_row
from app.journey.handoff.target import TARGETS
from app.listings.models import Item, Placement, Version, VersionPart

PAGE = 50
SLOWEST = "slowest"
# Sellers may have the same SKU.
MOST_LISTINGS = 1000
AGES = {
    "10m": timedelta(minutes=10),
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
}
SUBJECTS: dict[str, Words] = {
    "product": Words("상품", "Product"),
    "offer": Words("가격", "Price"),
    "sale": Words("판매 상태", "Sale state"),
    "stock": Words("재고 변경", "Stock change"),
}


@dataclass(frozen=True)
class Line:
    """One delivery as the ledger lists it."""

    id: int
    key: str
    target: Words
    subject: Words
    listing_id: int
    name: dict[str, str]
    practice: bool
    state: str
    attempts: int
    created_at: datetime
    # When a delayed one is sent again; None for one that waits for its target to be resumed.
    next_at: datetime | None
    delivered_at: datetime | None
    answer: Words | None
    # What one that waits waits for.
    awaited: Awaited | None

    @property
    def took(self) -> timedelta | None:
        """From opening to arrival."""
        return self.delivered_at - self.created_at if self.delivered_at else None

    @property
    def paused(self) -> bool:
        """Whether it is sent again only once an operator resumes its target."""
        return self.state == "delayed" and self.next_at is None


def answers_of(delivery_id: int) -> Sequence[DeliveryAnswer]:
    """What its target answered before it arrived, the newest first."""
    of = select(DeliveryAnswer).where(DeliveryAnswer.delivery_id == delivery_id)
    return db.session.scalars(of.order_by(DeliveryAnswer.id.desc()).limit(PAGE)).all()


def lines(
    state: str = "",
    target: str = "",
    text: str = "",
    age: str = "",
    attempts: str = "",
    order: str = "",
    before: int | None = None,
) -> list[Line]:
    """A page of deliveries, newest first, and one more where there is another page.

    *state* is a stored state or `delayed`; *text* a listing's number, an SKU in any case, a
    delivery's key or what a target calls an item. *age*, one of AGES, and *attempts*, how often it
    was sent at least, are asked of what has not ended, or of *state*. By *order* `slowest` come
    those first that took longest, of each target's that arrived lately.
    """
    query = select(Delivery).options(defer(Delivery.payload))
    troubled = _troubled(age, attempts)
    wanted = [*troubled]
    if target in TARGETS.load():
        wanted.append(Delivery.target == target)
    text = text.replace("\0", "").strip()
    if text:
        wanted.append(_found_by(text))
    if before is not None:
        wanted.append(Delivery.id < before)
    if order == SLOWEST:
        took = Delivery.delivered_at - Delivery.created_at
        wanted += [*_of_state(state or "delivered"), Delivery.id.in_(_lately())]
        query = query.order_by(took.desc())
    elif troubled and not _of_state(state):
        wanted = [Delivery.id.in_(_unfinished(wanted))]
    else:
        wanted += _of_state(state)
    query = query.where(*wanted).order_by(Delivery.id.desc())
    return _lines(db.session.scalars(query.limit(PAGE + 1)).all())


def _lately() -> CompoundSelect[Any]:
    """Sorted whole by how long they took: so few that no index needs to know that."""
    return union_all(*(arrived_lately(code, Delivery.id) for code in TARGETS.load()))


def _unfinished(wanted: list[ColumnElement[bool]]) -> CompoundSelect[Any]:
    """A page's worth of each kind, found by an index of its own: no index has them all."""
    kinds = (Delivery.state == "due", Delivery.state.in_(SET_ASIDE))
    newest = (
        select(Delivery.id).where(kind, *wanted).order_by(Delivery.id.desc()).limit(PAGE + 1)
        for kind in kinds
    )
    return union_all(*newest)


def _of_state(state: str) -> tuple[ColumnElement[bool], ...]:
    if state == "delayed":
        return Delivery.state == "due", Delivery.answer_code != ""
    return (Delivery.state == state,) if state in STATES else ()


def _troubled(age: str, attempts: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if age in AGES:
        wanted.append(Delivery.created_at < now() - AGES[age])
    if _numeral(attempts):
        wanted.append(Delivery.attempts >= int(attempts))
    return wanted


def _found_by(text: str) -> ColumnElement[bool]:
    parts = text.split(":")
    whole = len(parts) == 3 and parts[0] in SUBJECTS and all(map(_numeral, parts[1:]))
    if whole:
        subject, subject_id, revision = parts[0], int(parts[1]), int(parts[2])
        return and_(
            Delivery.subject == subject,
            Delivery.subject_id == subject_id,
            Delivery.revision == revision,
        )
    return Delivery.listing_id == any_of(sorted(_listings_of(text)))


def _listings_of(text: str) -> set[int]:
    """Each way by an index of its own: one condition for both would read every item."""
    by_sku = select(Item.listing_id).where(func.lower(Item.sku) == func.lower(text))
    placed = (
        select(Item.listing_id)
        .join(Placement, Placement.item_id == Item.id)
        .where(Placement.external_id == text, Placement.external_id != "")
    )
    found = set(db.session.scalars(union(by_sku, placed).limit(MOST_LISTINGS)))
    return found | {int(text)} if _numeral(text) else found


def _numeral(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 9


def line_of(delivery_id: int) -> tuple[Line, Delivery]:
    """One delivery as a line, and its row with the payload."""
    row = db.session.get(Delivery, delivery_id, populate_existing=True)
    if row is None:
        raise NotFound()
    return _lines([row])[0], row


def _lines(rows: Sequence[Delivery]) -> list[Line]:
    names = _names({row.listing_id for row in rows})
    states = {row.target: row for row in db.session.scalars(select(TargetState))}
    awaited = awaited_by(rows)
    return [
        _line(row, names.get(row.listing_id, {}), states.get(row.target), awaited.get(row.id))
        for row in rows
    ]


def _line(
    row: Delivery, name: dict[str, str], health: TargetState | None, awaited: Awaited | None
) -> Line:
    state = state_of_row(row, health, awaited)
    return Line(
        id=row.id,
        key=row.key,
        target=TARGETS[row.target].names,
        subject=SUBJECTS[row.subject],
        listing_id=row.listing_id,
        name=name,
        practice=row.practice,
        state=state,
        attempts=row.attempts,
        created_at=row.created_at,
        next_at=next_at(row, health) if state == "delayed" else None,
        delivered_at=row.delivered_at,
        answer=reason_of(row),
        awaited=awaited,
    )


def _names(listing_ids: set[int]) -> dict[int, dict[str, str]]:
    """The newest name of each listing."""
    rows = db.session.execute(
        select(Version.listing_id, VersionPart.content["name"].label("name"))
        .ext(distinct_on(Version.listing_id))
        .join(VersionPart, VersionPart.version_id == Version.id)
        .where(Version.listing_id.in_(listing_ids), VersionPart.item_id.is_(None))
        .order_by(Version.listing_id, Version.no.desc())
    )
    return {row.listing_id: row.name or {} for row in rows}
