"""Mail as due rows: claimed in batches under a lease, sent outside any transaction, recorded.

The attempt is counted with the claim, before the risky step. A process killed between sending
and recording sends the mail once more under the same Message-ID.
"""

import logging
from collections.abc import Callable
from datetime import timedelta
from smtplib import SMTPException

from flask import render_template
from flask_babel import force_locale
from sqlalchemy import select, update

from app.accounts.models import Person
from app.accounts.tokens import invitation_token, recovery_token
from app.core import mail
from app.core.clock import database_now
from app.core.database import db
from app.core.leases import free
from app.core.mail import Mail, MailRefusedError
from app.core.retry import MAIL
from app.core.unit_of_work import unit_of_work
from app.journey.notifying.models import Notification
from app.journey.notifying.texts import TEXTS
from app.settings import settings

log = logging.getLogger(__name__)
BATCH = 20
LEASE = timedelta(minutes=5)


def send_due() -> int:
    """Send every mail that is due; answers how many were tried."""
    tried = 0
    while claimed := _claim():
        for notification_id in claimed:
            _send_one(notification_id)
        tried += len(claimed)
    return tried


def _claim() -> list[int]:
    due = (
        select(Notification.id)
        .where(
            Notification.mail_state == "waiting",
            Notification.not_before <= database_now(),
            free(Notification.lease_until),
        )
        .order_by(Notification.not_before)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    with unit_of_work():
        ids = list(db.session.scalars(due))
        db.session.execute(
            update(Notification)
            .where(Notification.id.in_(ids))
            .values(
                lease_until=database_now() + LEASE,
                attempts=Notification.attempts + 1,
            )
        )
    return ids


def _send_one(notification_id: int) -> None:
    row = db.session.get_one(Notification, notification_id)
    attempt = row.attempts
    try:
        written = write(row)
        db.session.rollback()  # no connection is held while the mail server thinks
        if written is not None:
            mail.send(written)
    except MailRefusedError as error:
        _record(notification_id, attempt, str(error), parked=True)
    except (SMTPException, OSError) as error:
        _record(notification_id, attempt, str(error), parked=MAIL.exhausted(attempt))
    except Exception as error:
        log.exception("notice %s cannot be written", notification_id)
        _record(notification_id, attempt, repr(error), parked=MAIL.exhausted(attempt))
    else:
        _record(notification_id, attempt)


def _record(notification_id: int, attempt: int, trouble: str = "", parked: bool = False) -> None:
    state = "sent" if not trouble else "parked" if parked else "waiting"
    db.session.rollback()
    with unit_of_work():
        db.session.execute(
            update(Notification)
            # Whoever has claimed it since records for itself.
            .where(Notification.id == notification_id, Notification.attempts == attempt)
            .values(
                mail_state=state,
                trouble=trouble[:500],
                lease_until=None,
                not_before=database_now() + MAIL.delay(attempt),
            )
        )


def write(row: Notification) -> Mail | None:
    """The mail of a notice in its reader's language; None if there is nobody to read it now."""
    person = db.session.get(Person, row.person_id) if row.person_id else None
    if row.person_id and (person is None or not person.active):
        return None
    language = person.language if person else settings().default_language
    text = TEXTS[row.code]
    said = {
        "language_code": language,
        "title": text.title.text(language, **row.params),
        "body": text.body.text(language, **row.params),
        "act": text.act.text(language),
        "name": person.name if person else "",
        "link": _link(row, person),
    }
    with force_locale(language):
        return Mail(
            key=f"notice-{row.id}",
            to=person.email if person else row.email,
            subject=said["title"],
            text=render_template("emails/notice.txt", **said),
            html=render_template("emails/notice.html", **said),
            language=language,
        )


def _link(row: Notification, person: Person | None) -> str:
    make = LINKS.get(row.code)
    path = make(row, person) if make else row.url
    return settings().public_url.rstrip("/") + path if path else ""


def _recovery_link(row: Notification, person: Person | None) -> str:
    return f"/recovery/{recovery_token(person.fs_uniquifier)}" if person else ""


def _invitation_link(row: Notification, person: Person | None) -> str:
    return f"/invitations/{invitation_token(int(row.params['invitation']))}"


# Links with a token are made here, so that no table ever holds one.
LINKS: dict[str, Callable[[Notification, Person | None], str]] = {
    "recovery": _recovery_link,
    "invitation": _invitation_link,
}
