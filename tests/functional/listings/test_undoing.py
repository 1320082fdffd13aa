"""Undo takes back one's last save, all of it, and never what somebody else wrote since."""

import pytest

from app.accounts.models import Person, Seller
from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.actions import ChangedSince, PartSave, Step
from app.listings.content import read
from app.listings.history import changes_of_step, full_paths
from app.listings.models import Listing
from app.listings.queries import newest_version
from tests.factories import listings as made
from tests.factories import people


@pytest.fixture
def listing(session) -> Listing:
    return made.draft()


@pytest.fixture
def me(session, listing) -> int:
    return people.owner_of(session.get(Seller, listing.seller_id)).id


@pytest.fixture
def other(session, listing) -> int:
    return people.member_of(session.get(Seller, listing.seller_id)).id


def _says(listing: Listing, path: str) -> object:
    return read(made.part(listing).content, path)


def _undo(listing: Listing, who: int) -> list[str]:
    """The paths that were put back."""
    version_id = newest_version(listing.id).id
    with unit_of_work():
        return full_paths(changes_of_step(version_id, actions.undo_last(version_id, who)))


def test_repeated_it_walks_back_through_ones_own_saves(listing, me) -> None:
    first = _says(listing, "brand")
    for brand in ("A", "B", "C"):
        made.save(listing, {"brand": brand}, who=me)
    seen = []
    for _ in range(3):
        _undo(listing, me)
        seen.append(_says(listing, "brand"))
    assert seen == ["B", "A", first]
    with pytest.raises(Conflict) as refused:
        _undo(listing, me)
    assert refused.value.code == "nothing-to-undo"


def test_after_an_undo_a_new_save_is_the_next_to_go(listing, me) -> None:
    for brand in ("A", "B"):
        made.save(listing, {"brand": brand}, who=me)
    _undo(listing, me)
    made.save(listing, {"brand": "C"}, who=me)
    _undo(listing, me)
    assert _says(listing, "brand") == "A"
    _undo(listing, me)
    assert _says(listing, "brand") == "온셸프"


def test_all_fields_of_one_save_go_together_the_items_too(session, listing, me) -> None:
    item = made.first_item(listing)
    before = item.sku, item.offer.price, item.stock.count
    product, row = made.part(listing), made.part(listing, item)
    version_id = product.version_id
    session.commit()
    with unit_of_work():
        values = {"sku": "NEW-1", "price": "9,900", "stock": "not many", "gtin": ""}
        saves = [PartSave(product.id, {"brand": "한강"}), PartSave(row.id, values)]
        actions.save_parts(version_id, saves, Step(me))
    paths = _undo(listing, me)
    session.refresh(item)
    assert (item.sku, item.offer.price, item.stock.count) == before
    assert _says(listing, "brand") == "온셸프" and not made.part(listing, item).content.get("typed")
    inner = ("sku", "price", "stock", "gtin")
    assert set(paths) == {"brand", *(f"items.{item.id}.{each}" for each in inner)}


def test_what_somebody_else_wrote_since_stays_and_is_named(session, listing, me, other) -> None:
    made.save(listing, {"brand": "Mine", "manufacturer": "Mine"}, who=me)
    made.save(listing, {"brand": "Theirs"}, who=other)
    with pytest.raises(ChangedSince) as refused:
        _undo(listing, me)
    [since] = refused.value.fields
    assert (since.path, since.name) == ("brand", session.get(Person, other).name)
    assert (_says(listing, "brand"), _says(listing, "manufacturer")) == ("Theirs", "Mine")


def test_others_saves_are_not_ones_own_to_take_back(listing, me, other) -> None:
    made.save(listing, {"brand": "Mine"}, who=me)
    made.save(listing, {"manufacturer": "Theirs"}, who=other)
    _undo(listing, me)
    assert (_says(listing, "brand"), _says(listing, "manufacturer")) == ("온셸프", "Theirs")


def test_once_the_other_has_taken_theirs_back_ones_own_can_go(listing, me, other) -> None:
    made.save(listing, {"brand": "Mine"}, who=me)
    made.save(listing, {"brand": "Theirs"}, who=other)
    _undo(listing, other)
    _undo(listing, me)
    assert _says(listing, "brand") == "온셸프"


def test_a_removed_picture_and_an_emptied_field_come_back(session, listing, me) -> None:
    pictures = _says(listing, "pictures")
    made.save(listing, {"pictures": [], "notice.fields.material": ""}, who=me)
    _undo(listing, me)
    assert _says(listing, "pictures") == pictures and _says(listing, "notice.fields.material")


def test_of_a_submitted_version_nothing_is_taken_back(session, listing, me) -> None:
    made.save(listing, {"brand": "Mine"}, who=me)
    made.submit(listing)
    with pytest.raises(Conflict) as refused:
        _undo(listing, me)
    assert refused.value.code == "not-a-draft"


def test_two_undos_at_once_take_back_one_save_each(session, listing, me, race) -> None:
    for brand in ("A", "B"):
        made.save(listing, {"brand": brand}, who=me)
    version_id = newest_version(listing.id).id
    session.commit()

    def undo() -> list[str]:
        with unit_of_work():
            return full_paths(changes_of_step(version_id, actions.undo_last(version_id, me)))

    assert race(undo, undo) == [["brand"], ["brand"]]
    session.expire_all()
    assert _says(listing, "brand") == "온셸프"
