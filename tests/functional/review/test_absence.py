"""Whoever goes leaves no case behind: signed out, or marked as away."""

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, claims, drafts
from tests.factories import people
from tests.factories import review as made

EN = {"Accept-Language": "en"}


@pytest.fixture
def me(session: Any, client: FlaskClient) -> Any:
    found = made.reviewer(name="김심사")
    people.signed_in(client, found)
    return found


@pytest.fixture
def case_id(me: Any) -> int:
    """A case that they have in hand, with a word written."""
    found = made.case(claimed_by=me).id
    with unit_of_work():
        drafts.write(found, me.id, note="상자가 다릅니다")
    return found


@pytest.fixture
def operator(app: Flask, session: Any) -> FlaskClient:
    return people.signed_in(app.test_client(), people.operator())


def taken_by(who: Any) -> int | None:
    with unit_of_work():
        return claims.claim_next(who.id)


def test_signing_out_gives_back_what_is_held(client: FlaskClient, me: Any, case_id: int) -> None:
    client.post("/sign-out")
    with unit_of_work():
        # Typed in a page that was still open.
        drafts.write(case_id, me.id, note="상자와 색이 다릅니다")
    people.signed_in(client, me)
    page = client.get(f"/review/cases/{case_id}", headers=EN).text
    assert "Claim again" in page and "상자와 색이 다릅니다" in page
    assert "The reviewer put the case back" in page
    assert taken_by(made.reviewer()) == case_id


def test_who_is_signed_in_elsewhere_keeps_it(
    app: Flask, client: FlaskClient, me: Any, case_id: int
) -> None:
    beside = people.signed_in(app.test_client(), me)
    client.post("/sign-out")
    assert taken_by(made.reviewer()) is None
    beside.post("/sign-out")
    assert taken_by(made.reviewer()) == case_id


def test_who_is_away_gives_back_and_takes_nothing(
    client: FlaskClient, operator: FlaskClient, me: Any, case_id: int
) -> None:
    person = f"/operator/people/{me.id}"
    assert "Mark as away" in operator.get(person, headers=EN).text
    assert operator.post(f"{person}/absence").status_code == 303

    assert "Away since" in operator.get(person, headers=EN).text
    for page in ("people", "queues"):
        text = operator.get(f"/operator/{page}", headers=EN).text
        assert "away" in text[text.index("김심사") :].split("</tr>")[0], page
    queue = client.get("/review", headers=EN).text
    assert "You are marked as away" in queue and 'data-key="KeyN"' not in queue
    assert client.post("/review/claims").location == "/review"
    refused = client.post(f"/review/cases/{case_id}/claim", headers=EN)
    assert refused.status_code == 409 and "Press “I am back”" in refused.text
    with pytest.raises(Conflict):
        taken_by(me)
    other = made.reviewer()
    assert taken_by(other) == case_id
    with unit_of_work():
        claims.release(case_id, other.id)

    assert client.post("/review/return").status_code == 303
    assert "You are marked as away" not in client.get("/review", headers=EN).text
    assert taken_by(me) == case_id, "their queues are still theirs"


def test_who_is_away_stops_a_held_verdict_and_keeps_no_case(
    client: FlaskClient, operator: FlaskClient, me: Any, case_id: int
) -> None:
    with unit_of_work():
        actions.decide(case_id, me.id, "approve", note="상자가 다릅니다", hold=600)
    operator.post(f"/operator/people/{me.id}/absence")
    assert client.post(f"/review/cases/{case_id}/undo").status_code == 303
    page = client.get(f"/review/cases/{case_id}", headers=EN).text
    assert "You are marked as away" in page and "상자가 다릅니다" in page
    assert 'data-key="KeyN"' not in page
    assert taken_by(made.reviewer()) == case_id, "it waits for anybody"


def test_staff_can_end_it_too(operator: FlaskClient, me: Any, case_id: int) -> None:
    operator.post(f"/operator/people/{me.id}/absence")
    operator.post(f"/operator/people/{me.id}/return")
    assert taken_by(me) == case_id


def test_only_reviewers_are_away(operator: FlaskClient, session: Any) -> None:
    person = people.person()
    session.commit()
    assert operator.post(f"/operator/people/{person.id}/absence").status_code == 404
