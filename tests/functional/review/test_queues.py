"""The queue as its reviewers and their lead use it: found by words, kept views, taken over."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.errors import Conflict, Forbidden
from app.core.unit_of_work import unit_of_work
from app.journey.review import claims, drafts
from app.journey.review.models import ReviewCase
from app.journey.review.queues import times_of
from app.listings.models import Listing
from tests.factories import people
from tests.factories import review as made

EN = {"Accept-Language": "en"}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def me(session: Any, client: FlaskClient) -> Any:
    found = made.reviewer(name="김심사")
    people.signed_in(client, found)
    return found


def lead() -> Any:
    from app.accounts.actions import assign_queues

    found = made.reviewer(name="이책임")
    with unit_of_work():
        assign_queues(found, [made.queue()], [made.queue()])
    return found


def seen(client: FlaskClient, **asked: str) -> str:
    return client.get("/review", query_string=asked, headers=EN).text


def test_a_case_is_found_by_its_names_seller_and_number(client: FlaskClient, me: Any) -> None:
    seller = people.seller(name="한빛상사")
    blue = made.case(seller=seller, name={"ko": "파란 찻잔", "en": "Blue CUP 100%"})
    made.case(name={"ko": "붉은 접시", "en": "Red plate"})
    for typed in ("찻잔", "cup blue", "한빛", "100%", "ＢＬＵＥ"):
        page = seen(client, q=typed)
        assert "Blue CUP" in page and "Red plate" not in page, typed
    assert "Blue CUP" in seen(client, q=str(blue.listing_id))
    assert "No case fits these filters" in seen(client, q="100_")
    assert "Blue CUP" not in seen(client, kind="second")


def test_what_comes_back_stands_first_for_whoever_knows_it(
    client: FlaskClient, me: Any, session: Any
) -> None:
    known = made.decided(me, "reject", name={"ko": "접시", "en": "Plate"})
    listing = session.get(Listing, known.listing_id)
    made.case(name={"ko": "찻잔", "en": "Cup"})
    made.resubmitted(listing)
    page = seen(client)
    assert page.index("You decided the version before.") < page.index("Plate") < page.index("Cup")
    assert page.count(">Plate<") == 1
    people.signed_in(client, made.reviewer())
    page = seen(client)
    assert "You decided the version before." not in page
    assert page.index("Cup") < page.index("Plate"), "the older promise first"


def test_a_view_is_kept_by_name_until_it_is_removed(client: FlaskClient, me: Any) -> None:
    made.case(name={"ko": "찻잔", "en": "Cup"})
    kept = client.post("/review/filters", data={"name": " 늦은  것 ", "q": "찻잔", "state": "all"})
    assert kept.status_code == 303 and "state=all" in kept.location
    page = seen(client)
    assert "<bdi>늦은 것</bdi>" in page and "state=all" in page
    refused = client.post("/review/filters", data={"name": "x" * 41, "q": "찻잔"}, headers=EN)
    assert refused.status_code == 422 and "1 to 40 characters" in refused.text
    assert 'value="찻잔"' in refused.text and "x" * 41 in refused.text, "nothing typed is lost"
    people.signed_in(client, made.reviewer())
    assert "늦은 것" not in seen(client)


def test_a_lead_takes_a_case_over_with_all_that_was_written(
    client: FlaskClient, me: Any, session: Any
) -> None:
    case_id = made.case(claimed_by=me).id
    with unit_of_work():
        drafts.write(case_id, me.id, note="상자가 다릅니다")
    other, chief = made.reviewer(), lead()
    with pytest.raises(Forbidden), unit_of_work():
        claims.take_over(case_id, other.id)
    people.signed_in(client, chief)
    assert "Take over" in client.get(f"/review/cases/{case_id}", headers=EN).text
    assert client.post(f"/review/cases/{case_id}/takeover").status_code == 303
    page = client.get(f"/review/cases/{case_id}", headers=EN).text
    assert "상자가 다릅니다" in page and "A lead reviewer took the case over" in page
    with pytest.raises(Conflict) as late, unit_of_work():
        drafts.write(case_id, me.id, note="늦음")
    assert "이책임" in late.value.text("ko")
    assert session.get(ReviewCase, case_id).holder == chief.id
    people.signed_in(client, me)
    # Their page, still open, asks for more time: its clock says whose the case is now.
    asked = client.post(f"/review/cases/{case_id}/claim", headers=PARTIAL)
    assert asked.status_code == 409 and 'data-standing="theirs"' in asked.text
    assert "이책임" in asked.text.split("data-said=")[1].split(">")[0]
    put_back = client.post(f"/review/cases/{case_id}/release", data={"note": "아직 쓰던 말"})
    assert put_back.status_code == 409 and "아직 쓰던 말" in put_back.text


def test_an_operator_gives_a_queue_times_of_its_own(client: FlaskClient, session: Any) -> None:
    people.signed_in(client, people.operator())
    wrong = client.post(f"/operator/queues/{made.queue()}", data={"hold": "4000"}, headers=EN)
    assert wrong.status_code == 422 and "from 0 to 3,600" in wrong.text and "4000" in wrong.text
    done = client.post(f"/operator/queues/{made.queue()}", data={"hold": "5", "promise": "60"})
    assert done.status_code == 303
    assert (times_of(made.queue()).hold_seconds, times_of("food").hold_seconds) == (5, 0)
    case = made.case()
    assert (case.promised_at - case.created_at).total_seconds() == pytest.approx(3600, abs=5)
