"""Mail as due rows: claimed in batches under a lease, sent outside any transaction, recorded.

What is gathered of one person goes in one mail. The attempt is counted with the claim, before the
risky step. A process killed between sending and recording sends the mail once more, under the same
Message-ID where it says the same.
"""

import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from smtplib import SMTPException

from sqlalchemy import Row, Select, select, tuple_, update

from app.core import mail
from app.core.clock import database_now
from app.core.database import db
from app.core.leases import free
from app.core.mail import MailRefusedError
from app.core.retry import MAIL
from app.core.unit_of_work import unit_of_work
from app.journey.notifying.letters import write
from app.journey.notifying.models import Notification
from app.journey.notifying.texts import GATHERED

log = logging.getLogger(__name__)
BATCH = 20
# Notices of one batch that may join the mails of their readers.
JOINING = 1_000
LEASE = timedelta(minutes=5)
# (id, attempts) of each notice that one mail tells.
Letter = list[tuple[int, int]]


def send_due() -> int:
    """Send every mail that is due; answers how many were tried."""
    tried = 0
    while letters := _claim():
        for letter in letters:
            _send_one(letter)
        tried += len(letters)
    return tried


def _claim() -> list[Letter]:
    with unit_of_work():
        due = _waiting().where(Notification.not_before <= database_now())
        first = db.session.execute(due.order_by(Notification.not_before).limit(BATCH)).all()
        readers = {row.person_id for row in first if row.code in GATHERED}
        ids = [row.id for row in first]
        if readers:
            # Due or not: the mail goes now, and the fewer there are the better.
            more = _waiting().where(
                Notification.person_id.in_(readers),
                Notification.code.in_(GATHERED),
                Notification.id.not_in(ids),
            )
            joining = more.order_by(Notification.id).limit(JOINING)
            ids += [row.id for row in db.session.execute(joining)]
        return _letters(_taken(ids)) if ids else []


def _waiting() -> Select[int, int | None, str]:
    return (
        select(Notification.id, Notification.person_id, Notification.code)
        .where(Notification.mail_state == "waiting", free(Notification.lease_until))
        .with_for_update(skip_locked=True)
    )


def _taken(ids: Sequence[int]) -> Sequence[Row[int, int | None, str, int]]:
    rows = db.session.execute(
        update(Notification)
        .where(Notification.id.in_(ids))
        .values(lease_until=database_now() + LEASE, attempts=Notification.attempts + 1)
        .returning(
            Notification.id, Notification.person_id, Notification.code, Notification.attempts
        )
        .execution_options(synchronize_session=False)
    )
    return sorted(rows)


def _letters(rows: Iterable[Row[int, int | None, str, int]]) -> list[Letter]:
    """Each notice by itself, but those that are gathered by their readers."""
    letters: dict[tuple[str, int | None], Letter] = {}
    for row in rows:
        kind = ("reader", row.person_id) if row.code in GATHERED else ("alone", row.id)
        letters.setdefault(kind, []).append((row.id, row.attempts))
    return list(letters.values())


def _send_one(letter: Letter) -> None:
    ids = [notification_id for notification_id, _ in letter]
    rows = select(Notification).where(Notification.id.in_(ids)).order_by(Notification.id)
    try:
        written = write(db.session.scalars(rows).all())
        db.session.rollback()  # no connection is held while the mail server thinks
        if written is not None:
            mail.send(written)
    except MailRefusedError as error:
        _failed(letter, str(error), for_good=True)
    except (SMTPException, OSError) as error:
        _failed(letter, str(error))
    except Exception as error:
        log.exception("notices %s cannot be written", ids)
        _failed(letter, repr(error))
    else:
        _record(letter, mail_state="sent", trouble="")


def _failed(letter: Letter, trouble: str, for_good: bool = False) -> None:
    for notification_id, attempt in letter:
        parked = for_good or MAIL.exhausted(attempt)
        _record(
            [(notification_id, attempt)],
            mail_state="parked" if parked else "waiting",
            trouble=trouble[:500],
            not_before=database_now() + MAIL.delay(attempt),
        )


def _record(letter: Letter, **columns: object) -> None:
    db.session.rollback()
    with unit_of_work():
        db.session.execute(
            update(Notification)
            # Whoever has claimed it since records for itself.
            .where(tuple_(Notification.id, Notification.attempts).in_(letter))
            .values(lease_until=None, **columns)
            .execution_options(synchronize_session=False)
        )
