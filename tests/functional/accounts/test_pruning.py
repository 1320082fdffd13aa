from datetime import timedelta

import pytest

from app.accounts.actions import disable, enable
from app.accounts.limits import count_attempt
from app.accounts.models import AccessAttempt, Invitation, WebSession
from app.accounts.tasks import prune
from app.core.clock import now
from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.journey.notifying.models import Notification
from tests.factories import people


def test_what_is_over_is_deleted_and_the_rest_stays(session, app, client):
    client.get("/sign-in")
    people.signed_in(app.test_client(), people.person())
    over = session.query(WebSession).filter(WebSession.person.is_(None)).one()
    over.expires_at = over.created_at - timedelta(seconds=1)
    with unit_of_work():
        count_attempt("sign-in", "a@seller.example", "192.0.2.1")
    old = session.query(AccessAttempt).first()
    old.at -= timedelta(days=1)
    session.commit()

    prune()

    session.expire_all()
    assert [row.person is None for row in session.query(WebSession)] == [False]
    assert session.query(AccessAttempt).count() == 2


def test_an_anonymous_page_without_a_form_leaves_no_row(session, client):
    client.get("/healthz")
    assert session.query(WebSession).count() == 0


def test_who_was_disabled_long_ago_is_forgotten(session):
    gone = people.person(name="떠난 사람", password="long and unusual 7")
    lately = people.person()
    for person in (gone, lately):
        with unit_of_work():
            disable(person)
    gone.disabled_at -= timedelta(days=366)
    session.add(Notification(person_id=gone.id, code="password-changed", params={}))
    session.commit()

    prune()

    session.expire_all()
    assert (gone.name, gone.password) == (f"#{gone.id}", None)
    assert gone.email.endswith("@onshelf.invalid") and lately.forgotten_at is None
    assert session.query(Notification).count() == 0
    with pytest.raises(Conflict):
        enable(gone)
    enable(lately)
    assert lately.disabled_at is None


def test_invitations_that_nobody_took_are_deleted(session):
    owner, seller = people.person(), people.seller()
    for days in (31, 29):
        row = Invitation(seller_id=seller.id, email=f"i{days}@a.example", invited_by=owner.id)
        row.expires_at = now() - timedelta(days=days)
        session.add(row)
    session.commit()
    prune()
    assert [row.email for row in session.query(Invitation)] == ["i29@a.example"]
