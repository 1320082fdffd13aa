"""The table of items: many cells in one save, combinations in one press, items switched off."""

import re

import pytest
from sqlalchemy import event, func, select

from app.core.database import db
from app.listings.models import Change, Item, VersionPart
from app.listings.queries import content_of, newest_version
from tests.factories import listings as made


def _items(listing):
    return content_of(newest_version(listing.id))["items"]


def _cells(form, **columns):
    """What the table's script sends of some columns of every item."""
    ids = sorted({name.split(".")[1] for name in form if name.startswith("items.")}, key=int)
    sent = {k: v for k, v in form.items() if k.startswith("rev-") or k == "tab"}
    for column, values in columns.items():
        sent |= {f"items.{n}.{column}": v for n, v in zip(ids, values, strict=True)}
    return sent


def _told(answer, item_id):
    found = re.search(rf"#m-items-{item_id}\">(.*?)\n<div hx-swap-oob", answer.text, re.S)
    return found and found[1]


@pytest.fixture
def statements(session):
    """How many statements the database was sent."""
    seen = []

    def note(*args):
        seen.append(args[2])

    event.listen(db.engine, "before_cursor_execute", note)
    yield seen
    event.remove(db.engine, "before_cursor_execute", note)


def test_a_block_for_many_items_is_one_save_of_few_statements(
    session, seller, page, autosave, statements
) -> None:
    listing = made.draft(seller, "building-blocks", items=60)
    form = page(listing.id)
    prices, skus = [f"{n}0" for n in range(100, 160)], [f"X-{n}" for n in range(60)]
    statements.clear()
    answer = autosave(listing.id, _cells(form, price=prices, sku=skus))
    assert answer.status_code == 200
    assert len(statements) < 70, "however many items, a handful of statements"
    assert [(i["price"], i["sku"]) for i in _items(listing)] == [
        (int(price), sku) for price, sku in zip(prices, skus, strict=True)
    ]
    revisions = session.scalars(
        select(VersionPart.revision).where(VersionPart.item_id.is_not(None))
    )
    assert set(revisions) == {2}, "one save, one revision a part"


def test_items_may_change_their_skus_for_one_anothers(session, seller, page, autosave) -> None:
    listing = made.draft(seller, "building-blocks", items=3)
    skus = [i["sku"] for i in _items(listing)]
    turned = [*skus[1:], skus[0]]
    autosave(listing.id, _cells(page(listing.id), sku=turned))
    assert [i["sku"] for i in _items(listing)] == turned
    autosave(listing.id, _cells(page(listing.id), sku=["SAME", "SAME", "other"]))
    items = _items(listing)
    assert [i["sku"] for i in items] == ["SAME", "", "other"]
    assert items[1]["typed"] == {"sku": "SAME"}


def test_two_pages_in_one_table_merge_and_a_cell_both_changed_is_told_in_its_row(
    session, seller, page, autosave
) -> None:
    listing = made.draft(seller, "building-blocks", items=2)
    one, two = (i["id"] for i in _items(listing))
    first, second = page(listing.id), page(listing.id)
    autosave(listing.id, _cells(first, price=["11,000", "12,000"]))
    answer = autosave(
        listing.id,
        _cells(second) | {f"items.{one}.price": "13,000", f"items.{two}.stock": "5"},
    )
    assert "13000" in _told(answer, one) and "11000" in _told(answer, one)
    assert [(i["price"], i["stock"]) for i in _items(listing)] == [(11000, 30), (12000, 5)]
    mine = re.search(rf'name="mine.items.{one}.price" value="(\d+)"', answer.text)
    kept = {f"items.{one}.price": "13,000", f"mine.items.{one}.price": mine[1]}
    settled = autosave(listing.id, _cells(second) | kept)
    assert f'name="seen.items.{one}.price"' in settled.text
    assert _items(listing)[0]["price"] == 13000


def test_the_answer_tells_the_rows_that_changed_and_no_others(
    session, seller, page, autosave
) -> None:
    listing = made.draft(seller, "building-blocks", items=5)
    ids = [i["id"] for i in _items(listing)]
    form = page(listing.id)
    autosave(listing.id, _cells(form) | {f"items.{ids[0]}.stock": "3"})
    gtin = _items(listing)[4]["gtin"]
    answer = autosave(listing.id, _cells(form) | {f"items.{ids[1]}.gtin": gtin})
    rows = [int(n) for n in re.findall(r"#m-items-(\d+)\"", answer.text)]
    assert rows == [ids[1], ids[4]], "the cell's own item, and the one that now repeats it"
    again = autosave(listing.id, _cells(form) | {f"items.{ids[1]}.gtin": ""})
    assert [int(n) for n in re.findall(r"#m-items-(\d+)\"", again.text)] == [ids[1], ids[4]]


