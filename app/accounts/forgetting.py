"""What is known of people who are gone: forgotten some time after they were disabled.

The row stays, for what they did refers to it; the audit trail has its number alone. Name, address
and password go, and so does what was written to them.
"""

import uuid
from datetime import timedelta

from sqlalchemy import delete, select

from app.accounts.events import PersonForgotten
from app.accounts.models import Invitation, Person, ReviewerQueue, SellerMember, WebSession
from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record
from app.settings import settings

SLICE = 100
# An invitation that nobody took can be sent anew; its address is kept no longer than this.
INVITATIONS = timedelta(days=30)


def forget_people() -> list[int]:
    """Forget those who were disabled long enough ago, SLICE at most; their numbers."""
    old = database_now() - timedelta(days=settings().keep_disabled_people_days)
    gone = db.session.scalars(
        select(Person)
        .where(~Person.active, Person.disabled_at < old, Person.forgotten_at.is_(None))
        .order_by(Person.id)
        .limit(SLICE)
        .with_for_update(skip_locked=True)
    ).all()
    for person in gone:
        _forget(person)
    return [person.id for person in gone]


def forget_invitations() -> None:
    """Delete invitations that nobody took."""
    old = database_now() - INVITATIONS
    db.session.execute(delete(Invitation).where(Invitation.expires_at < old))


def _forget(person: Person) -> None:
    db.session.execute(delete(Invitation).where(Invitation.email == person.email))
    for table, column in (
        (SellerMember, SellerMember.person_id),
        (ReviewerQueue, ReviewerQueue.person_id),
    ):
        db.session.execute(delete(table).where(column == person.id))
    db.session.execute(delete(WebSession).where(WebSession.person == person.fs_uniquifier))
    person.name = f"#{person.id}"
    person.email = f"forgotten-{person.id}@onshelf.invalid"
    person.password = None
    person.fs_uniquifier = uuid.uuid4().hex
    person.forgotten_at = database_now()
    record(PersonForgotten(person.id))
