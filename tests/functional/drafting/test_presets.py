"""Presets: what a company saves once of a listing and writes into others."""

import re
from functools import partial

import pytest

from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.drafting import presets
from app.listings.history import changes_of_step, full_paths
from app.listings.models import Listing, Version
from app.listings.queries import content_of, newest_version
from tests.factories import listings as made
from tests.factories import people

SHIPPING = {"fee": 0, "free_over": None, "lead_days": 7, "return_phone": "02-777-7777"}


def _draft(listing: Listing) -> Version:
    return newest_version(listing.id)


def _product(listing: Listing) -> dict:
    return content_of(_draft(listing))["product"]


def _save(listing: Listing, kind: str, name: str, **how) -> int:
    with unit_of_work():
        return presets.save_preset(_draft(listing), kind, name, None, **how).id


def _apply(listing: Listing, preset_id: int) -> list[str]:
    """The paths that were written."""
    with unit_of_work():
        version = _draft(listing)
        step = presets.apply_preset(version.id, preset_id, listing.seller_id, None)
        return full_paths(changes_of_step(version.id, step))


def test_a_shipping_preset_fills_the_section_and_empties_what_was_left_empty_by_choice(
    session, seller
) -> None:
    free = made.draft(seller, changes={f"shipping.{k}": v for k, v in SHIPPING.items()})
    other = made.draft(seller)
    applied = _apply(other, _save(free, "shipping", "Free, a week"))
    assert {path: _product(other)["shipping"].get(path) for path in SHIPPING} == SHIPPING
    assert applied == [f"shipping.{path}" for path in SHIPPING]


def test_a_notice_preset_carries_its_class_and_lines(session, seller) -> None:
    first = made.draft(seller)
    second = made.empty_draft(seller)
    _apply(second, _save(first, "notice", "Ceramic"))
    assert _product(second)["notice"] == _product(first)["notice"]


def test_a_notice_of_another_class_is_left_out_whole(session, seller) -> None:
    mug, food = made.draft(seller), made.draft(seller, "fruit-juice")
    before = _product(food)["notice"]
    assert _apply(food, _save(mug, "notice", "Ceramic")) == []
    assert _product(food)["notice"] == before


def test_a_preset_of_the_whole_leaves_out_what_is_one_products_own(session, seller) -> None:
    first = made.draft(seller, "wireless-earphones")
    content = presets.preset_of(seller.id, _save(first, "listing", "Earphones")).content
    product = _product(first)
    assert content["brand"] == product["brand"]
    assert content["description.ko"] == product["description"]["ko"]
    assert product["attributes"]["model"] and product["pictures"]
    paths = ("name.", "pictures", "attributes.model", "items.", "notice.fields.name-and-model")
    assert not [path for path in content if path.startswith(paths) or path.endswith(".number")]


def test_in_another_category_it_says_what_does_not_fit(session, seller, client, page) -> None:
    mug, shirt = made.draft(seller), made.empty_draft(seller, "t-shirts")
    form = page(shirt.id)
    form["preset"] = str(_save(mug, "listing", "Everything"))
    answer = client.post(f"/listings/{shirt.id}/presets/application", data=form)
    [left] = re.findall(r"Left out, for this category.*", client.get(answer.location).text)
    assert "Microwave safe" in left
    assert _product(shirt)["brand"] == _product(mug)["brand"]
    assert "microwave" not in _product(shirt).get("attributes", {})


def test_the_same_saved_twice_is_one_and_another_of_its_name_must_be_meant(session, seller) -> None:
    first, second = made.draft(seller), made.draft(seller, changes={"shipping.fee": 0})
    one = _save(first, "shipping", " Parcels ")
    assert _save(first, "shipping", "Parcels") == one
    with pytest.raises(Conflict):
        _save(second, "shipping", "Parcels")
    assert _save(second, "shipping", "Parcels", replace=True) == one
    assert presets.preset_of(seller.id, one).content["shipping.fee"] == 0
    assert _save(second, "notice", "Parcels") != one, "each kind has names of its own"


@pytest.mark.parametrize("name", ["", "  \x00 ", "x" * 61])
def test_a_name_must_fit(session, seller, name) -> None:
    with pytest.raises(Invalid):
        _save(made.draft(seller), "shipping", name)


def test_nothing_answered_is_no_preset(session, seller) -> None:
    with pytest.raises(Invalid):
        _save(made.empty_draft(seller), "shipping", "Empty")


def test_one_taken_away_is_brought_back_unless_its_name_is_anothers(session, seller) -> None:
    listing = made.draft(seller)
    number = _save(listing, "shipping", "Parcels")
    for _ in range(2):
        with unit_of_work():
            presets.delete(number, seller.id)
    assert presets.presets_of(seller.id) == []
    with unit_of_work():
        presets.restore(number, seller.id)
    with unit_of_work():
        presets.delete(number, seller.id)
    _save(listing, "shipping", "Parcels")
    with pytest.raises(Conflict), unit_of_work():
        presets.restore(number, seller.id)


