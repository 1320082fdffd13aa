"""A reviewer works within a view of the queue: what is claimed next stays inside of it."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.journey.review.models import ReviewCase
from tests.factories import people
from tests.factories import review as made

EN = {"Accept-Language": "en"}
VIEW = "queue=food&kind=second"


@pytest.fixture
def cases(session: Any, client: FlaskClient) -> list[int]:
    """A case that is outside of VIEW and waits longest, and two inside of it."""
    people.signed_in(client, made.reviewer(made.queue(), "food"))
    made.move(made.case().id, promised_at=-7200)
    inside = [made.case().id, made.case().id]
    for case_id in inside:
        case = session.get(ReviewCase, case_id)
        case.queue, case.kind = "food", "second"
    session.commit()
    return inside


def address(case_id: int) -> str:
    return f"/review/cases/{case_id}?{VIEW}"


def test_one_claims_and_decides_within_a_view_until_it_is_empty(
    client: FlaskClient, cases: list[int]
) -> None:
    first, second = cases
    queue = client.get(f"/review?{VIEW}", headers=EN).text.replace("&amp;", "&")
    assert f'action="/review/claims?{VIEW}"' in queue and "Claim next as filtered" in queue
    assert f'href="{address(first)}"' in queue

    opened = client.post(f"/review/claims?{VIEW}").location
    assert opened == address(first)
    page = client.get(opened, headers=EN).text.replace("&amp;", "&")
    verdict = f"/review/cases/{first}/verdict?{VIEW}"
    assert f'action="{verdict}"' in page and "then claim the next as filtered" in page
    told = {"verdict": "approve", "next": "1"}
    assert client.post(verdict, data=told).location == address(second)
    verdict = f"/review/cases/{second}/verdict?{VIEW}"
    emptied = client.post(verdict, data=told).location
    assert "queue=food" in emptied and "kind=second" in emptied

    page = client.get(emptied, headers=EN).text
    assert "Nothing that fits these filters is waiting" in page
    assert 'action="/review/claims"' in page and "Claim next of all your queues" in page
    assert client.post("/review/claims").location.startswith("/review/cases/")


def test_the_view_outlasts_whatever_is_done_with_a_case(
    client: FlaskClient, cases: list[int], hold: None
) -> None:
    (case_id, _), view = cases, f"{VIEW}&q=x"
    case = f"/review/cases/{case_id}"
    assert client.post(f"{case}/claim?{view}").location == f"{case}?{view}"
    kept = client.post(f"{case}/draft?{view}", data={"note": "x"})
    assert kept.location == f"{case}?{view}#pins"
    decided = client.post(f"{case}/verdict?{view}", data={"verdict": "approve"})
    assert decided.location == f"/review?{view}"
    page = client.get(decided.location, headers=EN).text.replace("&amp;", "&")
    assert f'action="{case}/undo?{view}"' in page
    assert "does not look at the words" in page, "what is claimed next is said"
    assert client.post(f"{case}/undo?{view}").location == f"{case}?{view}"
    assert client.post(f"{case}/release?{view}").location == f"/review?{view}"


def test_the_next_case_of_the_view_takes_the_place_of_this_one(
    client: FlaskClient, cases: list[int]
) -> None:
    first, second = cases
    client.post(f"/review/cases/{first}/claim")
    answer = client.post(
        f"/review/cases/{first}/verdict?{VIEW}",
        data={"verdict": "approve", "next": "1"},
        headers={"HX-Request": "true", "HX-Request-Type": "full"},
    )
    assert answer.headers["HX-Push-Url"] == address(second)
