"""What an edit will do is told before it is made, in the counts that the reviewer will see."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Seller
from app.core.unit_of_work import unit_of_work
from app.journey.review.comparing.outlook import outlook
from app.listings import actions
from app.listings.models import Listing, Offer
from app.listings.queries import newest_version, product_content
from app.taxonomy.queries import category
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made
from tests.factories.pages import fields_of
from tests.factories.statements import statements

NOTHING = {
    "ko": "판매 중인 내용과 다른 곳이 없습니다.",
    "en": "Nothing differs from what is on sale.",
}
PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def live(session: Any) -> Listing:
    return make.approved(items=2)


@pytest.fixture
def seller(client: FlaskClient, session: Any, live: Listing) -> FlaskClient:
    client.set_cookie("language", "en")
    return people.signed_in(client, people.owner_of(session.get(Seller, live.seller_id)))


def _told(page: str) -> str:
    """The sentence and the lines beneath it, as read."""
    if 'id="outlook"' not in page:
        return ""
    found = page.partition('id="outlook"')[2].partition(">")[2].partition("</div>")[0]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", found)).strip()


def _draft(seller: FlaskClient, listing_id: int) -> str:
    return _told(seller.get(f"/listings/{listing_id}/draft").text)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_untouched_edit_differs_in_nothing(live, seller, language) -> None:
    seller.set_cookie("language", language)
    make.edited(live)
    assert _draft(seller, live.id) == NOTHING[language]
    assert _told(seller.get(f"/listings/{live.id}").text) == NOTHING[language]


def test_what_was_never_approved_is_told_nothing(session, client) -> None:
    draft = make.draft()
    people.signed_in(client, people.owner_of(session.get(Seller, draft.seller_id)))
    for page in ("/draft", ""):
        assert 'id="outlook"' not in client.get(f"/listings/{draft.id}{page}").text


def test_the_counts_are_those_of_the_desk(session, live, seller) -> None:
    make.edited(live)
    shown = product_content(newest_version(live.id))["pictures"]
    fresh = make.picture(live).id
    make.save(live, {"name.ko": "다른 컵", "pictures": [fresh, *shown]})
    with unit_of_work():
        added = actions.add_item(newest_version(live.id).id, None).id
    told = _draft(seller, live.id)
    assert told.startswith("3 changes need review; your page stays as it is meanwhile.")
    assert "Representative picture: added Product name (Korean)" in told
    assert re.search(r"Item 3.*: added", told)

    with unit_of_work():
        actions.remove_item(newest_version(live.id).id, added, None)
    assert _draft(seller, live.id).startswith("2 changes need review;")
    make.submit(live)
    case = made.case_of(live)
    desk = people.signed_in(seller, made.reviewer(case.queue))
    assert "Changed 2 of" in desk.get(f"/review/cases/{case.id}").text


def test_staged_prices_wait_for_apply_and_are_no_part_of_the_review(session, live, seller) -> None:
    item = make.first_item(live)
    offer, item_id = session.get(Offer, item.id), item.id
    price, revision = offer.price + 10, offer.revision
    session.commit()
    with unit_of_work():
        actions.stage_offer(item_id, price, None, revision, None)
        actions.stage_stock(item_id, 5, None)
    page = seller.get(f"/listings/{live.id}").text
    told = _told(page)
    assert re.match(r"[23] price or stock changes need no review and go live when you apply", told)
    assert "Item 1" in told and "stock" in told and "need review;" not in told
    make.edited(live)
    make.save(live, {"name.ko": "다른 컵"})
    for page in (f"/listings/{live.id}/draft", f"/listings/{live.id}"):
        told = _told(seller.get(page).text)
        assert "when you apply them. 1 change needs review; your page stays as it is" in told
    with unit_of_work():
        actions.unstage(live.id, None, None)
    assert _draft(seller, live.id).startswith("1 change needs review;")


def test_a_save_brings_it_along(live, seller) -> None:
    make.edited(live)
    form = fields_of(seller.get(f"/listings/{live.id}/draft").text, form_id="draft-form")
    sent = {**form, "name.ko": "다른 이름의 컵"}
    answer = seller.post(f"/listings/{live.id}/draft", data=sent, headers=PARTIAL)
    assert _told(answer.text).startswith("1 change needs review;")
    assert 'hx-swap-oob="outerMorph"' in answer.text


def test_what_was_submitted_is_told_no_more(live, seller) -> None:
    make.edited(live)
    make.save(live, {"name.ko": "다른 컵"})
    make.submit(live)
    assert 'id="outlook"' not in seller.get(f"/listings/{live.id}").text


def test_it_asks_as_much_for_forty_items_as_for_two(session, live) -> None:
    counts = []
    for listing in (live, make.approved(items=40)):
        goods, version = category(listing.category_code), make.edited(listing)
        with statements() as sent:
            told = outlook(version, goods)
        assert told and told.review_count == 0
        counts.append(len(sent))
    assert counts[0] == counts[1]
