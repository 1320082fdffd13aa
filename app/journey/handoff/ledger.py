"""Reading the outbox as operators do: target by target, delivery by delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from app.accounts.models import Person
from app.core.clock import now
from app.core.database import db
from app.core.errors import NotFound
from app.core.words import Words
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import STATES, Delivery, TargetState
from app.journey.handoff.queries import reason_of, state_of_row
from app.journey.handoff.target import TARGETS
from app.listings.models import Item, Version, VersionPart

PAGE = 50
SUBJECTS: dict[str, Words] = {
    "product": Words("상품", "Product"),
    "offer": Words("가격", "Price"),
    "sale": Words("판매 상태", "Sale state"),
    "stock": Words("재고 변경", "Stock change"),
}


@dataclass(frozen=True)
class Health:
    """How one target does. `state` is working, held (it fails; asked again at `hold_until`) or
    paused (by `paused_by`); `oldest` is the age of the oldest due delivery."""

    code: str
    names: Words
    state: str
    due: int
    parked: int
    refused: int
    oldest: timedelta | None
    paused_at: datetime | None
    paused_by: str
    hold_until: datetime | None
    cause: Words | None
    answer_at: datetime | None


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
    next_at: datetime | None
    delivered_at: datetime | None
    answer: Words | None


def health() -> list[Health]:
    """Every target with its counts."""
    counts: dict[tuple[str, str], int] = {
        (row.target, row.state): row.number
        for row in db.session.execute(
            select(Delivery.target, Delivery.state, func.count().label("number"))
            .where(Delivery.state.in_(("due", "waiting", "parked", "refused")))
            .group_by(Delivery.target, Delivery.state)
        )
    }
    since = dict(
        db.session.execute(
            select(Delivery.target, func.min(Delivery.created_at))
            .where(Delivery.state == "due")
            .group_by(Delivery.target)
        ).all()
    )
    states = {row.target: row for row in db.session.scalars(select(TargetState))}
    return [_health(code, counts, since.get(code), states.get(code)) for code in TARGETS.load()]


def _health(
    code: str,
    counts: dict[tuple[str, str], int],
    since: datetime | None,
    row: TargetState | None,
) -> Health:
    paused = row is not None and row.paused_at is not None
    held = row is not None and row.failures > 0
    return Health(
        code=code,
        names=TARGETS[code].names,
        state="paused" if paused else "held" if held else "working",
        due=counts.get((code, "due"), 0),
        parked=counts.get((code, "parked"), 0),
        refused=counts.get((code, "refused"), 0),
        oldest=now() - since if since else None,
        paused_at=row.paused_at if row else None,
        paused_by=_name_of(row.paused_by) if row else "",
        hold_until=row.hold_until if row and held else None,
        cause=CAUSES.get(row.answer_code) if row else None,
        answer_at=row.answer_at if row else None,
    )


def _name_of(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id is not None else None
    return person.name if person else ""


def lines(
    state: str = "", target: str = "", text: str = "", before: int | None = None
) -> list[Line]:
    """A page of deliveries, newest first, and one more where there is another page.

    *state* is a stored state or `delayed`; *text* a listing's number, an SKU or a delivery's key.
    """
    query = select(Delivery).options(defer(Delivery.payload)).order_by(Delivery.id.desc())
    if state == "delayed":
        query = query.where(Delivery.state == "due", Delivery.answer_code != "")
    elif state in STATES:
        query = query.where(Delivery.state == state)
    if target in TARGETS.load():
        query = query.where(Delivery.target == target)
    text = text.replace("\0", "").strip()
    if text:
        query = query.where(_found_by(text))
    if before is not None:
        query = query.where(Delivery.id < before)
    rows = db.session.scalars(query.limit(PAGE + 1)).all()
    return _lines(rows)


def _found_by(text: str) -> Any:
    parts = text.split(":")
    whole = len(parts) == 3 and parts[0] in SUBJECTS and all(map(_numeral, parts[1:]))
    if whole:
        subject, subject_id, revision = parts[0], int(parts[1]), int(parts[2])
        return (
            (Delivery.subject == subject)
            & (Delivery.subject_id == subject_id)
            & (Delivery.revision == revision)
        )
    by_sku = Delivery.listing_id.in_(select(Item.listing_id).where(Item.sku == text))
    return or_(by_sku, Delivery.listing_id == int(text)) if _numeral(text) else by_sku


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
    return [_line(row, names.get(row.listing_id, {}), states.get(row.target)) for row in rows]


def _line(row: Delivery, name: dict[str, str], health: TargetState | None) -> Line:
    state = state_of_row(row, health)
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
        next_at=row.not_before if state == "delayed" else None,
        delivered_at=row.delivered_at,
        answer=reason_of(row),
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
