"""The verbs: tell people, mark notices read. Mail follows by itself (`sending.py`)."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, FromClause, case, func, insert, literal, select, true, update
from sqlalchemy.dialects.postgresql import JSONB

from app.accounts.models import Person
from app.core.bulk import any_of
from app.core.clock import database_now
from app.core.database import db
from app.journey.notifying.models import Notification, Params
from app.journey.notifying.texts import GATHERED, TEXTS
from app.settings import settings


def notify(
    person_ids: Iterable[int], code: str, params: Params, url: str = "", wait_seconds: int = 0
) -> None:
    """Tell each person once, in the open unit of work. Nobody is mailed on a practice account.

    *params* fill the places of the code's sentences; a value may be `{"ko", "en"}`. *url* is a path
    here. *wait_seconds* holds the mail back, so that more of the same can join it; what is gathered
    waits besides until the reader's next mail of that kind.
    """
    told = sorted(set(person_ids))
    if not told:
        return
    text, first = TEXTS[code], database_now() + timedelta(seconds=wait_seconds)
    last = _last_gathered()
    each: dict[str, Any] = {
        "person_id": Person.id,
        "code": literal(code),
        "params": literal(params, JSONB),
        "url": literal(url),
        "shown": literal(not text.mail_only),
        "mail_state": case((Person.practice, "none"), else_="waiting"),
        "not_before": _next_mail(last.c.not_before) if text.gathered else first,
    }
    stmt = select(*each.values()).where(Person.id == any_of(told), Person.active)
    if text.gathered:
        stmt = stmt.outerjoin(last, true())
    rows = insert(Notification).from_select(
        list(each), stmt.order_by(Person.id), include_defaults=False
    )
    db.session.execute(rows)


def _last_gathered() -> FromClause:
    """When the person's newest notice that is gathered goes out, or went."""
    newest = select(Notification.not_before).where(
        Notification.person_id == Person.id, Notification.shown, Notification.code.in_(GATHERED)
    )
    return newest.order_by(Notification.id.desc()).limit(1).lateral("last")


def _next_mail(last: ColumnElement[Any]) -> ColumnElement[Any]:
    """With the mail that waits; at once where there was none for long enough; else after that."""
    pause = timedelta(seconds=settings().mail_gather_seconds)
    now = database_now()
    return case((last > now, last), else_=func.greatest(now, last + pause))


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
