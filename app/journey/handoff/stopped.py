"""What stopped, by cause; and what operators did about it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.accounts.models import Person
from app.core.database import db
from app.core.errors import NotFound
from app.core.words import Words
from app.journey.handoff.answers import CAUSES
from app.journey.handoff.models import Delivery, HandoffDeed
from app.journey.handoff.stopping import not_to_repeat
from app.journey.handoff.target import TARGETS

DEEDS = 20


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


def causes() -> list[Cause]:
    """What stopped and can be sent again, by target, state and cause, the most first."""
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
        .where(Delivery.state.in_(("parked", "refused")), ~not_to_repeat())
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
