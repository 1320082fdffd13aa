"""A listing is started, gets items, changes category, is put away."""

import pytest
from sqlalchemy import func, select

from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.models import Item, Listing, Offer, Picture, Stock, VersionPart
from app.listings.queries import content_of, items_of, newest_version, timeline_of
from app.validation.field_table import ITEMS_MOST
from tests.factories import listings as made
from tests.factories import people


def _do(verb, *args):
    with unit_of_work():
        return verb(*args)


def _order(listing: Listing) -> list[int]:
    return [item.id for item in items_of(newest_version(listing.id))]


def test_a_listing_starts_with_one_empty_item(session) -> None:
    seller = people.seller()
    seller_id, who = seller.id, people.owner_of(seller).id
    session.commit()
    start = {"shipping": {"method": "parcel"}}
    with unit_of_work():
        listing = actions.start_listing(seller_id, "mugs", who, True, start)
        listing_id = listing.id
    version = newest_version(listing_id)
    assert (version.no, version.state, version.created_by) == (1, "draft", who)
    content = content_of(version)
    assert content["product"] == start and len(content["items"]) == 1
    assert session.get(Listing, listing_id).practice
    assert [entry.event for entry in timeline_of(listing_id)] == ["started"]


def test_items_are_added_last(session) -> None:
    listing = made.draft()
    first = _order(listing)
    added = [_do(actions.add_item, newest_version(listing.id).id, None) for _ in range(2)]
    session.expire_all()
    assert _order(listing) == [*first, *(item.id for item in added)]


def test_an_item_never_approved_leaves_without_a_trace(session) -> None:
    listing = made.draft(category="t-shirts", items=2)
    gone, kept = _order(listing)
    made.save(listing, {"options.colour": "M"}, session.get(Item, gone))
    _do(actions.remove_item, newest_version(listing.id).id, gone, None)
    session.expire_all()
    assert _order(listing) == [kept]
    for row in (Item, Offer, Stock):
        assert session.get(row, gone) is None


def test_the_last_item_stays(session) -> None:
    listing = made.draft()
    with pytest.raises(Conflict, match="last-item"):
        _do(actions.remove_item, newest_version(listing.id).id, _order(listing)[0], None)


def test_an_item_that_an_older_version_speaks_of_is_kept_for_it(session) -> None:
    listing = made.submitted(category="t-shirts", items=2)
    made.judge(listing, "reject")
    made.edited(listing)
    gone, kept = _order(listing)
    _do(actions.remove_item, newest_version(listing.id).id, gone, None)
    session.expire_all()
    assert _order(listing) == [kept]
    assert session.get(Item, gone) is not None


def test_an_approved_item_is_not_taken_out(session) -> None:
    listing = made.approved(category="t-shirts", items=2)
    made.edited(listing)
    with pytest.raises(Conflict, match="item-approved"):
        _do(actions.remove_item, newest_version(listing.id).id, _order(listing)[0], None)


def test_anothers_item_is_not_taken_out(session) -> None:
    mine, theirs = made.draft(category="t-shirts", items=2), made.draft()
    [foreign] = _order(theirs)
    _do(actions.remove_item, newest_version(mine.id).id, foreign, None)
    session.expire_all()
    assert _order(theirs) == [foreign]


def test_a_listing_takes_so_many_items(session) -> None:
    listing = made.empty_draft()
    version_id = newest_version(listing.id).id
    with unit_of_work():
        for _ in range(ITEMS_MOST - 1):
            actions.add_item(version_id, None)
    with pytest.raises(Conflict, match="too-many-items"):
        _do(actions.add_item, version_id, None)


def test_saving_and_adding_items_at_once_never_lock_each_other_out(session, race) -> None:
    """Each request saves, then adds: both take the version's lock twice."""
    listing = made.draft()
    part = made.part(listing)
    version_id, part_id = part.version_id, part.id
    session.commit()

    def adds(tab: str):
        def act() -> bool:
            for n in range(5):
                with unit_of_work():
                    actions.save_fields(version_id, part_id, {f"x.{tab}": n + 1}, 1, None, tab=tab)
                    actions.add_item(version_id, None)
            return True

        return act

    assert race(*map(adds, "abcd")) == [True] * 4
    session.rollback()
    assert len(_order(listing)) == 21
    assert made.part(listing).content["x"] == dict.fromkeys("abcd", 5)


