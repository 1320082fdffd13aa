"""The history of a listing, and the ways back from its pages."""

import re
from functools import partial

import pytest
from sqlalchemy import select

from app.journey.drafting import history
from app.listings.history import last_step
from app.listings.models import Change
from app.listings.queries import content_of, newest_version
from tests.factories import listings as made
from tests.factories import people


def _brand(listing) -> str:
    return content_of(newest_version(listing.id))["product"]["brand"]


def _text(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def test_saves_of_one_page_in_one_go_are_one_entry_old_and_new(session, seller) -> None:
    listing = made.draft(seller)
    me = people.owner_of(seller).id
    for brand in ("한", "한강", "한강상회"):
        made.save(listing, {"brand": brand}, who=me, tab="a")
    made.save(listing, {"manufacturer": "이천"}, who=me, tab="b")
    [view] = history.history_of(listing).versions
    told = [[(f.label.en, f.old.en, f.new.en) for f in entry.lines] for entry in view.entries]
    assert told == [
        [("Manufacturer", "한빛상사", "이천")],
        [("Brand", "온셸프", "한강상회")],
    ]


def test_values_read_as_people_write_them(session, seller, client) -> None:
    listing = made.draft(seller)
    text = "두툼한 도자기 머그컵입니다. 전자레인지에 쓸 수 있고 손잡이가 넓습니다. 아주 튼튼합니다."
    made.save(listing, {"description.ko": text})
    made.save(listing, {"description.ko": text.replace("도자기", "유리"), "shipping.fee": 2500})
    made.save(listing, {"price": "9,900"}, made.first_item(listing))
    page = client.get(f"/listings/{listing.id}/history").text
    assert "<del>도자기</del><ins>유리</ins>" in page
    assert "<del>3,000 won</del>" in page and "<ins>2,500 won</ins>" in page
    assert "<ins>9,900 won</ins>" in page and "Item 1" in page


def test_every_version_stands_there_with_its_verdict(session, seller, client) -> None:
    listing = made.submitted(seller)
    made.judge(listing, "reject")
    made.edited(listing)
    made.save(listing, {"brand": "한강"}, who=people.owner_of(seller).id)
    text = _text(client.get(f"/listings/{listing.id}/history"))
    assert text.index("Version 2") < text.index("한강") < text.index("Version 1")
    assert "Rejected" in text and people.owner_of(seller).name in text


def test_long_ones_are_read_page_by_page_and_no_save_is_cut(
    session, seller, client, monkeypatch
) -> None:
    monkeypatch.setattr(history, "PAGE", 3)
    listing = made.draft(seller)
    me = people.owner_of(seller).id
    for n in range(4):
        made.save(listing, {"brand": f"B{n}", "manufacturer": f"M{n}"}, who=me, tab=str(n))
    seen, before = [], None
    while True:
        page = history.history_of(listing, before)
        seen += [len(entry.lines) for view in page.versions for entry in view.entries]
        before = page.next
        if before is None:
            break
    assert seen == [2, 2, 2, 2]
    assert 'rel="next"' in client.get(f"/listings/{listing.id}/history").text


def test_undo_from_the_page_tells_what_it_took_back(session, seller, client, page) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    form["brand"] = "Typed"
    assert client.post(f"/listings/{listing.id}/draft", data=form).status_code == 303
    form = page(listing.id)
    answer = client.post(f"/listings/{listing.id}/draft/undo", data=form)
    assert answer.status_code == 303 and _brand(listing) == "온셸프"
    assert "Your last save is taken back." in _text(client.get(answer.location))
    assert "Changed: Brand." in _text(client.get(answer.location))


def test_a_second_click_takes_back_no_more(session, seller, client, page) -> None:
    listing = made.draft(seller)
    me = people.owner_of(seller).id
    for brand in ("A", "B"):
        made.save(listing, {"brand": brand}, who=me)
    form = page(listing.id)
    answers = [client.post(f"/listings/{listing.id}/draft/undo", data=form) for _ in range(2)]
    assert [answer.location for answer in answers] == [answers[0].location] * 2
    assert _brand(listing) == "A"


def test_two_clicks_at_once_take_back_one_save(app, session, seller, client, race) -> None:
    listing = made.draft(seller)
    me = people.owner_of(seller)
    me_id, url = me.id, f"/listings/{listing.id}/draft/undo"
    clicks = [people.signed_in(app.test_client(), me) for _ in range(2)]
    for turn in range(10):
        for brand in ("A", "B"):
            made.save(listing, {"brand": f"{brand}{turn}"}, who=me_id)
        version_id = newest_version(listing.id).id
        form = {"step": last_step(version_id, me_id)}
        session.commit()
        race(*(partial(each.post, url, data=form) for each in clicks))
        session.expire_all()
        assert _brand(listing) == f"A{turn}"


def test_what_was_typed_and_not_saved_is_what_goes_first(session, seller, client, page) -> None:
    listing = made.draft(seller)
    form = page(listing.id)
    form["brand"] = "Typed"
    client.post(f"/listings/{listing.id}/draft/undo", data=form)
    assert _brand(listing) == "온셸프"
    paths = session.scalars(select(Change.new).where(Change.path == "brand")).all()
    assert {"value": "Typed"} in paths, "it is in the history, not lost"


def test_refused_where_another_wrote_since_with_field_and_name(session, seller, client) -> None:
    listing = made.draft(seller)
    other = people.member_of(seller)
    made.save(listing, {"brand": "Mine"}, who=people.owner_of(seller).id)
    made.save(listing, {"brand": "Theirs"}, who=other.id)
    answer = client.post(f"/listings/{listing.id}/draft/undo")
    assert answer.status_code == 409 and _brand(listing) == "Theirs"
    assert f"Brand: {other.name} changed it" in _text(answer)


def test_with_nothing_to_take_back_it_says_so(session, seller, client) -> None:
    answer = client.post(f"/listings/{made.draft(seller).id}/draft/undo")
    assert answer.status_code == 409 and "nothing of yours to take back" in _text(answer)


def test_an_autosave_names_the_save_that_undo_would_take_back(
    session, seller, page, autosave
) -> None:
    listing = made.draft(seller)
    form = {k: v for k, v in page(listing.id).items() if k.startswith("rev-") or k == "tab"}
    answer = autosave(listing.id, form | {"brand": "Typed"})
    step = session.scalars(select(Change.step)).one()
    assert f'name="step" value="{step}"' in answer.text


def test_a_version_is_restored_from_the_page(session, seller, client) -> None:
    listing = made.submitted(seller)
    made.judge(listing, "reject")
    made.edited(listing)
    made.save(listing, {"brand": "한강"})
    for _ in range(2):
        answer = client.post(f"/listings/{listing.id}/restorations", data={"version": "1"})
        assert answer.status_code == 303 and _brand(listing) == "온셸프"
    said = _text(client.get(answer.location))
    assert "The content of version 1 is back in this draft. Nothing differed" in said


def test_two_clicks_at_once_begin_one_edit(app, session, seller, client, race) -> None:
    clicks = [people.signed_in(app.test_client(), people.owner_of(seller)) for _ in range(2)]
    for _ in range(3):
        listing = made.submitted(seller)
        made.judge(listing, "reject")
        url, data = f"/listings/{listing.id}/restorations", {"version": "1"}
        session.commit()
        answers = race(*(partial(each.post, url, data=data) for each in clicks))
        assert [answer.status_code for answer in answers] == [303, 303]


def test_the_draft_goes_back_to_a_point_from_the_page(session, seller, client) -> None:
    listing = made.draft(seller)
    for n, brand in enumerate(("A", "B")):
        made.save(listing, {"brand": brand}, tab=str(n))
    found = re.findall(
        r'name="point" value="(\d+)"', client.get(f"/listings/{listing.id}/history").text
    )
    assert len(found) == 1, "the newest is where the draft stands"
    answer = client.post(f"/listings/{listing.id}/restorations", data={"point": found[0]})
    assert _brand(listing) == "A" and "back at that point" in _text(client.get(answer.location))


@pytest.mark.parametrize("data", [{"version": "9"}, {"point": "999999"}, {}, {"version": "x"}])
def test_what_is_not_there_is_not_restored(session, seller, client, data) -> None:
    answer = client.post(f"/listings/{made.draft(seller).id}/restorations", data=data)
    assert answer.status_code == 404


def test_anothers_point_is_not_there(session, seller, client) -> None:
    theirs = made.draft()
    made.save(theirs, {"brand": "Theirs"})
    point = session.scalars(select(Change.id)).one()
    listing = made.draft(seller)
    answer = client.post(f"/listings/{listing.id}/restorations", data={"point": str(point)})
    assert answer.status_code == 404
    assert "Theirs" not in client.get(f"/listings/{listing.id}/history?before={point + 1}").text