def test_kept_findings_are_what_judging_everything_finds(session, seller, page, autosave) -> None:
    """Whatever is saved in whatever order, the side list is that of a page drawn anew."""
    listing = made.draft(seller, "t-shirts", items=4)
    ids = [i["id"] for i in _items(listing)]
    form = page(listing.id)
    for sent in (
        {"brand": ""},
        {f"items.{ids[0]}.price": "12,345", f"items.{ids[1]}.stock": ""},
        {f"items.{ids[2]}.options.size": "s"},
        {f"items.{ids[0]}.off": "yes"},
        {f"items.{ids[1]}.stock": "4", "brand": "온"},
        {f"items.{ids[0]}.off": ""},
        {"options": ""},
    ):
        answer = autosave(listing.id, _cells(form) | sent)
        fresh = autosave(listing.id, {"tab": "other"}).text
        assert _todo(answer.text) == _todo(fresh) == _todo(_drawn(listing)), sent


def _drawn(listing):
    from app.journey.drafting.checking import judge

    found = judge(newest_version(listing.id)).findings
    return f'id="todo"<span class="tabular">{sum(f.severity == "blocks" for f in found)}</span>'


def _todo(text):
    return re.search(r'id="todo".*?<span class="tabular[^"]*">(\d+)</span>', text, re.S)[1]


def test_combinations_are_made_once_and_the_empty_item_is_the_first_of_them(
    session, client, seller, page
) -> None:
    listing = made.empty_draft(seller, "t-shirts")
    form = page(listing.id)
    form.setlist("options", ["", "size", "colour"])
    form["option_values.size"] = "S, 프리사이즈"
    form["option_values.colour"] = "블랙\n화이트;  블랙 "
    answer = client.post(f"/listings/{listing.id}/items/combinations", data=form)
    assert answer.status_code == 303
    assert [tuple(i["options"].values()) for i in _items(listing)] == [
        ("s", "블랙"), ("s", "화이트"), ("free", "블랙"), ("free", "화이트"),
    ]  # fmt: skip
    form = page(listing.id)
    form["option_values.colour"] = "블랙, 화이트, 네이비"
    client.post(f"/listings/{listing.id}/items/combinations", data=form)
    assert [i["options"]["colour"] for i in _items(listing)][4:] == ["네이비", "네이비"]


def test_more_than_two_hundred_are_refused_with_their_number_and_nothing_is_lost(
    session, client, seller, page
) -> None:
    listing = made.empty_draft(seller, "t-shirts")
    form = page(listing.id)
    form.setlist("options", ["", "size", "colour"])
    form["option_values.size"] = "xs, s, m, l, xl, 2xl, 3xl, free"
    form["option_values.colour"] = ", ".join(f"색 {n}" for n in range(200))
    answer = client.post(f"/listings/{listing.id}/items/combinations", data=form)
    assert answer.status_code == 409 and "1,600 items in all" in answer.text
    assert len(_items(listing)) == 1
    assert page(listing.id)["option_values.colour"] == form["option_values.colour"]


def test_an_item_switched_off_is_kept_and_neither_judged_nor_submitted(
    session, client, seller, page, autosave
) -> None:
    listing = made.draft(seller, "t-shirts", items=3)
    one, two, three = (i["id"] for i in _items(listing))
    form = page(listing.id)
    autosave(listing.id, _cells(form) | {f"items.{two}.price": "", f"items.{two}.off": "yes"})
    answer = client.get(f"/listings/{listing.id}/draft").text
    assert re.search(rf'<tr id="f-items-{two}"[^>]*class="is-off"', answer)
    made.submit(listing)
    made.judge(listing)
    sales = dict(session.execute(select(Item.id, Item.sale)).all())
    assert (sales[one], sales[two], sales[three]) == ("on", "never", "on")
    made.edited(listing)
    autosave(
        listing.id, _cells(page(listing.id)) | {f"items.{two}.off": "", f"items.{one}.off": "yes"}
    )
    assert [bool(i["off"]) for i in _items(listing)] == [False, False, False]


def test_an_items_own_pictures_are_named_by_their_files(session, seller, page, autosave) -> None:
    listing = made.draft(seller, "t-shirts", items=2)
    one = _items(listing)[0]["id"]
    chosen = content_of(newest_version(listing.id))["product"]["pictures"]
    form = page(listing.id)
    assert (
        "picture that can be used"
        not in autosave(listing.id, _cells(form) | {f"items.{one}.pictures": "FRONT.jpg"}).text
    )
    assert _items(listing)[0]["pictures"] == chosen
    assert page(listing.id)[f"items.{one}.pictures"] == "front.jpg"
    answer = autosave(listing.id, _cells(form) | {f"items.{one}.pictures": "front.jpg, side.jpg"})
    assert "side.jpg" in _told(answer, one)
    assert _items(listing)[0]["pictures"] == [*chosen, "side.jpg"]


def test_a_cell_that_was_left_as_it_is_makes_no_change(session, seller, page, client) -> None:
    listing = made.draft(seller, "t-shirts", items=3)
    client.post(f"/listings/{listing.id}/draft", data=page(listing.id))
    assert session.scalar(select(func.count()).select_from(Change)) == 0
