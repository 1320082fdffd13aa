"""The preview: the catalogue's product page in two widths, what is missing said plainly."""

import re

import pytest

from tests.factories import listings as made


def _text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


@pytest.mark.parametrize(
    ("asked", "shown"), [("phone", "phone"), ("wide", "wide"), ("", "phone"), ("x", "phone")]
)
def test_each_width_is_a_link_away(session, seller, client, asked, shown) -> None:
    listing = made.draft(seller)
    page = client.get(f"/listings/{listing.id}/preview?width={asked}").text
    assert f'class="shopper-frame shopper-{shown}"' in page
    assert 'width=phone"' in page and 'width=wide"' in page


def test_a_full_draft_reads_like_a_product_page(session, seller, client) -> None:
    listing = made.draft(seller, items=2)
    first = made.first_item(listing)
    made.save(listing, {"stock": "0"}, first)
    said = _text(client.get(f"/listings/{listing.id}/preview"))
    for text in ("Onshelf Mugs", f"Sold by {seller.name}", "₩19,900", "₩25,000", "Sold out"):
        assert text in said
    for text in ("Product information notice: ", "Shipping fee ₩3,000", "서울특별시 중구"):
        assert text in said
    assert "yet" not in said


def test_what_is_missing_is_said(session, seller, client) -> None:
    listing = made.empty_draft(seller)
    said = _text(client.get(f"/listings/{listing.id}/preview"))
    for text in ("No picture yet.", "No name yet", "No price yet", "No description yet"):
        assert text in said
    assert "Return address Not written yet" in said


def test_an_item_switched_off_is_not_there(session, seller, client) -> None:
    listing = made.draft(seller, items=2, changes={"options": ["colour"]})
    item = made.first_item(listing)
    made.save(listing, {"options.colour": "황금색"}, item)
    assert "황금색" in client.get(f"/listings/{listing.id}/preview").text
    made.save(listing, {"off": True}, item)
    assert "황금색" not in client.get(f"/listings/{listing.id}/preview").text