def test_another_companys_preset_is_not_there(session, seller) -> None:
    number = _save(made.draft(seller), "shipping", "Parcels")
    stranger = made.draft(people.seller())
    for verb in (
        lambda: presets.apply_preset(_draft(stranger).id, number, stranger.seller_id, None),
        lambda: presets.apply_preset(_draft(stranger).id, number, seller.id, None),
        lambda: presets.rename(number, stranger.seller_id, "Mine"),
        lambda: presets.delete(number, stranger.seller_id),
        lambda: presets.restore(number, stranger.seller_id),
    ):
        with pytest.raises(NotFound), unit_of_work():
            verb()


def test_saved_and_used_from_the_draft_page(session, seller, client, page) -> None:
    listing, other = made.draft(seller), made.draft(seller)
    form = page(listing.id)
    form["shipping.fee"] = "2,500"
    form["preset-name-shipping"] = "Parcels"
    form["kind"] = "shipping"
    answer = client.post(f"/listings/{listing.id}/presets", data=form)
    assert answer.status_code == 303
    assert "Preset saved: Parcels." in client.get(answer.location).text
    [preset] = presets.presets_of(seller.id)
    assert preset.content["shipping.fee"] == 2500, "what was typed is saved first"

    form = page(other.id)
    form["brand"] = "Typed before"
    form["preset"] = str(preset.id)
    answer = client.post(f"/listings/{other.id}/presets/application", data=form)
    said = client.get(answer.location).text
    assert "Preset used: Parcels." in said and "Changed: Shipping fee." in said
    assert (_product(other)["shipping"]["fee"], _product(other)["brand"]) == (2500, "Typed before")


def test_a_name_in_use_is_refused_beside_it_with_a_way_to_save_over(
    session, seller, client, page
) -> None:
    first, second = made.draft(seller), made.draft(seller)
    number = _save(first, "shipping", "Parcels")
    form = page(second.id)
    form["shipping.fee"] = "0"
    form["preset-name-shipping"] = "Parcels"
    form["kind"] = "shipping"
    answer = client.post(f"/listings/{second.id}/presets", data=form)
    assert answer.status_code == 409 and "There is a preset called Parcels." in answer.text
    form["preset-over-shipping"] = "yes"
    assert client.post(f"/listings/{second.id}/presets", data=form).status_code == 303
    assert presets.preset_of(seller.id, number).content["shipping.fee"] == 0


def test_the_shelf_renames_deletes_and_brings_back(session, seller, client) -> None:
    listing = made.draft(seller)
    number, taken = _save(listing, "shipping", "Parcels"), _save(listing, "shipping", "Freight")
    assert "Return address" in client.get("/presets").text
    refused = client.post(f"/presets/{number}/name", data={"name": "Freight"})
    assert refused.status_code == 409 and "There is a preset called Freight." in refused.text
    assert client.post(f"/presets/{number}/name", data={"name": "Post"}).status_code == 303
    answer = client.post(f"/presets/{taken}/removal")
    assert "Preset deleted: Freight." in client.get(answer.location).text
    assert client.post(f"/presets/{taken}/removal/undo").status_code == 303
    assert [each.name for each in presets.presets_of(seller.id)] == ["Freight", "Post"]


def test_a_new_listing_starts_from_a_preset_of_the_whole(session, seller, client) -> None:
    first = made.draft(seller, "t-shirts")
    number = _save(first, "listing", "Basic tee")
    assert "Basic tee" in client.get("/listings/new").text
    answer = client.post("/listings", data={"category": "t-shirts", "preset": str(number)})
    assert answer.status_code == 303
    listing_id = int(answer.location.split("/")[2])
    product = content_of(newest_version(listing_id))["product"]
    assert product["attributes"]["material"] == _product(first)["attributes"]["material"]
    said = client.get(answer.location).text
    assert "name" not in product and "Preset used: Basic tee." in said
    assert "Changed: Brand" in said and "Nothing differed" not in said


def test_a_preset_over_a_submitted_listing_is_refused(session, seller, client) -> None:
    listing = made.submitted(seller)
    number = _save(made.draft(seller), "shipping", "Parcels")
    to = f"/listings/{listing.id}/presets/application"
    assert client.post(to, data={"preset": str(number)}).status_code == 409


def test_two_clicks_at_once_save_one_preset(app, session, seller, client, race) -> None:
    url = f"/listings/{made.draft(seller).id}/presets"
    me = people.owner_of(seller)
    clicks = [people.signed_in(app.test_client(), me) for _ in range(2)]
    for turn in range(10):
        form = {"kind": "shipping", "preset-name-shipping": f"Fast {turn}"}
        answers = race(*(partial(each.post, url, data=form) for each in clicks))
        assert [answer.status_code for answer in answers] == [303, 303]
