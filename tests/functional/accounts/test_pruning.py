from datetime import timedelta

from app.accounts.limits import count_attempt
from app.accounts.models import AccessAttempt, WebSession
from app.accounts.tasks import prune
from app.core.unit_of_work import unit_of_work
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
