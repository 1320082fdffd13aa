"""What a reviewer who belongs to the seller gets to see of its cases: nothing of the house's."""

import pytest
from flask.testing import FlaskClient

from app.accounts import actions as accounts
from app.accounts.models import Person, Seller
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, drafts
from app.journey.review.models import ReviewCase
from tests.factories import people
from tests.factories import review as made

SAID = "You belong to this seller"
INSIDE = "Ring the maker before this one"
NOTE = "The picture shows another cup"


@pytest.fixture
def company(session) -> Seller:
    return people.seller("Cup House")


@pytest.fixture
def insider(client: FlaskClient, company: Seller) -> FlaskClient:
    """Signed in as a reviewer of the usual queue who is one of the company's people."""
    client.set_cookie("language", "en")
    me = made.reviewer()
    accounts.join(me.id, company.id, "member")
    return people.signed_in(client, me)


def _written(company: Seller, colleague: Person) -> ReviewCase:
    """A case of the company with what a colleague is writing."""
    case = made.case(claimed_by=colleague, seller=company)
    with unit_of_work():
        drafts.write(case.id, colleague.id, note=NOTE, inside_note=INSIDE)
    return case


PAGES = ("", "/shopper", "/documents/1", "/documents/1/picture", "/documents/1/pages/1")
ACTS = {
    "/claim": {},
    "/draft": {"note": "x"},
    "/draft?again": {"again": "0"},
    "/draft?insert": {"insert": "1", "canned": "1", "note": "x"},
    "/verdict": {"verdict": "approve"},
    "/undo": {},
    "/release": {},
    "/takeover": {},
}


@pytest.mark.parametrize("fragment", [False, True])
@pytest.mark.parametrize("ending", [*PAGES, *ACTS])
def test_no_address_of_a_case_tells_the_sellers_people(insider, company, ending, fragment) -> None:
    colleague = made.reviewer(name="Ada Kim")
    case = _written(company, colleague)
    headers = {"HX-Request": "true"} if fragment else {}
    address = f"/review/cases/{case.id}{ending}"
    if ending in ACTS:
        answer = insider.post(address, data=ACTS[ending], headers=headers)
    else:
        answer = insider.get(address, headers=headers)
    assert answer.status_code == 403 and SAID in answer.text
    assert not any(told in answer.text for told in (INSIDE, NOTE, "Ada Kim"))


def test_a_held_verdict_is_no_news_for_the_seller(insider, company, hold) -> None:
    colleague = made.reviewer(name="Ada Kim")
    case = _written(company, colleague)
    with unit_of_work():
        reasons = [{"code": "attribute-wrong", "path": "name.ko"}]
        actions.decide(case.id, colleague.id, "reject", reasons, NOTE, INSIDE)
    page = insider.get(f"/review/cases/{case.id}")
    assert page.status_code == 403 and "Rejected" not in page.text
    assert INSIDE not in page.text and "Ada Kim" not in page.text


@pytest.mark.parametrize("asked", ["", "?state=claimed", "?state=all", "?q=Cup+House"])
def test_the_queue_leaves_out_the_cases_of_ones_own_company(insider, company, asked) -> None:
    colleague = made.reviewer(name="Ada Kim")
    own = [_written(company, colleague).id, made.case(seller=company).id]
    other = made.case(seller=people.seller("Cup House of others")).id
    page = insider.get(f"/review{asked}").text
    assert not any(f"/review/cases/{case_id}" in page for case_id in own)
    assert "Ada Kim" not in page
    assert (f"/review/cases/{other}" in page) == (asked != "?state=claimed")
    counted = page.split('name="queue" value="kitchen"')[1].split("</label>")[0]
    assert '<span class="second">1</span>' in counted


def test_a_colleague_reads_the_same_case_whole(client, session, company) -> None:
    case = _written(company, made.reviewer(name="Ada Kim"))
    page = people.signed_in(client, made.reviewer()).get(f"/review/cases/{case.id}").text
    assert INSIDE in page and NOTE in page and "Ada Kim" in page
