"""Reading notices."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.database import db
from app.core.words import Words
from app.journey.notifying.models import Notification
from app.journey.notifying.texts import TEXTS, note_of

PAGE = 50


@dataclass(frozen=True)
class Notice:
    """A notice as the bell's page shows it."""

    id: int
    title: Words
    body: Words
    note: Words
    act: Words
    url: str
    at: datetime
    read: bool


def notices(person_id: int, before: int | None = None) -> list[Notice]:
    """The person's notices, newest first, at most a page and one more, older than *before*."""
    stmt = select(Notification).where(Notification.person_id == person_id, Notification.shown)
    if before is not None:
        stmt = stmt.where(Notification.id < before)
    rows = db.session.scalars(stmt.order_by(Notification.id.desc()).limit(PAGE + 1))
    return [_notice(row) for row in rows if row.code in TEXTS]


def unread(person_id: int) -> int:
    """How many notices the person has not read."""
    stmt = (
        select(func.count())
        .select_from(Notification)
        .where(
            Notification.person_id == person_id,
            Notification.shown,
            Notification.read_at.is_(None),
        )
    )
    return db.session.scalar(stmt) or 0


def notice_of(person_id: int, notification_id: int) -> Notification | None:
    """One notice, if it is this person's."""
    stmt = select(Notification).where(
        Notification.id == notification_id, Notification.person_id == person_id
    )
    return db.session.scalar(stmt)


def parked() -> list[Notification]:
    """Mails that were given up, newest first, for operators."""
    stmt = select(Notification).where(Notification.mail_state == "parked")
    return list(db.session.scalars(stmt.order_by(Notification.id.desc()).limit(PAGE)))


def _notice(row: Notification) -> Notice:
    text = TEXTS[row.code]
    return Notice(
        id=row.id,
        title=text.title.filled(**row.params),
        body=text.body.filled(**row.params),
        note=note_of(row.params),
        act=text.act,
        url=row.url,
        at=row.created_at,
        read=row.read_at is not None,
    )
