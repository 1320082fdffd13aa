"""A reason that a finding suggests comes with the finding's place, by keys and without script."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.core.unit_of_work import unit_of_work
from app.journey.review import claims
from app.journey.review.models import ReviewCase
from app.listings.models import Listing, Picture
from app.listings.queries import newest_version, product_content
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made

PROMISED = {"name.en": "Mug, free shipping", "name.ko": "국화 머그컵 무료배송"}


@pytest.fixture
def case(session: Any) -> ReviewCase:
    """Claimed by `case.holder`: the last of its three pictures is blurred, its name promises."""
    listing = make.draft(changes=PROMISED)
    pictures = [*product_content(newest_version(listing.id))["pictures"]]
    pictures += [make.picture(listing).id for _ in range(2)]
    last = session.get(Picture, pictures[-1])
    last.facts = last.facts | {"look": {"sharpness": 12}}
    make.save(listing, {"pictures": pictures})
    make.submit(listing)
    case_id, who = made.case_of(session.get(Listing, listing.id)).id, made.reviewer().id
    session.commit()
    with unit_of_work():
        claims.claim(case_id, who)
    return session.get_one(ReviewCase, case_id)


@pytest.fixture
def desk(client: FlaskClient, session: Any, case: ReviewCase) -> FlaskClient:
    return people.signed_in(client, session.get(Person, case.holder))


def _options(page: str) -> dict[str, tuple[str | None, str]]:
    """What the list of reasons offers: code -> (place of the finding, digit)."""
    listed = page.partition('id="reason"')[2].partition("</select>")[0]
    found: dict[str, tuple[str | None, str]] = {}
    for tag in re.findall(r"<option value=\"[a-z-]+\"[^>]*>", listed):
        told = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        found[told["value"]] = (told.get("data-at"), told.get("data-digit", ""))
    return found


def _blurred(session: Any, case: ReviewCase) -> str:
    content = product_content(newest_version(session.get(Listing, case.listing_id).id))
    return f"pictures.{content['pictures'][-1]}"


def test_each_is_offered_with_the_place_of_its_finding(session, desk, case) -> None:
    page = desk.get(f"/review/cases/{case.id}").text
    offered = _options(page)
    assert offered["picture-unclear"] == (_blurred(session, case), "1")
    assert offered["name-promotion"] == ("name.ko", "2")
    places = set(re.findall(r'<option value="([a-z]+\.[\w.]+)"', page.partition('id="path"')[2]))
    assert {_blurred(session, case), "name.ko"} <= places


def test_what_is_about_the_whole_listing_has_a_digit_beside_them(desk, case) -> None:
    """Before any place has the focus: the other pictures' reasons have theirs once one has."""
    offered = _options(desk.get(f"/review/cases/{case.id}").text)
    assert all(offered[code][1] for code in ("category-wrong", "value-missing"))
    assert offered["picture-rights"] == (None, "")


def test_prohibited_goods_are_three_keys_away_where_a_word_tells(session, client) -> None:
    me = made.reviewer()
    case = made.case(claimed_by=me, name={"ko": "제초 농약 500ml", "en": "Herbicide"})
    plain = made.case(claimed_by=made.reviewer())
    people.signed_in(client, me)
    assert _options(client.get(f"/review/cases/{case.id}").text)["goods-prohibited"][0] == ""
    client = people.signed_in(client, session.get(Person, plain.holder))
    assert _options(client.get(f"/review/cases/{plain.id}").text)["goods-prohibited"][1]


@pytest.mark.parametrize("door", ["draft", "verdict"])
def test_without_script_it_goes_where_the_finding_is(session, desk, case, door) -> None:
    """The list of places stands at the whole listing: no place for a picture's reason."""
    told = {"reason": "picture-unclear", "path": "", "verdict": "reject", "add": "1"}
    answer = desk.post(f"/review/cases/{case.id}/{door}", data=told)
    assert answer.status_code == 303
    kept = session.get(ReviewCase, case.id, populate_existing=True)
    assert [pin["path"] for pin in kept.draft["reasons"]] == [_blurred(session, case)]


def test_a_place_that_was_chosen_stays(session, desk, case) -> None:
    first = product_content(newest_version(case.listing_id))["pictures"][0]
    chosen = {"reason": "picture-unclear", "path": f"pictures.{first}"}
    desk.post(f"/review/cases/{case.id}/draft", data=chosen | {"add": "1"})
    # What may be about the whole is about it; what nothing suggests has no place to go to.
    whole = {"reason": "goods-used", "path": ""}
    desk.post(f"/review/cases/{case.id}/draft", data=whole | {"add": "1"})
    nowhere = {"reason": "picture-rights", "path": "", "add": "1"}
    assert desk.post(f"/review/cases/{case.id}/draft", data=nowhere).status_code == 422
    kept = session.get(ReviewCase, case.id, populate_existing=True)
    assert [pin["path"] for pin in kept.draft["reasons"]] == [f"pictures.{first}", ""]