def test_pictures_that_arrive_while_fields_are_saved(session, race) -> None:
    listing = made.empty_draft()
    part = made.part(listing)
    listing_id, version_id, part_id = listing.id, part.version_id, part.id
    session.commit()

    def receives(number: int):
        def act() -> int:
            with unit_of_work():
                return actions.receive_picture(listing_id, f"{number:064x}", "a.jpg", None).id

        return act

    def saves() -> bool:
        for n in range(6):
            with unit_of_work():
                actions.save_fields(version_id, part_id, {"brand": f"{n}"}, 1, None, tab="a")
        return True

    *pictures, saved = race(*map(receives, (1, 2, 3, 3, 4)), saves)
    session.rollback()
    content = made.part(listing).content
    assert saved is True and content["brand"] == "5"
    assert sorted(content["pictures"]) == sorted(set(pictures)) and len(set(pictures)) == 4


def test_the_same_bytes_are_one_picture_and_a_refused_one_is_looked_at_again(session) -> None:
    listing = made.empty_draft()
    first = _do(actions.receive_picture, listing.id, "a" * 64, "한\x00글.jpg" + "x" * 300, None)
    first_id = first.id
    assert first.file_name.startswith("한글.jpg") and len(first.file_name) == 200
    assert _do(actions.record_picture_refused, first_id, "picture-small", {"least": 500})
    assert not _do(actions.record_picture_ready, first_id, {}), "it was decided before"
    again = _do(actions.receive_picture, listing.id, "a" * 64, "b.jpg", None)
    assert again.id == first_id and again.state == "received"
    assert _do(actions.record_picture_ready, first_id, {"width": 900})
    session.expire_all()
    assert made.part(listing).content["pictures"] == [first_id]
    assert session.scalar(select(func.count(Picture.id))) == 1


def test_a_category_is_changed_and_every_answer_kept(session) -> None:
    listing = made.draft()
    before = dict(made.part(listing).content)
    _do(actions.change_category, newest_version(listing.id).id, "t-shirts", None)
    session.expire_all()
    assert listing.category_code == "t-shirts" and made.part(listing).content == before
    assert timeline_of(listing.id)[0].event == "category-changed"
    _do(actions.change_category, newest_version(listing.id).id, "t-shirts", None)
    assert [e.event for e in timeline_of(listing.id)].count("category-changed") == 1


def test_the_category_of_what_was_once_approved_is_fixed(session) -> None:
    listing = made.approved()
    made.edited(listing)
    with pytest.raises(Conflict, match="category-fixed"):
        _do(actions.change_category, newest_version(listing.id).id, "t-shirts", None)


def test_a_listing_put_away_gives_its_skus_back_and_stays_away(session) -> None:
    seller = people.seller()
    listing = made.draft(seller)
    listing_id, version_id = listing.id, newest_version(listing.id).id
    sku = made.first_item(listing).sku
    for _ in range(2):
        _do(actions.retire_listing, listing_id, None)
    session.expire_all()
    assert [e.event for e in timeline_of(listing_id)].count("retired") == 1
    fresh = made.draft(seller)
    made.save(fresh, {"sku": sku}, made.first_item(fresh))
    assert made.first_item(fresh).sku == sku
    for verb in (actions.submit, actions.revise):
        with pytest.raises(Conflict):
            _do(verb, version_id if verb is actions.submit else listing_id, None)


@pytest.mark.parametrize(("make", "why"), [("submitted", "in-review"), ("approved", "selling")])
def test_what_is_on_sale_or_in_review_is_not_put_away(session, make, why) -> None:
    listing = getattr(made, make)()
    with pytest.raises(Conflict, match=why):
        _do(actions.retire_listing, listing.id, None)


def test_submitting_against_putting_away_ends_one_way(session, race) -> None:
    for _ in range(6):
        listing = made.draft()
        listing_id, version_id = listing.id, newest_version(listing.id).id
        session.commit()

        def submits(version_id: int = version_id) -> str:
            with unit_of_work():
                actions.submit(version_id, None)
            return "submitted"

        def retires(listing_id: int = listing_id) -> str:
            with unit_of_work():
                actions.retire_listing(listing_id, None)
            return "retired"

        results = race(submits, retires)
        session.rollback()
        assert sum(isinstance(each, Conflict) for each in results) == 1, results
        stays = session.get(Listing, listing_id).retired_at is None
        assert stays == (newest_version(listing_id).state == "submitted")


def test_every_part_of_a_draft_belongs_to_its_version(session) -> None:
    listing = made.draft(category="t-shirts", items=3)
    parts = select(func.count(VersionPart.id)).where(
        VersionPart.version_id == newest_version(listing.id).id
    )
    assert session.scalar(parts) == 4
