"""The verbs: tell people, mark notices read. Mail follows by itself (`sending.py`)."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import insert, select, update

from app.accounts.models import Person
from app.core.clock import database_now
from app.core.database import db
from app.journey.notifying.models import Notification, Params
from app.journey.notifying.texts import TEXTS


def notify(
    person_ids: Iterable[int], code: str, params: Params, url: str = "", wait_seconds: int = 0
) -> None:
    """Tell each person once, in the open unit of work. Nobody is mailed on a practice account.

    *params* fill the places of the code's sentences; a value may be `{"ko", "en"}`. *url* is a path
    here. *wait_seconds* holds the mail back, so that more of the same can join it.
    """
    text = TEXTS[code]
    stmt = select(Person.id, Person.practice).where(Person.id.in_(set(person_ids)), Person.active)
    rows = [
        {
            "person_id": person_id,
            "code": code,
            "params": params,
            "url": url,
            "shown": not text.mail_only,
            "mail_state": "none" if practice else "waiting",
        }
        for person_id, practice in db.session.execute(stmt.order_by(Person.id))
    ]
    if rows:
        first = database_now() + timedelta(seconds=wait_seconds)
        db.session.execute(insert(Notification).values(not_before=first), rows)


def write_to(email: str, code: str, params: Params, url: str = "") -> None:
    """Mail an address that belongs to nobody here yet."""
    db.session.execute(
        insert(Notification).values(email=email, code=code, params=params, url=url, shown=False)
    )


def add_to_waiting(
    person_ids: Iterable[int], code: str, url: str, name: str, more: str
) -> set[int]:
    """Add *more* to the list param *name* of unread notices whose mail still waits.

    Answers whose notices took it: they need no notice of their own.
    """
    stmt = (
        select(Notification)
        .where(
            Notification.person_id.in_(set(person_ids)),
            Notification.code == code,
            Notification.url == url,
            Notification.read_at.is_(None),
            Notification.mail_state == "waiting",
            Notification.attempts == 0,
        )
        .with_for_update(skip_locked=True)
    )
    taken: set[int] = set()
    for notice in db.session.scalars(stmt):
        known = str(notice.params.get(name, ""))
        notice.params = {**notice.params, name: f"{known}, {more}"[:500]}
        taken.add(notice.person_id or 0)
    return taken


def mark_read(person_id: int, notification_id: int | None = None) -> None:
    """The person has read one notice, or all of them."""
    stmt = update(Notification).where(
        Notification.person_id == person_id, Notification.read_at.is_(None)
    )
    if notification_id is not None:
        stmt = stmt.where(Notification.id == notification_id)
    db.session.execute(stmt.values(read_at=database_now()))


def send_again(notification_id: int) -> None:
    """An operator has a parked mail tried again."""
    db.session.execute(
        update(Notification)
        .where(Notification.id == notification_id, Notification.mail_state == "parked")
        .values(mail_state="waiting", attempts=0, not_before=database_now(), lease_until=None)
    )
