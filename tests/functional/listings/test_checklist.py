"""The seller's checklist: a line is ticked exactly while its place is another than was judged."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Seller
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions as review
from app.journey.review import claims
from app.listings import actions
from app.listings.models import Listing
from app.listings.queries import newest_version
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made

FIXED = re.compile(r"Fixed \d\d:\d\d")


@pytest.fixture
def checklist(client: FlaskClient, session: Any) -> Any:
    """The lines of the draft's checklist, as read, each with whether it is ticked and its link."""

    def read(of: Listing) -> list[tuple[str, bool, str]]:
        people.signed_in(client, people.owner_of(session.get(Seller, of.seller_id)))
        page = client.get(f"/listings/{of.id}/draft", headers={"Accept-Language": "en"}).text
        lines = re.findall(r'<li id="asked-\d+">.*?</li>', page, re.S)
        return [
            (
                re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", line)),
                bool(FIXED.search(line)),
                re.findall(r'href="#([^"]*)"', line)[0],
            )
            for line in lines
        ]

    return read


def ticks(lines: list[tuple[str, bool, str]]) -> list[bool]:
    return [ticked for _, ticked, _ in lines]


def returned(listing: Listing, *reasons: tuple[str, str], verdict: str = "reject") -> Listing:
    """The listing with its waiting version judged, for (code, path) each."""
    case_id, who = made.case_of(listing).id, made.reviewer().id
    with unit_of_work():
        claims.claim(case_id, who)
    pins = [{"code": code, "path": path} for code, path in reasons]
    with unit_of_work():
        review.decide(case_id, who, verdict, pins)
    return listing


def test_what_is_said_of_the_whole_waits_for_the_reviewer(session: Any, checklist: Any) -> None:
    listing = returned(
        make.submitted(),
        ("listing-repeated", ""),
        ("price-implausible", ""),
        ("picture-other-product", ""),
    )
    make.edited(listing)
    make.save(listing, {"brand": "다른 상표"})
    lines = checklist(listing)
    assert ticks(lines) == [False] * 3
    assert all("The reviewer checks this." in said for said, _, _ in lines)
    assert [link for _, _, link in lines] == ["s-basics", "s-items", "s-pictures"]


def test_an_item_is_ticked_by_the_columns_that_the_reason_is_about(
    session: Any, checklist: Any
) -> None:
    listing = make.submitted()
    item = make.first_item(listing)
    path = f"items.{item.id}"
    returned(
        listing, ("gtin-mismatch", path), ("price-implausible", path), ("attribute-wrong", path)
    )
    make.edited(listing)
    make.save(listing, {"sku": "OTHER"}, item=item)
    assert ticks(checklist(listing)) == [False, False, True]
    make.save(listing, {"stock": 77}, item=item)
    assert ticks(checklist(listing)) == [False, False, True]
    make.save(listing, {"gtin": "", "gtin_reason": "손으로 만든 상품"}, item=item)
    assert ticks(checklist(listing)) == [True, False, True]
    before = item.offer.price
    make.save(listing, {"price": before + 1_000}, item=item)
    assert ticks(checklist(listing)) == [True, True, True]
    make.save(listing, {"price": before}, item=item)
    assert ticks(checklist(listing)) == [True, False, True]


def test_a_tick_goes_where_the_place_is_put_back(session: Any, checklist: Any) -> None:
    listing = make.submitted(changes={"brand": "한강"})
    picture = make.part(listing).content["pictures"][0]
    returned(listing, ("brand-unproved", "brand"), ("picture-text", f"pictures.{picture}"))
    first = newest_version(listing.id).id
    draft = make.edited(listing).id
    me = people.owner_of(session.get(Seller, listing.seller_id)).id
    fresh = make.picture(listing).id
    make.save(listing, {"brand": "새 이름"}, who=me)
    assert ticks(checklist(listing)) == [True, False]
    with unit_of_work():
        actions.undo_last(draft, me)
    assert ticks(checklist(listing)) == [False, False]
    make.save(listing, {"brand": "새 이름", "pictures": [fresh]})
    assert ticks(checklist(listing)) == [True, True]
    make.save(listing, {"pictures": [fresh, picture]})
    assert ticks(checklist(listing)) == [True, False]
    with unit_of_work():
        actions.restore_version(listing.id, first, me)
    assert ticks(checklist(listing)) == [False, False]


def test_the_next_edit_after_a_discarded_one_is_ticked_for_what_it_has_itself(
    session: Any, checklist: Any
) -> None:
    listing = returned(make.submitted(changes={"brand": "한강"}), ("brand-unproved", "brand"))
    draft = make.edited(listing).id
    make.save(listing, {"brand": "새 이름"})
    with unit_of_work():
        actions.discard(draft, None)
    make.edited(listing)
    assert ticks(checklist(listing)) == [False]


def test_a_price_put_into_force_is_a_mend(session: Any, checklist: Any) -> None:
    """Of what is on sale the price is changed beside the draft, before it or after."""
    listing = make.approved()
    item = make.first_item(listing)
    path = f"items.{item.id}"
    make.edited(listing)
    make.submit(listing)
    returned(listing, ("price-implausible", path), ("goods-unavailable", path))
    before = item.offer.price
    put_into_force(listing, price=before + 500)
    make.edited(listing)
    assert ticks(checklist(listing)) == [True, False]
    put_into_force(listing, amount=-1)
    assert ticks(checklist(listing)) == [True, True]
    put_into_force(listing, price=before)
    assert ticks(checklist(listing)) == [False, True]


def put_into_force(listing: Listing, price: int = 0, amount: int = 0) -> None:
    item = make.first_item(listing)
    item_id, listing_id = item.id, listing.id
    list_price, revision = item.offer.list_price, item.offer.revision
    with unit_of_work():
        if price:
            actions.stage_offer(item_id, price, list_price, revision, None)
        if amount:
            actions.stage_stock(item_id, amount, None)
        actions.apply_staged(listing_id, None, (), None)


def test_a_certificate_is_mended_by_its_number(session: Any, checklist: Any) -> None:
    kept = {"kc-electrical": {"held": "yes", "number": "HU07123-19001A"}}
    listing = make.submitted(changes={"certifications": kept})
    returned(listing, ("certification-invalid", "certifications.kc-electrical.held"))
    make.edited(listing)
    make.save(listing, {"certifications.kc-electrical.number": "CB061R1234-5001"})
    assert ticks(checklist(listing)) == [True]
