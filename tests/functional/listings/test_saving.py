"""Autosave is a three-way merge: nothing typed is lost, nothing is overwritten in silence."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from app.accounts.models import Seller
from app.core.errors import Conflict, NotFound
from app.core.unit_of_work import unit_of_work
from app.listings import actions
from app.listings.models import Change, Item, Listing
from app.listings.queries import content_of, newest_version
from tests.factories import listings as made
from tests.factories import people


def _content(listing: Listing) -> dict:
    return made.part(listing).content


def test_a_save_counts_its_revision_and_keeps_old_and_new(session) -> None:
    listing = made.empty_draft()
    me = people.owner_of(session.get(Seller, listing.seller_id)).id
    assert made.save(listing, {"name.ko": "컵"}).revision == 2
    result = made.save(listing, {"name.ko": "머그컵", "brand": "온"}, who=me)
    assert (result.revision, result.saved) == (3, ["name.ko", "brand"])
    assert _content(listing)["name"] == {"ko": "머그컵"}
    row = session.scalars(
        select(Change).where(Change.path == "name.ko", Change.revision == 3)
    ).one()
    assert (row.old, row.new, row.who) == ({"value": "컵"}, {"value": "머그컵"}, me)


def test_saving_what_stands_there_already_changes_nothing(session) -> None:
    listing = made.draft()
    before = made.part(listing).revision
    result = made.save(listing, {"brand": "온셸프", "name.en": "Onshelf Mugs", "nothing": ""})
    assert result.saved == [] and made.part(listing).revision == before


def test_two_pages_that_change_different_fields_both_win(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "한강"}, seen=drawn, tab="a")
    result = made.save(listing, {"manufacturer": "이천"}, seen=drawn, tab="b")
    assert not result.conflicts and result.foreign == ["brand"]
    assert (_content(listing)["brand"], _content(listing)["manufacturer"]) == ("한강", "이천")


def test_a_whole_stale_form_leaves_alone_what_its_person_did_not_touch(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "한강"}, seen=drawn, tab="a")
    result = made.save(listing, {"brand": "온셸프", "manufacturer": "이천"}, seen=drawn, tab="b")
    assert result.saved == ["manufacturer"] and not result.conflicts
    assert _content(listing)["brand"] == "한강"


def test_both_changed_one_field_gives_both_texts_who_and_when(session) -> None:
    listing = made.draft()
    other = people.member_of(session.get(Seller, listing.seller_id)).id
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "한강"}, seen=drawn, tab="a", who=other)
    result = made.save(listing, {"brand": "이천", "name.en": "Cup"}, seen=drawn, tab="b")
    [conflict] = result.conflicts
    assert (conflict.path, conflict.mine, conflict.theirs) == ("brand", "이천", "한강")
    assert conflict.who == other
    assert abs(datetime.now(UTC) - conflict.at) < timedelta(minutes=1)
    assert result.saved == ["name.en"], "the other fields of the form are saved all the same"
    assert _content(listing)["brand"] == "한강"


def test_both_typed_the_same_is_no_conflict(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "한강"}, seen=drawn, tab="a")
    result = made.save(listing, {"brand": "한강"}, seen=drawn, tab="b")
    assert result.conflicts == [] and result.saved == []


def test_a_page_never_conflicts_with_itself(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    for text in ("한", "한강", "한강 도자기"):
        result = made.save(listing, {"brand": text}, seen=drawn, tab="a")
        assert (result.saved, result.conflicts, result.foreign) == (["brand"], [], [])
    back = made.save(listing, {"brand": "온셸프"}, seen=drawn, tab="a")
    assert back.saved == ["brand"], "going back to what was drawn is a change too"
    assert _content(listing)["brand"] == "온셸프"


def test_a_page_without_a_name_conflicts_with_its_own_stale_self(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "한강"}, seen=drawn)
    assert made.save(listing, {"brand": "이천"}, seen=drawn).conflicts


def test_after_anothers_change_a_pages_own_older_one_is_no_excuse(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "하나"}, seen=drawn, tab="a")
    made.save(listing, {"brand": "둘"}, tab="b")
    untouched = made.save(listing, {"brand": "하나"}, seen=drawn, tab="a")
    assert untouched.saved == [] and not untouched.conflicts
    result = made.save(listing, {"brand": "셋"}, seen=drawn, tab="a")
    assert [c.theirs for c in result.conflicts] == ["둘"]


def test_a_conflict_is_settled_by_naming_the_revision_it_was_seen_at(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "둘"}, tab="b")
    seen = {"brand": made.part(listing).revision}
    mine = made.save(listing, {"brand": "셋"}, seen=drawn, tab="a", seen_later=seen)
    assert mine.saved == ["brand"] and not mine.conflicts and not mine.foreign


def test_a_change_after_the_settling_is_a_conflict_again(session) -> None:
    listing = made.draft()
    drawn = made.part(listing).revision
    made.save(listing, {"brand": "둘"}, tab="b")
    seen = {"brand": made.part(listing).revision}
    made.save(listing, {"brand": "넷"}, tab="c")
    result = made.save(listing, {"brand": "셋"}, seen=drawn, tab="a", seen_later=seen)
    assert [c.theirs for c in result.conflicts] == ["넷"]


def test_an_items_columns_are_merged_like_text(session) -> None:
    listing = made.draft()
    item = made.first_item(listing)
    drawn = made.part(listing, item).revision
    made.save(listing, {"price": "15,000원"}, item, seen=drawn, tab="a")
    result = made.save(listing, {"price": "16000", "stock": "7"}, item, seen=drawn, tab="b")
    [conflict] = result.conflicts
    assert (conflict.mine, conflict.theirs, result.saved) == (16000, 15000, ["stock"])
    session.refresh(item)
    assert (item.offer.price, item.stock.count) == (15000, 7)


@pytest.mark.parametrize("path", ["price", "list_price", "stock"])
@pytest.mark.parametrize(
    "typed", ["12,9x", "만이천", "-5", "99999999999", "1e5", "😀", -5, 2**40, 1.5]
)
def test_what_is_no_number_stays_as_typed_and_is_found_again(session, path, typed) -> None:
    listing = made.draft()
    item = made.first_item(listing)
    assert made.save(listing, {path: typed}, item).saved == [path]
    [content] = content_of(newest_version(listing.id))["items"]
    assert content[path] is None and content["typed"] == {path: str(typed)}
    again = made.save(listing, {path: str(typed)}, item)
    assert again.saved == [], "the page shows it and posts it back"
    made.save(listing, {path: "70"}, item)
    [content] = content_of(newest_version(listing.id))["items"]
    assert (content[path], content["typed"]) == (70, {})


@pytest.mark.parametrize("path", ["price", "list_price", "stock"])
def test_a_number_can_be_taken_away_even_a_zero(session, path) -> None:
    listing = made.draft()
    item = made.first_item(listing)
    made.save(listing, {path: "0"}, item)
    assert made.save(listing, {path: ""}, item).saved == [path]
    [content] = content_of(newest_version(listing.id))["items"]
    assert content[path] is None
    assert made.save(listing, {path: "0"}, item).saved == [path]


def test_a_taken_sku_is_kept_as_typed_until_it_is_free(session) -> None:
    seller = people.seller()
    first, second = made.draft(seller), made.draft(seller)
    [one], [two] = first.items, second.items
    made.save(first, {"sku": " MUG-1 "}, one)
    made.save(second, {"sku": "MUG-1"}, two)
    [content] = content_of(newest_version(second.id))["items"]
    assert (content["sku"], content["typed"]) == ("", {"sku": "MUG-1"})
    made.save(first, {"sku": "MUG-2"}, one)
    assert made.save(second, {"sku": "MUG-1"}, two).saved == ["sku"]
    [content] = content_of(newest_version(second.id))["items"]
    assert (content["sku"], content["typed"]) == ("MUG-1", {})


def test_an_item_thrown_away_with_its_edit_gives_its_sku_back(session) -> None:
    listing = made.approved(category="t-shirts", items=2)
    for _ in range(2):
        version_id = made.edited(listing).id
        with unit_of_work():
            added = actions.add_item(version_id, None).id
        made.save(listing, {"sku": "NEW-1"}, session.get(Item, added))
        session.expire_all()
        assert session.get(Item, added).sku == "NEW-1"
        with unit_of_work():
            actions.discard(version_id, None)


def test_an_item_taken_out_of_a_mended_draft_gives_its_sku_back(session) -> None:
    listing = made.submitted(category="t-shirts", items=2)
    made.judge(listing, "reject")
    version_id = made.edited(listing).id
    gone, kept = (item.id for item in listing.items)
    sku = session.get(Item, gone).sku
    with unit_of_work():
        actions.remove_item(version_id, gone, None)
    made.save(listing, {"sku": sku}, session.get(Item, kept))
    session.expire_all()
    assert session.get(Item, kept).sku == sku


def test_another_sellers_sku_is_free(session) -> None:
    first, second = made.draft(), made.draft()
    made.save(first, {"sku": "MUG-1"}, made.first_item(first))
    made.save(second, {"sku": "MUG-1"}, made.first_item(second))
    assert made.first_item(second).sku == "MUG-1"


def test_two_pages_that_type_one_sku_at_once(session, race) -> None:
    seller = people.seller()
    listings = [made.draft(seller) for _ in range(4)]
    parts = [(p.version_id, p.id) for x in listings for p in [made.part(x, made.first_item(x))]]
    session.commit()

    def types(version_id: int, part_id: int):
        def act() -> list[str]:
            with unit_of_work():
                return actions.save_fields(version_id, part_id, {"sku": "ONE"}, 1, None).saved

        return act

    assert race(*(types(*each) for each in parts)) == [["sku"]] * 4
    session.rollback()
    contents = [content_of(newest_version(x.id))["items"][0] for x in listings]
    assert sorted(c["sku"] for c in contents) == ["", "", "", "ONE"]
    assert sorted(c["typed"].get("sku", "") for c in contents) == ["", "ONE", "ONE", "ONE"]


def test_a_sku_of_any_length_is_kept_and_told(session) -> None:
    listing = made.draft()
    item = made.first_item(listing)
    long = "".join(f"{n:x}" for n in range(3000))
    made.save(listing, {"sku": long}, item)
    with pytest.raises(actions.NotReady) as refused, unit_of_work():
        actions.submit(newest_version(listing.id).id, None)
    assert [f.code for f in refused.value.findings if f.severity == "blocks"] == ["text-length"]
    assert content_of(newest_version(listing.id))["items"][0]["typed"] == {"sku": long}


def test_nul_is_left_out_and_all_else_is_kept(session) -> None:
    listing = made.draft()
    odd = "a\x00b 😀 \u202eشاي\u202c <script>alert(1)</script> {{ 7 }} %s \\ '\""
    made.save(listing, {"name.ko": odd, "attributes.x": ["\x00a"]})
    made.save(listing, {"sku": "S\x00KU", "price": "1\x00x"}, made.first_item(listing))
    content = content_of(newest_version(listing.id))
    assert content["product"]["name"]["ko"] == odd.replace("\x00", "")
    assert content["product"]["attributes"]["x"] == ["a"]
    assert (content["items"][0]["sku"], content["items"][0]["typed"]) == ("SKU", {"price": "1x"})


def test_very_long_text_is_kept(session) -> None:
    listing = made.draft()
    made.save(listing, {"description.ko": "가" * 200_000})
    assert len(_content(listing)["description"]["ko"]) == 200_000


def test_a_submitted_version_takes_no_save(session) -> None:
    listing = made.submitted()
    with pytest.raises(Conflict) as refused:
        made.save(listing, {"brand": "한강"})
    assert refused.value.code == "not-a-draft"


def test_a_part_of_another_version_is_not_found(session) -> None:
    mine, theirs = made.draft(), made.draft()
    version_id, part_id = newest_version(mine.id).id, made.part(theirs).id
    with pytest.raises(NotFound), unit_of_work():
        actions.save_fields(version_id, part_id, {"brand": "x"}, 1, None)


def test_price_and_stock_of_a_live_item_are_no_part_of_a_draft(session) -> None:
    listing = made.live()
    made.edited(listing)
    item = made.first_item(listing)
    price, count = item.offer.price, item.stock.count
    result = made.save(listing, {"price": "1", "stock": "1", "list_price": "9", "sku": "B"}, item)
    assert result.saved == ["sku"]
    session.refresh(item)
    assert (item.offer.price, item.stock.count, item.sku) == (price, count, "B")


def test_threads_that_save_different_fields_of_one_part_lose_nothing(session, race) -> None:
    listing = made.draft()
    part = made.part(listing)
    version_id, part_id, drawn = part.version_id, part.id, part.revision
    session.commit()
    paths = [f"notice.fields.f{n}" for n in range(8)]

    def saves(path: str):
        def act() -> list[str]:
            saved: list[str] = []
            for step in range(5):
                with unit_of_work():
                    result = actions.save_fields(
                        version_id, part_id, {path: f"{path} {step}"}, drawn, None, tab=path
                    )
                saved += result.saved
            return saved

        return act

    assert race(*map(saves, paths)) == [[path] * 5 for path in paths]
    session.rollback()
    fields = _content(listing)["notice"]["fields"]
    assert {path: fields[path.rpartition(".")[2]] for path in paths} == {p: f"{p} 4" for p in paths}
    assert made.part(listing).revision == drawn + 40
    assert session.scalar(select(func.count()).where(Change.part_id == part_id)) == 40


def test_threads_that_save_one_field_have_one_winner_a_round(session, race) -> None:
    listing = made.draft()
    for _ in range(10):
        part = made.part(listing)
        version_id, part_id, drawn = part.version_id, part.id, part.revision
        session.commit()

        def saves(tab: str, at: tuple[int, int, int] = (version_id, part_id, drawn)):
            def act() -> bool:
                with unit_of_work():
                    result = actions.save_fields(
                        at[0], at[1], {"brand": f"{tab} {at[2]}"}, at[2], None, tab=tab
                    )
                return bool(result.saved)

            return act

        assert sorted(race(*map(saves, "abc"))) == [False, False, True]
        session.rollback()
