"""On a resubmission the reasons of the verdict before are where they were, to be pinned again."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, claims
from app.journey.review.models import ReviewCase
from app.listings.models import Listing, Picture
from app.listings.queries import newest_version, product_content
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made
from tests.functional.review.test_boxes import BOX, RECT, RENDITIONS

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def listing(session: Any) -> Listing:
    """Sent back: its name, its first picture at a part of it, its item, the whole."""
    case = made.case(claimed_by=made.reviewer())
    listing = session.get(Listing, case.listing_id)
    picture = session.get(Picture, product_content(newest_version(listing.id))["pictures"][0])
    picture.facts = picture.facts | {"renditions": RENDITIONS}
    item, case_id, who = make.first_item(listing).id, case.id, case.holder
    pins = [
        {"code": "attribute-wrong", "path": "name.ko", "note": "특가라니요"},
        {"code": "picture-text", "path": f"pictures.{picture.id}", "box": BOX},
        {"code": "price-implausible", "path": f"items.{item}"},
        {"code": "listing-repeated", "path": ""},
    ]
    session.commit()
    with unit_of_work():
        actions.decide(case_id, who, "request-changes", pins)
    make.edited(listing)
    return listing


@pytest.fixture
def desk(client: FlaskClient, session: Any) -> Any:
    """The page of the case that a submission opens, claimed."""

    def opened(listing: Listing) -> tuple[FlaskClient, str]:
        make.submit(listing)
        case_id, me = made.case_of(listing).id, made.reviewer()
        me_id = me.id
        with unit_of_work():
            claims.claim(case_id, me_id)
        people.signed_in(client, session.get(Person, me_id)).set_cookie("language", "en")
        return client, f"/review/cases/{case_id}"

    return opened


def _listed(page: str) -> list[str]:
    """The lines of the list, as read."""
    section = page.partition('id="earlier"')[2].partition("</section>")[0]
    lines = re.findall(r"<li id=.*?</li>", section, re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)) for line in lines]


def test_what_was_left_as_it_was_says_so_where_it_was(listing, desk) -> None:
    make.save(listing, {"brand": "다른 상표"})
    client, door = desk(listing)
    page = client.get(door).text
    name, picture, item, whole = _listed(page)
    assert "특가라니요" in name and all("unchanged" in each for each in (name, picture, item))
    assert "12.5 %" in picture and "changed since" in whole
    shot = page.partition("data-shot")[2].partition("</figure>")[0]
    drawing = shot.partition("<svg")[2].partition("</svg>")[0]
    assert 'data-before="B"' in drawing and RECT in drawing and "data-mark" not in drawing
    assert "Part marked in the verdict before:" in shot and "unchanged" in shot
    fact = page.partition('id="at-name-ko"')[2].partition("fact-pin")[0]
    assert "특가라니요" in fact and "Pin again" in fact
    row = page.partition(f'id="at-items-{make.first_item(listing).id}"')[2].partition("</tr>")[0]
    assert "Reason of the verdict before" in row


def test_what_the_seller_changed_says_that(listing, desk) -> None:
    item = make.first_item(listing)
    make.save(listing, {"name.ko": "고친 컵"})
    make.save(listing, {"price": 23_000}, item=item)
    client, door = desk(listing)
    page = client.get(door).text
    name, picture, sold, _whole = _listed(page)
    assert "changed since" in name and "changed since" in sold and "unchanged" in picture
    changes = page.partition('id="changes"')[2].partition("</dl>")[0]
    assert "특가라니요" in changes and "changed since" in changes


def test_a_replaced_picture_hangs_among_those_of_before(session, listing, desk) -> None:
    old = product_content(newest_version(listing.id))["pictures"][0]
    fresh = make.picture(listing).id
    make.save(listing, {"pictures": [fresh]})
    client, door = desk(listing)
    page = client.get(door).text
    picture = _listed(page)[1]
    assert "no longer there" in picture and "Pin again" not in picture
    gone = page.partition("hung-gone")[2].partition("</li>")[0]
    assert f'id="gone-{old}"' in gone and RECT in gone and "no longer there" in gone
    refused = client.post(f"{door}/draft", data={"again": "1", "note": "쓰던 말"})
    assert refused.status_code == 422 and "쓰던 말" in refused.text


@pytest.mark.parametrize("fragment", [True, False])
def test_pinned_again_with_reason_note_and_box(session, listing, desk, fragment) -> None:
    make.save(listing, {"brand": "다른 상표"})
    client, door = desk(listing)
    case_id = int(door.rsplit("/", 1)[1])
    for no in ("1", "0", "1"):
        sent = {"again": no, "note": "메모", "reason": "value-missing", "reason-note": "반쯤 쓴 말"}
        answer = client.post(f"{door}/draft", data=sent, headers=PARTIAL if fragment else {})
        assert answer.status_code == (200 if fragment else 303)
    draft = session.get(ReviewCase, case_id).draft
    first, second = draft["reasons"]
    assert (first["code"], first["note"]) == ("attribute-wrong", "특가라니요")
    assert (second["code"], second["box"]) == ("picture-text", BOX)
    page = answer.text if fragment else client.get(door).text
    name, picture, item, _whole = _listed(page)
    assert "pinned again as 1" in name and "pinned again as 2" in picture
    assert "Pin again" not in name + picture and "Pin again" in item
    drawing = page.partition('class="marks"')[2].partition("</svg>")[0]
    assert 'data-before="B"' in drawing and 'data-mark="2"' in drawing
    assert 'value="반쯤 쓴 말"' in page


def test_what_was_never_said_is_not_pinned_again(listing, desk) -> None:
    client, door = desk(listing)
    for no in ("4", "99999999999999999999"):
        assert client.post(f"{door}/draft", data={"again": no}).status_code in (303, 422)
    assert "data-again" in client.get(door).text


def test_after_an_approval_there_is_nothing_to_recall(session, desk) -> None:
    granted = made.appealed()
    make.judge(session.get(Listing, granted.listing_id))
    for listing in (make.approved(), session.get(Listing, granted.listing_id)):
        make.edited(listing)
        client, door = desk(listing)
        assert 'id="earlier"' not in client.get(door).text
        assert client.post(f"{door}/draft", data={"again": "0"}).status_code == 422
