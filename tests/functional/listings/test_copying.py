"""A copied listing: the same answers and pictures, nothing of what must be its own."""

import pytest
from sqlalchemy import select

from app.core.clock import today
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.models import Listing, Picture, TimelineEntry
from app.listings.queries import content_of, items_of, newest_version, pictures_of
from app.listings.steps import told
from app.taxonomy.models import CategoryNode
from app.validation.engine import findings
from tests.factories import listings as made
from tests.factories import people
from tests.factories.content import category_named
from tests.factories.statements import statements

OF_ONE = ("name", "pictures", "picture_texts", "documents")


def _copy(listing: Listing) -> Listing:
    with unit_of_work():
        return actions.copy_listing(listing.id, None)


def _content(listing: Listing) -> dict:
    return content_of(newest_version(listing.id))


def test_answers_options_and_prices_come_along_codes_and_stock_do_not(session) -> None:
    listing = made.live(items=3)
    copy = _copy(listing)
    was, new = _content(listing), _content(copy)
    kept = {k: v for k, v in was["product"].items() if k not in OF_ONE}
    assert {k: v for k, v in new["product"].items() if k not in OF_ONE} == kept
    told_of = [(i["options"], i["price"], i["list_price"]) for i in new["items"]]
    assert told_of == [(i["options"], i["price"], i["list_price"]) for i in was["items"]]
    assert {(i["sku"], i["gtin"], i["stock"], i["live"]) for i in new["items"]} == {
        ("", "", None, False)
    }
    assert copy.seller_id == listing.seller_id and copy.category_code == listing.category_code
    assert newest_version(copy.id).state == "draft"


def test_its_names_say_that_it_is_a_copy_once_and_keep_to_the_length(session) -> None:
    listing = made.draft(changes={"name.ko": "가" * 100, "name.en": "Mug"})
    copy = _copy(listing)
    name = _content(copy)["product"]["name"]
    assert name["en"] == "Mug (copy)"
    assert len(name["ko"]) == 100 and name["ko"].endswith("가 (복사)")
    assert _content(_copy(copy))["product"]["name"] == name


def test_it_is_not_submitted_under_the_name_of_a_copy(session) -> None:
    copy = _copy(made.draft())
    found = findings(_content(copy), category_named("mugs"), today())
    assert "name-copied" in {f.code for f in found if f.severity == "blocks"}


def test_pictures_are_rows_of_its_own_for_the_same_files(session) -> None:
    listing = made.draft(items=2)
    second = made.picture(listing)
    first_item = made.first_item(listing)
    [first] = _content(listing)["product"]["pictures"]
    made.save(listing, {"pictures": [first, second.id]})
    made.save(listing, {"pictures": [second.id, "no such.jpg"]}, first_item)
    copy = _copy(listing)
    content, rows = _content(copy), pictures_of(copy.id)
    hashes = [rows[number].sha256 for number in content["product"]["pictures"]]
    assert hashes == [session.get(Picture, first).sha256, second.sha256]
    assert content["items"][0]["pictures"] == [content["product"]["pictures"][1], "no such.jpg"]
    assert {row.state for row in rows.values()} == {"ready"}
    assert not set(rows) & {first, second.id}


def test_a_picture_still_in_the_works_is_processed_for_the_copy_too(session, run_tasks) -> None:
    listing = made.draft()
    waiting = made.picture(listing, "received")
    made.save(listing, {"pictures": [waiting.id]})
    copy = _copy(listing)
    [row] = pictures_of(copy.id).values()
    assert row.state == "received"
    assert "imaging.process" in run_tasks()


def test_of_a_listing_with_a_discarded_edit_it_copies_what_is_on_sale(session) -> None:
    listing = made.live()
    edit = made.edited(listing)
    made.save(listing, {"brand": "Never meant"})
    with unit_of_work():
        actions.discard(edit.id, None)
    assert _content(_copy(listing))["product"]["brand"] == "온셸프"


def test_retired_items_stay_behind(session) -> None:
    listing = made.live(items=2)
    item = made.first_item(listing)
    with unit_of_work():
        actions.change_sale(listing.id, [item.id], "retire", None)
    assert len(items_of(newest_version(_copy(listing).id))) == 1


def test_of_a_retired_category_it_is_a_draft_that_says_so_when_submitted(session) -> None:
    listing = made.draft()
    session.get(CategoryNode, "mugs").retired_at = newest_version(listing.id).created_at
    session.commit()
    copy = _copy(listing)
    made.save(copy, {"name.ko": "새 머그컵 이름"})
    with pytest.raises(Exception, match="category-retired"):
        made.submit(copy)


def test_its_timeline_begins_with_what_it_was_copied_from(session) -> None:
    copy = _copy(made.draft(changes={"name.ko": "머그컵", "name.en": "Mug"}))
    [entry] = session.scalars(select(TimelineEntry).where(TimelineEntry.listing_id == copy.id))
    assert told(entry).en == "Started as a copy of Mug"


def test_copying_changes_nothing_of_the_original(session) -> None:
    listing = made.live(items=2)
    before, versions = _content(listing), len(listing.versions)
    _copy(listing)
    session.expire_all()
    assert _content(listing) == before and len(listing.versions) == versions


def test_a_double_click_makes_one_copy(app, session) -> None:
    seller = people.seller()
    listing = made.draft(seller)
    client = people.signed_in(app.test_client(), people.owner_of(seller))
    places = {client.post(f"/listings/{listing.id}/copies").location for _ in range(2)}
    assert len(places) == 1
    mine = select(Listing.id).where(Listing.seller_id == seller.id)
    assert len(session.scalars(mine).all()) == 2
    assert client.get(places.pop()).status_code == 200


def test_many_items_take_no_more_statements_than_a_few(session) -> None:
    counts = []
    for items in (2, 20):
        listing = made.draft(items=items)
        with statements() as sent, unit_of_work():
            actions.copy_listing(listing.id, None)
        counts.append(len(sent))
    assert counts[0] == counts[1]
