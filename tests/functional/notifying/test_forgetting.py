"""Notices and letters that nobody reads any more are deleted; what is to be sent stays."""

import os
from datetime import timedelta

from app.core.clock import database_now
from app.core.mail import Mail, mailbox, send
from app.journey.notifying.models import Notification
from app.journey.notifying.tasks import prune
from tests.factories import people


def test_old_notices_and_letters_go(session, app):
    person = people.person()
    for state, days in (("sent", 366), ("waiting", 366), ("none", 364)):
        notice = Notification(person_id=person.id, code="password-changed", params={})
        notice.mail_state, notice.created_at = state, database_now() - timedelta(days=days)
        session.add(notice)
    session.commit()
    send(Mail("key", "a@seller.example", "제목", "본문", "<p>본문</p>", "ko"))
    old = max(mailbox().glob("*.eml"))
    os.utime(old, (0, 0))
    send(Mail("key", "a@seller.example", "제목", "본문", "<p>본문</p>", "ko"))

    prune()

    session.expire_all()
    assert {row.mail_state for row in session.query(Notification)} == {"waiting", "none"}
    assert not old.exists() and list(mailbox().glob("*.eml"))
