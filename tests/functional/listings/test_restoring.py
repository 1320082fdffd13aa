"""Earlier contents come back as ordinary saves: whole versions, and points of a draft."""

import pytest
from sqlalchemy import select

from app.accounts.models import Seller
from app.core.errors import Conflict, NotFound
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.history import changes_of_step, full_paths
from app.listings.models import Change, Listing, TimelineEntry
from app.listings.queries import content_of, items_of, newest_version
from tests.factories import listings as made
from tests.factories import people


def _content(listing: Listing) -> dict:
    return content_of(newest_version(listing.id))


def _restore(listing: Listing, no: int, who: int | None = None) -> list[str]:
    """The paths that were written."""
    source = next(v for v in listing.versions if v.no == no)
    with unit_of_work():
        return _written(listing, actions.restore_version(listing.id, source.id, who))


def _written(listing: Listing, step: str) -> list[str]:
    return full_paths(changes_of_step(newest_version(listing.id).id, step))


def _left(listing: Listing, no: int) -> list[str]:
    source = next(v for v in listing.versions if v.no == no)
    return actions.not_restored(source, newest_version(listing.id))


def _undo(listing: Listing, who: int) -> None:
    with unit_of_work():
        actions.undo_last(newest_version(listing.id).id, who)


def test_a_whole_version_comes_back_and_goes_again_by_undo(session) -> None:
    listing = made.submitted(items=2)
    made.judge(listing, "reject")
    was = _content(listing)
    made.edited(listing)
    item = made.first_item(listing)
    made.save(listing, {"brand": "한강", "attributes.volume": None})
    made.save(listing, {"gtin": "", "gtin_reason": "직접 만든 상품"}, item)
    changed = _content(listing)
    me = people.owner_of(session.get(Seller, listing.seller_id)).id

    restored = _restore(listing, 1, me)
    assert _content(listing) == was and _left(listing, 1) == []
    assert set(restored) == {
        "brand", "attributes.volume",
        f"items.{item.id}.gtin", f"items.{item.id}.gtin_reason",
    }  # fmt: skip
    events = select(TimelineEntry.event).where(TimelineEntry.listing_id == listing.id)
    assert "restored" in session.scalars(events).all()

    _undo(listing, me)
    assert _content(listing)["product"]["brand"] == changed["product"]["brand"]
    assert _content(listing)["items"][0]["gtin_reason"] == "직접 만든 상품"


def test_the_same_again_writes_nothing(session) -> None:
    listing = made.submitted()
    made.judge(listing, "reject")
    made.edited(listing)
    made.save(listing, {"brand": "한강"})
    assert _restore(listing, 1) == ["brand"]
    count = len(session.scalars(select(Change)).all())
    assert _restore(listing, 1) == [] and _restore(listing, 2) == []
    assert len(session.scalars(select(Change)).all()) == count


def test_without_a_draft_an_edit_is_started(session) -> None:
    listing = made.submitted()
    made.judge(listing, "request-changes")
    made.edited(listing)
    made.save(listing, {"brand": "한강"})
    made.submit(listing)
    made.judge(listing, "reject")
    _restore(listing, 1)
    newest = newest_version(listing.id)
    assert (newest.no, newest.state) == (3, "draft")
    assert _content(listing)["product"]["brand"] == "온셸프"


def test_while_it_is_in_review_nothing_comes_back(session) -> None:
    listing = made.submitted()
    made.judge(listing, "reject")
    made.edited(listing)
    made.submit(listing)
    with pytest.raises(Conflict):
        _restore(listing, 1)


def test_what_the_first_approval_fixed_stays_and_is_told(session) -> None:
    listing = made.submitted(items=2)
    made.judge(listing, "request-changes")
    version = made.edited(listing)
    first = items_of(version)[0]
    made.save(listing, {"options.colour": "노랑"}, first)
    made.save(listing, {"brand": "한강"})
    made.submit(listing)
    made.judge(listing)
    assert _restore(listing, 1) == ["brand"]
    assert _left(listing, 1) == [f"items.{first.id}.options.colour"]


def test_items_taken_out_since_come_back_and_later_ones_are_switched_off(session) -> None:
    listing = made.submitted(items=2)
    made.judge(listing, "reject")
    edit = made.edited(listing)
    first, second = items_of(edit)
    with unit_of_work():
        actions.remove_item(edit.id, second.id, None)
        third = actions.add_item(edit.id, None).id
    me = people.owner_of(session.get(Seller, listing.seller_id)).id
    _restore(listing, 1, me)
    items = {item["id"]: item for item in _content(listing)["items"]}
    assert {number: bool(item["off"]) for number, item in items.items()} == {
        first.id: False, second.id: False, third: True,
    }  # fmt: skip
    assert items[second.id]["options"] and items[second.id]["sku"] == second.sku
    _undo(listing, me)
    items = {item["id"]: item for item in _content(listing)["items"]}
    assert bool(items[second.id]["off"]) and not items[third]["off"]


def test_a_draft_goes_back_to_a_point_and_forward_again_by_undo(session) -> None:
    listing = made.draft()
    me = people.owner_of(session.get(Seller, listing.seller_id)).id
    item = made.first_item(listing)
    for brand in ("A", "B", "C"):
        made.save(listing, {"brand": brand}, who=me)
    made.save(listing, {"price": "5,000"}, item, who=me)
    at = session.scalars(
        select(Change.id).where(Change.path == "brand").order_by(Change.id)
    ).first()
    with unit_of_work():
        restored = actions.restore_point(newest_version(listing.id).id, at, me)
    assert set(_written(listing, restored)) == {"brand", f"items.{item.id}.price"}
    assert (_content(listing)["product"]["brand"], item.offer.price) == ("A", 19900)
    _undo(listing, me)
    session.refresh(item.offer)
    assert (_content(listing)["product"]["brand"], item.offer.price) == ("C", 5000)


def test_of_another_listing_nothing_comes_back(session) -> None:
    listing, other = made.draft(), made.draft()
    made.save(other, {"brand": "Theirs"})
    point = session.scalars(select(Change.id)).one()
    with pytest.raises(NotFound), unit_of_work():
        actions.restore_version(listing.id, newest_version(other.id).id, None)
    with pytest.raises(NotFound), unit_of_work():
        actions.restore_point(newest_version(listing.id).id, point, None)
