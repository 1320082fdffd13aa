"""Reading the outbox as operators do: target by target, delivery by delivery."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from app.accounts.models import Person
from app.core.clock import now
from app.core.database import db
from app.core.errors import NotFound
from app.core.words import Words
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import (
    STATES,
    Delivery,
    DeliveryAnswer,
    HandoffDeed,
    TargetState,
)
from app.journey.handoff.queries import reason_of, state_of_row
from app.journey.handoff.target import TARGETS
from app.listings.models import Item, Placement, Version, VersionPart

PAGE = 50
# Deliveries under way or stopped: few beside those that arrived, so filters may look at them all.
UNFINISHED = ("waiting", "due", "parked", "refused")
AGES = {
    "10m": timedelta(minutes=10),
    "1h": timedelta(hours=1),
    "1d": timedelta(days=1),
}
# How quickly deliveries arrive is reckoned over so many of the newest, within so long.
LATELY, NEWEST = timedelta(hours=1), 1000
DEEDS = 20
SUBJECTS: dict[str, Words] = {
    "product": Words("상품", "Product"),
    "offer": Words("가격", "Price"),
    "sale": Words("판매 상태", "Sale state"),
    "stock": Words("재고 변경", "Stock change"),
}


@dataclass(frozen=True)
class Speed:
    """Seconds from opening to arrival: what half and 95 % kept within, of *count* deliveries."""

    half: float
    most: float
    count: int


@dataclass(frozen=True)
class Cause:
    """Deliveries of one target that stopped in one state for one cause; *upto* is the newest."""

    target: str
    names: Words
    state: str
    code: str
    said: Words | None
    count: int
    oldest: datetime
    upto: int


@dataclass(frozen=True)
class Deed:
    """What an operator did; `left` were not sent: in a sender's hands, or arrived since."""

    id: int
    at: datetime
    who: str
    act: str
    target: Words | None
    cause: str
    asked: int
    sent: int
    superseded: int

    @property
    def left(self) -> int:
        return max(0, self.asked - self.sent - self.superseded)


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
    speed: Speed | None


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
    return [
        _health(code, counts, since.get(code), states.get(code), _speed(code))
        for code in TARGETS.load()
    ]


def _speed(target: str) -> Speed | None:
    seconds = func.extract("epoch", Delivery.delivered_at - Delivery.created_at).label("seconds")
    lately = (
        select(seconds)
        .where(
            Delivery.target == target,
            Delivery.state == "delivered",
            Delivery.delivered_at > now() - LATELY,
        )
        .order_by(Delivery.delivered_at.desc())
        .limit(NEWEST)
        .subquery()
    )
    half, most = (func.percentile_cont(p).within_group(lately.c.seconds) for p in (0.5, 0.95))
    row = db.session.execute(select(half, most, func.count()).select_from(lately)).one()
    return Speed(float(row[0]), float(row[1]), row[2]) if row[2] else None


def causes() -> list[Cause]:
    """What stopped, by target, state and cause, the most first."""
    newest = func.max(Delivery.id).label("upto")
    groups = db.session.execute(
        select(
            Delivery.target,
            Delivery.state,
            Delivery.answer_code,
            func.count().label("number"),
            func.min(Delivery.created_at).label("oldest"),
            newest,
        )
        .where(Delivery.state.in_(("parked", "refused")))
        .group_by(Delivery.target, Delivery.state, Delivery.answer_code)
        .order_by(func.count().desc(), newest.desc())
    ).all()
    said = dict(
        db.session.execute(
            select(Delivery.id, Delivery.answer_message).where(
                Delivery.id.in_([row.upto for row in groups])
            )
        ).all()
    )
    return [
        Cause(
            target=row.target,
            names=TARGETS[row.target].names,
            state=row.state,
            code=row.answer_code,
            said=CAUSES.get(row.answer_code) or (Words.of(m) if (m := said[row.upto]) else None),
            count=row.number,
            oldest=row.oldest,
            upto=row.upto,
        )
        for row in groups
    ]


def cause_of(target: str, state: str, code: str) -> Cause:
    """One of them, as it is now. `NotFound` where nothing stopped for it."""
    asked = (target, state, code)
    found = next((one for one in causes() if (one.target, one.state, one.code) == asked), None)
    if found is None:
        raise NotFound()
    return found


def answers_of(delivery_id: int) -> Sequence[DeliveryAnswer]:
    """What its target answered before it arrived, the newest first."""
    of = select(DeliveryAnswer).where(DeliveryAnswer.delivery_id == delivery_id)
    return db.session.scalars(of.order_by(DeliveryAnswer.id.desc()).limit(PAGE)).all()


def deeds(deed_id: int | None = None) -> list[Deed]:
    """What operators did last, or one of their deeds."""
    query = select(HandoffDeed, Person.name).outerjoin(Person, Person.id == HandoffDeed.who)
    if deed_id is not None:
        query = query.where(HandoffDeed.id == deed_id)
    rows = db.session.execute(query.order_by(HandoffDeed.id.desc()).limit(DEEDS))
    return [_deed(row.HandoffDeed, row.name or "") for row in rows]


def _deed(row: HandoffDeed, who: str) -> Deed:
    target = TARGETS[row.target].names if row.target in TARGETS.load() else None
    return Deed(
        row.id, row.at, who, row.act, target, row.cause, row.asked, row.sent, row.superseded
    )


def _health(
    code: str,
    counts: dict[tuple[str, str], int],
    since: datetime | None,
    row: TargetState | None,
    speed: Speed | None,
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
        speed=speed,
    )


def _name_of(person_id: int | None) -> str:
    person = db.session.get(Person, person_id) if person_id is not None else None
    return person.name if person else ""


def lines(
    state: str = "",
    target: str = "",
    text: str = "",
    age: str = "",
    attempts: str = "",
    before: int | None = None,
) -> list[Line]:
    """A page of deliveries, newest first, and one more where there is another page.

    *state* is a stored state or `delayed`; *text* a listing's number, an SKU, a delivery's key or
    what a target calls an item. *age*, one of AGES, and *attempts*, how often it was sent at
    least, are asked of what has not ended, or of *state*.
    """
    query = select(Delivery).options(defer(Delivery.payload)).order_by(Delivery.id.desc())
    query = query.where(*_of_state(state), *_troubled(age, attempts, state))
    if target in TARGETS.load():
        query = query.where(Delivery.target == target)
    text = text.replace("\0", "").strip()
    if text:
        query = query.where(_found_by(text))
    if before is not None:
        query = query.where(Delivery.id < before)
    rows = db.session.scalars(query.limit(PAGE + 1)).all()
    return _lines(rows)


def _of_state(state: str) -> tuple[ColumnElement[bool], ...]:
    if state == "delayed":
        return Delivery.state == "due", Delivery.answer_code != ""
    return (Delivery.state == state,) if state in STATES else ()


def _troubled(age: str, attempts: str, state: str) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if age in AGES:
        wanted.append(Delivery.created_at < now() - AGES[age])
    if _numeral(attempts):
        wanted.append(Delivery.attempts >= int(attempts))
    if wanted and not state:
        wanted.append(Delivery.state.in_(UNFINISHED))
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
    placed = select(Placement.item_id).where(Placement.external_id == text)
    of_item = or_(Item.sku == text, Item.id.in_(placed))
    by_item = Delivery.listing_id.in_(select(Item.listing_id).where(of_item))
    return or_(by_item, Delivery.listing_id == int(text)) if _numeral(text) else by_item


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
