"""Notices and letters that nobody reads any more."""

import time
from datetime import timedelta

from sqlalchemy import delete, select

from app.accounts.events import PersonForgotten
from app.core.clock import database_now
from app.core.database import db
from app.core.mail import mailbox
from app.journey.notifying.models import Notification
from app.settings import settings

SLICE = 1000


def forget_notices() -> bool:
    """Delete the old ones among the first notices; whether there may be more of them.

    A mail that is still to be sent stays with its notice.
    """
    first = select(Notification.id).order_by(Notification.id).limit(SLICE).subquery()
    old = database_now() - timedelta(days=settings().keep_notices_days)
    gone = db.session.scalars(
        delete(Notification)
        .where(
            Notification.id.in_(select(first.c.id)),
            Notification.created_at < old,
            Notification.mail_state != "waiting",
        )
        .returning(Notification.id)
        .execution_options(synchronize_session=False)
    ).all()
    return len(gone) == SLICE


def forget_person(event: PersonForgotten) -> None:
    """Delete whatever was written to somebody who is forgotten."""
    db.session.execute(delete(Notification).where(Notification.person_id == event.person_id))


def forget_letters() -> bool:
    """Delete old files of the mailbox that stands in for a mail server; whether more are left."""
    before = time.time() - timedelta(days=settings().keep_mailbox_days).total_seconds()
    old = [letter for letter in mailbox().glob("*.eml") if letter.stat().st_mtime < before]
    for letter in old[:SLICE]:
        letter.unlink(missing_ok=True)
    return len(old) > SLICE
