from app.core.unit_of_work import unit_of_work
from app.journey.notifying import actions
from app.journey.notifying.models import Notification
from tests.factories import people


def tell(person, name="주전자", url="/listings/1"):
    with unit_of_work():
        actions.notify([person.id], "version-rejected", {"name": name}, url)


def test_the_bell_shows_ones_own_notices(session, client):
    me, other = people.person(), people.person()
    tell(me, "내 주전자")
    tell(other, "남의 주전자")

    page = people.signed_in(client, me).get("/notifications")

    assert "반려: 내 주전자" in page.text and "남의" not in page.text


def test_reading_one_leads_where_it_points(session, client):
    me = people.person()
    tell(me)
    row = session.query(Notification).one()

    answer = people.signed_in(client, me).post(f"/notifications/{row.id}/reading")

    assert (answer.status_code, answer.location) == (303, "/listings/1")
    session.refresh(row)
    assert row.read_at is not None


def test_another_persons_notice_is_not_there(session, client):
    tell(people.person())
    row = session.query(Notification).one()

    answer = people.signed_in(client, people.person()).post(f"/notifications/{row.id}/reading")

    assert answer.status_code == 404
    session.refresh(row)
    assert row.read_at is None


def test_all_can_be_marked_read(session, client):
    me = people.person()
    tell(me)
    tell(me)
    people.signed_in(client, me)

    assert client.post("/notifications/reading").status_code == 303

    assert "is-unread" not in client.get("/notifications").text
