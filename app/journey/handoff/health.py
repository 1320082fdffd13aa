"""How the targets do: what is on its way to each, what stopped, how quickly things arrive."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Select, func, select, union_all

from app.accounts.models import Person
from app.core.clock import now
from app.core.database import db
from app.core.words import Words
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import SET_ASIDE, Delivery, TargetState
from app.journey.handoff.target import TARGETS

# How quickly deliveries arrive is reckoned over so many of the newest, within so long.
LATELY, NEWEST = timedelta(hours=1), 1000


@dataclass(frozen=True)
class Speed:
    """Seconds from opening to arrival: what half and 95 % kept within, of *count* deliveries."""

    half: float
    most: float
    count: int


@dataclass(frozen=True)
class Health:
    """How one target does. `state` is working, held (it fails; asked again at `hold_until`) or
    paused (by `paused_by`); `oldest` is the age of the oldest due delivery. `waits_for` names the
    target whose answers `waiting` deliveries wait for."""

    code: str
    names: Words
    state: str
    due: int
    waiting: int
    waits_for: Words | None
    parked: int
    refused: int
    oldest: timedelta | None
    paused_at: datetime | None
    paused_by: str
    hold_until: datetime | None
    cause: Words | None
    answer_at: datetime | None
    speed: Speed | None


def health() -> list[Health]:
    """Every target with its counts."""
    number = select(Delivery.target, Delivery.state, func.count().label("number")).group_by(
        Delivery.target, Delivery.state
    )
    counts: dict[tuple[str, str], int] = {
        (row.target, row.state): row.number
        for row in db.session.execute(
            # Each of the two by an index of its own: no index has them all.
            union_all(
                number.where(Delivery.state == "due"),
                number.where(Delivery.state.in_(SET_ASIDE)),
            )
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


def arrived_lately(target: str, column: Any) -> Select[Any]:
    """Of what *target* took within LATELY, the NEWEST at most: so many rows of an index."""
    return (
        select(column)
        .where(
            Delivery.target == target,
            Delivery.state == "delivered",
            Delivery.delivered_at > now() - LATELY,
        )
        .order_by(Delivery.delivered_at.desc())
        .limit(NEWEST)
    )


def _speed(target: str) -> Speed | None:
    seconds = func.extract("epoch", Delivery.delivered_at - Delivery.created_at).label("seconds")
    lately = arrived_lately(target, seconds).subquery()
    half, most = (func.percentile_cont(p).within_group(lately.c.seconds) for p in (0.5, 0.95))
    row = db.session.execute(select(half, most, func.count()).select_from(lately)).one()
    return Speed(float(row[0]), float(row[1]), row[2]) if row[2] else None


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
        waiting=counts.get((code, "waiting"), 0),
        waits_for=TARGETS[waits_for].names if (waits_for := TARGETS[code].waits_for) else None,
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
