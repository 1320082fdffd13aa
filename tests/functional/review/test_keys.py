"""Every key of the desk is in the list of keys and beside what it does, in both languages."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person, ReviewerQueue
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, claims, drafts
from app.journey.review.models import CannedText
from app.listings.models import Listing
from app.settings import ROOT
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made

SCRIPT = (ROOT / "static" / "js" / "desk.js").read_text()
# `KeyA: () => ...`, a row of the table of keys.
TAKEN = set(re.findall(r"^  Key([A-Z]): \(", SCRIPT, re.MULTILINE)) | {"?"}
PRESSED = set(re.findall(r'press\("Key([A-Z])"\)', SCRIPT))


@pytest.fixture
def lead(session: Any) -> Person:
    """Leads the usual queue, which has a canned text."""
    who = made.reviewer()
    session.merge(ReviewerQueue(person_id=who.id, queue=made.queue(), lead=True))
    session.add(CannedText(queue=made.queue(), title="글자", ko="지우세요.", en="Out."))
    session.commit()
    return who


@pytest.fixture(params=["ko", "en"])
def desk(request: Any, client: FlaskClient, lead: Person) -> FlaskClient:
    client.set_cookie("language", request.param)
    return people.signed_in(client, lead)


def _sent_back_and_claimed(session: Any, who: int) -> int:
    """A case of two items that was sent back before, with a reason pinned."""
    case = made.case(claimed_by=made.reviewer(), items=2)
    made.decide(case.id, case.holder, "request-changes")
    listing = session.get(Listing, case.listing_id)
    make.edited(listing)
    make.submit(listing)
    case_id = made.case_of(listing).id
    session.commit()
    with unit_of_work():
        claims.claim(case_id, who)
    with unit_of_work():
        drafts.write(case_id, who, add={"code": "goods-used", "path": "", "item": None, "note": ""})
    return case_id


def _parts(page: str) -> tuple[str, str]:
    """The page without its list of keys, and that list."""
    before, _, rest = page.partition('<dialog class="dialog" id="desk-keys"')
    listed, _, after = rest.partition("</dialog>")
    return before + after, listed


def _signs(page: str) -> set[str]:
    """The single keys that a piece of a page shows."""
    said = " ".join(re.findall(r"<kbd>(.*?)</kbd>", page)).split()
    return {key for key in said if len(key) == 1}


def test_every_key_is_listed_and_shown_beside_what_it_does(session, desk, lead) -> None:
    me, held = lead.id, made.case(claimed_by=lead).id
    with unit_of_work():
        actions.decide(held, me, "approve", hold=60)
    mine = _sent_back_and_claimed(session, me)
    cases = [mine, held, made.case(claimed_by=made.reviewer(name="Ada Kim")).id, made.case().id]
    pages = [_parts(desk.get(f"/review/cases/{case_id}").text) for case_id in cases]
    assert all(_signs(listed) == TAKEN for _, listed in pages)
    assert set().union(*(_signs(page) for page, _ in pages)) == TAKEN
    keyed = set().union(*(re.findall(r'data-key="Key([A-Z])"', page) for page, _ in pages))
    assert PRESSED <= keyed <= TAKEN


@pytest.mark.parametrize("over", [False, True])
def test_a_case_that_may_be_claimed_has_that_under_its_key(session, desk, lead, over) -> None:
    case_id = made.case(claimed_by=lead if over else None).id
    if over:
        made.move(case_id, held_until=-3600)
    page = desk.get(f"/review/cases/{case_id}").text
    form = page.partition('data-key="KeyN"')[0].rpartition("<form")[2]
    assert f'action="/review/cases/{case_id}/claim"' in form


def test_a_lead_takes_over_by_a_key(session, desk) -> None:
    case_id = made.case(claimed_by=made.reviewer(name="Ada Kim")).id
    form = desk.get(f"/review/cases/{case_id}").text.partition(f"/cases/{case_id}/takeover")[2]
    assert 'data-key="KeyO"' in form.partition("</form>")[0]


def test_the_reason_pinned_last_is_the_one_removed_by_a_key(session, desk, lead) -> None:
    case_id = _sent_back_and_claimed(session, lead.id)
    pin = {"code": "category-wrong", "path": "", "item": None, "note": ""}
    with unit_of_work():
        drafts.write(case_id, lead.id, add=pin)
    page = desk.get(f"/review/cases/{case_id}").text
    assert re.findall(r'data-key="KeyE" name="remove" value="(\d)"', page) == ["1"]
