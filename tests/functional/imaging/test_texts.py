"""What pictures show in words: written beside each, kept by picture, told to all who hear it."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.unit_of_work import unit_of_work
from app.journey.handoff.payload import product
from app.listings import actions
from app.listings.actions import replace_picture
from app.listings.models import Listing
from app.listings.queries import content_of, newest_version, product_part
from tests.factories import listings as made
from tests.factories import people

PARTIAL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def listing(session: Any) -> Listing:
    """A draft with one picture and no text of it."""
    return made.draft(changes={"picture_texts": None, "name": {"ko": "컵", "en": "Cup"}})


@pytest.fixture
def seller(client: FlaskClient, listing: Listing, session: Any) -> FlaskClient:
    from app.accounts.models import Seller

    return people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))


def picture_of(listing: Listing) -> int:
    return int(product_part(newest_version(listing.id)).content["pictures"][0])


def texts_of(listing: Listing) -> Any:
    return content_of(newest_version(listing.id))["product"].get("picture_texts")


def write(client: FlaskClient, listing: Listing, said: dict[str, str], **more: Any) -> Any:
    """Post texts by language as the form does, drawn from what stands now unless *more* says."""
    number = picture_of(listing)
    revision = product_part(newest_version(listing.id)).revision
    fields = {f"picture_texts.{number}.{code}": text for code, text in said.items()}
    headers = more.pop("headers", PARTIAL)
    return client.post(
        f"/listings/{listing.id}/pictures/{number}/texts",
        data={"rev": str(revision), "tab": "a"} | fields | more,
        headers=headers,
    )


def test_both_languages_are_kept_and_what_did_not_come_stays(
    seller: FlaskClient, listing: Listing
) -> None:
    page = seller.get(f"/listings/{listing.id}/draft", headers={"Accept-Language": "en"}).text
    assert "Pictures without an alternative text in Korean: 1 of 1." in page
    assert 'placeholder="Shoppers hear: Cup"' in page
    answer = write(seller, listing, {"ko": " 앞모습 ", "en": "Front"})
    assert answer.status_code == 200 and answer.headers["HX-Trigger"] == "pictures-settled"
    assert 'id="pictures-advice" hx-swap-oob="outerHTML"></div>' in answer.text
    # The input itself is never sent back: somebody may be typing in it.
    assert "<textarea" not in answer.text
    write(seller, listing, {"en": "From the front"})
    assert texts_of(listing) == {str(picture_of(listing)): {"ko": "앞모습", "en": "From the front"}}
    history = seller.get(f"/listings/{listing.id}/history", headers={"Accept-Language": "en"}).text
    assert "Alternative text (Korean)" in history and "앞모습" in history


def test_without_script_the_form_returns_to_its_page(seller: FlaskClient, listing: Listing) -> None:
    here = f"/listings/{listing.id}/draft"
    answer = write(seller, listing, {"ko": "앞"}, back=here, headers={})
    assert answer.status_code == 303 and answer.headers["Location"] == here
    assert "\n앞</textarea>" in seller.get(here).text


def test_a_text_too_long_or_with_hidden_characters_is_kept_and_blocks(
    seller: FlaskClient, listing: Listing
) -> None:
    answer = write(seller, listing, {"ko": "가" * 201, "en": "Front\u202e view"})
    assert "201" in answer.text and "200" in answer.text and "U+202E" in answer.text
    said = texts_of(listing)[str(picture_of(listing))]
    assert len(said["ko"]) == 201 and said["en"] == "Front\u202e view"
    with pytest.raises(actions.NotReady), unit_of_work():
        actions.submit(newest_version(listing.id).id, None)


def test_a_text_that_somebody_else_changed_is_shown_beside_and_decided(
    seller: FlaskClient, listing: Listing
) -> None:
    drawn = str(product_part(newest_version(listing.id)).revision)
    write(seller, listing, {"ko": "그 사람"}, tab="b")
    stale = {"rev": drawn, "tab": "a"}
    answer = write(seller, listing, {"ko": "나"}, **stale)
    assert "\n나</textarea>" in answer.text and "<blockquote>그 사람</blockquote>" in answer.text
    whole = write(seller, listing, {"ko": "나"}, **stale, headers={})
    assert whole.status_code == 409 and "\n나</textarea>" in whole.text and "그 사람" in whole.text
    path = f"picture_texts.{picture_of(listing)}.ko"
    now = re.findall(rf'name="mine\.{path}" value="(\d+)"', whole.text)[0]
    kept = write(seller, listing, {"ko": "나"}, **stale, **{f"keep.{path}": now})
    assert "\n그 사람</textarea>" in kept.text and "<blockquote>" not in kept.text
    write(seller, listing, {"ko": "나"}, **stale, **{f"mine.{path}": now})
    assert texts_of(listing)[str(picture_of(listing))]["ko"] == "나"


def test_a_picture_of_another_listing_and_another_sellers_listing_are_not_there(
    seller: FlaskClient, listing: Listing
) -> None:
    other = made.draft()
    assert write(seller, other, {"ko": "나"}).status_code == 404
    number = picture_of(other)
    there = f"/listings/{listing.id}/pictures/{number}/texts"
    assert seller.post(there, data={f"picture_texts.{number}.ko": "나"}).status_code == 404
    with unit_of_work():
        actions.submit(newest_version(other.id).id, None)


def test_a_text_waits_for_its_picture_and_submitting_after_it_is_no_surprise(
    seller: FlaskClient, listing: Listing
) -> None:
    number = picture_of(listing)
    here = f"/listings/{listing.id}/pictures"
    page = seller.get(f"/listings/{listing.id}/draft").text
    part, revision = re.findall(r'name="rev-(\d+)" value="(\d+)" data-revision', page)[0]
    write(seller, listing, {"ko": "앞모습"})
    seller.post(f"{here}/{number}/removal")
    gone = seller.get(here, headers={"Accept-Language": "en"}).text
    assert "Not in use (1)" in gone and "앞모습" not in gone
    seller.post(f"{here}/{number}/place", data={"position": 9, "returning": "1"})
    back = seller.get(here, headers={"Accept-Language": "en"}).text
    assert "Not in use" not in back and "\n앞모습</textarea>" in back
    answer = seller.post(
        f"/listings/{listing.id}/submission", data={f"rev-{part}": revision, "tab": "x"}
    )
    assert answer.status_code == 303


def test_it_is_handed_on_where_given_and_goes_along_with_a_copy(session: Any) -> None:
    given = {"name": {"ko": "컵", "en": "Cup"}}
    listing, silent = made.live(changes=given), made.live(changes=given | {"picture_texts": None})
    alts = [
        product(each, newest_version(each.id), [])["pictures"][0]["alt"]
        for each in (listing, silent)
    ]
    assert alts == [{"ko": "앞에서 본 모습", "en": "Seen from the front"}, given["name"]]
    number = str(picture_of(listing))
    with unit_of_work():
        copy = actions.copy_listing(listing.id, None)
    assert texts_of(copy) == {str(picture_of(copy)): texts_of(listing)[number]}


def test_a_picture_that_takes_anothers_place_takes_its_texts() -> None:
    content = {"pictures": [1, 2], "picture_texts": {"2": {"ko": "옆"}, "3": {"en": "Side"}}}
    assert replace_picture(content, 2, 3) == {"pictures": [1, 3], "picture_texts.3.ko": "옆"}
    assert replace_picture({"pictures": [2]}, 2, 3) == {"pictures": [3]}
    assert replace_picture(content, 7, 3) == {}
