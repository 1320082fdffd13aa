"""Mending makes a new picture in the old one's place; the file and the one before stay."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.errors import Conflict
from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.drafting.picture_names import PictureNames
from app.journey.imaging.mends import actions
from app.journey.imaging.queries import draft_pictures
from app.listings.actions import picturing
from app.listings.models import Change, Listing, Picture
from app.listings.queries import newest_version, reviewer_findings
from tests.factories import listings as made
from tests.factories import people
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]
HTMX = {"HX-Request": "true", "HX-Request-Type": "partial", "Accept-Language": "en"}
TALL = files.saved(files.quarters(600, 800), quality=92)


def mend(by: FlaskClient, of: Listing, picture_id: int, do: str, **fields: Any) -> Any:
    url = f"/listings/{of.id}/pictures/{picture_id}/mending"
    return by.post(url, data={"do": do, **fields}, headers=HTMX)


def crop(by: FlaskClient, of: Listing, picture_id: int, *numbers: str, **fields: str) -> Any:
    typed = dict(zip(("left", "top", "width", "height"), numbers, strict=True))
    url = f"/listings/{of.id}/pictures/{picture_id}/crop"
    return by.post(url, data=typed | fields, headers={"Accept-Language": "en"})


@pytest.fixture
def tall(kept: DirectoryStorage, session: Any, client: FlaskClient, run_tasks: Run) -> Listing:
    """A draft of the signed-in owner whose one picture is ready and taller than wide."""
    seller = people.seller()
    people.signed_in(client, people.owner_of(seller))
    draft = made.empty_draft(seller)
    send(client, draft, ("front.jpg", TALL))
    run_tasks()
    return draft


def shown(of: Listing) -> list[int]:
    return [picture.id for picture in pictures(of)]


def test_one_click_cures_what_was_found_and_keeps_the_one_before(
    client: FlaskClient, tall: Listing, run_tasks: Run, kept: DirectoryStorage
) -> None:
    [old] = shown(tall)
    url = f"/listings/{tall.id}/pictures"
    page = client.get(url, headers={"Accept-Language": "en"}).text
    finding = page.partition("the representative must be square")[2]
    assert "Crop to square" in finding.partition("</div>")[0]
    assert "picture-fill-trim" not in page, "only what cures is offered there"

    answer = mend(client, tall, old, "square")
    assert answer.status_code == 200 and "Mended. The one before is kept." in answer.text
    run_tasks()
    [new] = pictures(tall)
    assert (new.facts["width"], new.facts["height"], new.state) == (600, 600, "ready")
    assert new.made_from_id == old and new.edits == [{"do": "square"}]
    page = client.get(url, headers={"Accept-Language": "en"}).text
    assert "must be square" not in page and "Use the picture before" in page

    files_now = set(kept.keys())
    before = mend(client, tall, new.id, "before")
    assert before.status_code == 200 and shown(tall) == [old]
    assert set(kept.keys()) == files_now and run_tasks() == []


def test_it_takes_the_place_in_the_order_and_with_the_items_in_one_step(
    client: FlaskClient, kept: DirectoryStorage, session: Any, run_tasks: Run
) -> None:
    seller = people.seller()
    owner = people.owner_of(seller)
    people.signed_in(client, owner)
    draft = made.draft(seller, items=2)
    [first] = shown(draft)
    send(client, draft, ("tall.jpg", TALL))
    old = shown(draft)[1]
    item = made.first_item(draft)
    made.save(draft, {"pictures": [old, first]}, item)
    mend(client, draft, old, "turn", degrees="90")
    new = shown(draft)[1]
    assert shown(draft) == [first, new] and new != old
    own = made.part(draft, item)
    session.refresh(own)
    assert own.content["pictures"] == [new, first]
    assert len({row.step for row in session.query(Change) if new in (row.new["value"] or [])}) == 1
    assert PictureNames(newest_version(draft.id)).by_id[new] == "tall.jpg"

    client.post(f"/listings/{draft.id}/draft/undo")
    session.expire_all()
    assert shown(draft) == [first, old] and made.part(draft, item).content["pictures"][0] == old
    assert "tall.jpg" in client.get(f"/listings/{draft.id}/history").text


def test_the_same_wish_twice_is_one_picture_and_counts_once(
    client: FlaskClient, tall: Listing, session: Any, race: Any, run_tasks: Run
) -> None:
    [old] = shown(tall)
    answers = [mend(client, tall, old, "pad").status_code for _ in range(2)]
    assert answers == [200, 200] and len(shown(tall)) == 1

    def click() -> None:
        with unit_of_work():
            actions.mend(tall_id, new, {"do": "trim"}, None)

    tall_id, [new] = tall.id, shown(tall)
    session.commit()
    assert race(click, click) == [None, None]
    session.expire_all()
    assert session.query(Picture).filter_by(listing_id=tall_id).count() == 3
    assert [p.edits for p in pictures(tall)] == [[{"do": "pad"}, {"do": "trim"}]]


def test_turns_go_round_to_the_picture_as_it_came(client: FlaskClient, tall: Listing) -> None:
    [old] = shown(tall)
    for degrees in ("90", "270", "90", "90", "180"):
        answer = mend(client, tall, shown(tall)[0], "turn", degrees=degrees)
    assert shown(tall) == [old] and "The one before is kept" not in answer.text
    # Sent again, it is what it was.
    send(client, tall, ("front.jpg", TALL))
    assert shown(tall) == [old]


def test_the_file_as_it_came_may_come_again_beside_the_mended_one(
    client: FlaskClient, tall: Listing
) -> None:
    [old] = shown(tall)
    mend(client, tall, old, "square")
    [new] = shown(tall)
    send(client, tall, ("front.jpg", TALL))
    assert shown(tall) == [new, old]
    mend(client, tall, new, "before")
    assert shown(tall) == [old], "one picture stands in one place"


def test_a_mended_picture_is_mended_further_up_to_an_end(
    client: FlaskClient, tall: Listing, session: Any
) -> None:
    for n in range(20):
        typed = (f"0.{n + 11}", f"0.{n + 41}", f"98.{n + 11}", f"97.{n + 11}")
        assert crop(client, tall, shown(tall)[0], *typed).status_code == 303
    last = pictures(tall)[0]
    assert len(last.edits) == 20
    refused = mend(client, tall, last.id, "pad")
    assert refused.status_code == 422 and "mended 20 times already" in refused.text
    assert shown(tall) == [last.id]


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"do": "unknown"}, "no such way of mending"),
        ({"do": "crop", "box": "1"}, "no such way of mending"),
        ({"do": ""}, "no such way of mending"),
        ({"do": "turn"}, "by 90, 180 or 270 degrees"),
        ({"do": "turn", "degrees": "NaN"}, "by 90, 180 or 270 degrees"),
        ({"do": "turn", "degrees": "45"}, "by 90, 180 or 270 degrees"),
    ],
)
def test_what_is_no_mend_is_refused_in_words(
    client: FlaskClient, tall: Listing, fields: dict[str, str], said: str
) -> None:
    [old] = shown(tall)
    answer = mend(client, tall, old, **fields)
    assert answer.status_code == 422 and said in html.unescape(answer.text)
    assert shown(tall) == [old]


def test_a_crop_by_hand(client: FlaskClient, tall: Listing, run_tasks: Run) -> None:
    [old] = shown(tall)
    url = f"/listings/{tall.id}/pictures/{old}/crop"
    page = client.get(url, headers={"Accept-Language": "en"}).text
    assert f"/pictures/{old}/1200" in page and 'name="left"' in page
    looked = crop(client, tall, old, "10", "0", "50", "100", look="1")
    assert looked.status_code == 200 and 'x="60.0"' in looked.text and shown(tall) == [old]
    wrong = crop(client, tall, old, "NaN", "0", "150", "0")
    assert wrong.status_code == 422 and 'value="NaN"' in wrong.text and 'value="150"' in wrong.text
    assert "“NaN”: write a number" in wrong.text and "leave 1% or more" in wrong.text
    answer = crop(client, tall, old, "0", "0", "100", "75", back=f"/listings/{tall.id}/draft#x")
    [new] = shown(tall)
    assert answer.headers["Location"].endswith(f"/listings/{tall.id}/draft#f-pictures-{new}")
    run_tasks()
    assert pictures(tall)[0].facts["height"] == 600
    assert crop(client, tall, old, "0", "0", "100", "75").status_code == 303, "a double click"
    assert shown(tall) == [new]


def test_what_cannot_be_mended_says_so(
    client: FlaskClient, tall: Listing, session: Any, run_tasks: Run
) -> None:
    [old] = shown(tall)
    send(client, tall, ("broken.jpg", b"\xff\xd8\xff" + b"\x00" * 5000))
    run_tasks()
    broken = shown(tall)[1]
    answer = mend(client, tall, broken, "pad")
    assert answer.status_code == 409 and "cannot be mended" in answer.text
    assert client.get(f"/listings/{tall.id}/pictures/{broken}/crop").status_code == 409
    client.post(f"/listings/{tall.id}/pictures/{old}/removal")
    gone = mend(client, tall, old, "pad")
    assert gone.status_code == 409 and "no longer in the draft" in gone.text
    assert mend(client, tall, broken, "before").status_code == 409
    other = made.picture(made.empty_draft())
    session.commit()
    assert mend(client, tall, other.id, "pad").status_code == 404


def test_what_was_submitted_is_not_mended(
    client: FlaskClient, kept: DirectoryStorage, session: Any
) -> None:
    seller = people.seller()
    people.signed_in(client, people.owner_of(seller))
    sent = made.submitted(seller)
    [old] = shown(sent)
    answer = mend(client, sent, old, "pad")
    assert answer.status_code == 409 and "was submitted" in answer.text
    url = f"/listings/{sent.id}/pictures/{old}/crop"
    assert client.get(url).status_code == 409 and client.post(url).status_code == 409
    page = client.get(f"/listings/{sent.id}/pictures").text
    assert "/mending" not in page
    with pytest.raises(Conflict), unit_of_work():
        actions.mend(sent.id, old, {"do": "pad"}, None)


def test_a_reviewers_remark_on_the_old_one_counts_as_mended(
    kept: DirectoryStorage, session: Any
) -> None:
    listing = made.submitted()
    [old] = shown(listing)
    made.judge(listing, "request-changes", f"pictures.{old}", "picture-text")
    version = made.edited(listing)
    with unit_of_work():
        new = actions.mend(listing.id, old, {"do": "trim"}, None).id
    session.expire_all()
    [remark] = reviewer_findings(newest_version(listing.id))
    assert remark.cleared_at is not None
    assert [each.id for each in draft_pictures(version)] == [new]


def test_a_copy_has_the_mended_picture(
    client: FlaskClient, tall: Listing, session: Any, run_tasks: Run
) -> None:
    [old] = shown(tall)
    mend(client, tall, old, "square")
    with unit_of_work():
        copy = made.actions.copy_listing(tall.id, None)
    run_tasks()
    [copied] = pictures(copy)
    assert copied.edits == [{"do": "square"}] and copied.facts["width"] == 600


def test_transparency_is_advised_on_until_it_is_flattened(
    client: FlaskClient, tall: Listing, run_tasks: Run
) -> None:
    clear = files.quarters(600, 600).convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 300, 600))
    send(client, tall, ("clear.png", files.saved(clear, "PNG")))
    run_tasks()
    place = shown(tall)[1]
    page = client.get(f"/listings/{tall.id}/pictures", headers={"Accept-Language": "en"}).text
    told = page.partition("50% of the picture is transparent")[2]
    assert "Flatten" in told.partition("</div>")[0]
    mend(client, tall, place, "flatten")
    run_tasks()
    codes = [row["code"] for row in pictures(tall)[1].facts["rows"] if not row["ok"]]
    assert "picture-transparent" not in codes


def test_a_seller_of_another_company_finds_nothing(
    client: FlaskClient, tall: Listing, session: Any
) -> None:
    [old] = shown(tall)
    people.signed_in(client, people.owner_of(people.seller()))
    assert mend(client, tall, old, "pad").status_code == 404
    assert client.get(f"/listings/{tall.id}/pictures/{old}/crop").status_code == 404


def test_a_picture_that_waits_may_be_turned_already(
    seller: FlaskClient, listing: Listing, run_tasks: Run
) -> None:
    send(seller, listing, ("tall.jpg", TALL))
    mend(seller, listing, pictures(listing)[0].id, "turn", degrees="90")
    page = seller.get(f"/listings/{listing.id}/pictures/{pictures(listing)[0].id}/crop")
    assert page.status_code == 200 and "data-crop-lines" not in page.text
    run_tasks()
    assert pictures(listing)[0].facts["width"] == 800


def test_a_page_that_shows_the_one_before_does_not_bring_it_back(
    client: FlaskClient, tall: Listing
) -> None:
    [old] = shown(tall)
    mend(client, tall, old, "square")
    [new] = shown(tall)
    here = f"/listings/{tall.id}/pictures/{old}"
    moved = client.post(f"{here}/place", data={"position": "0"}, headers=HTMX)
    assert moved.status_code == 409 and "no longer in the draft" in moved.text
    assert client.post(f"{here}/removal", headers=HTMX).status_code == 409
    assert shown(tall) == [new]


def test_likes_are_looked_for_anew_as_pictures_go_and_come(
    client: FlaskClient, tall: Listing, session: Any, run_tasks: Run
) -> None:
    def alike() -> list[bool]:
        session.expire_all()
        rows = [[r["code"] for r in p.facts["rows"] if not r["ok"]] for p in pictures(tall)]
        return ["picture-alike" in codes for codes in rows]

    [old] = shown(tall)
    send(client, tall, ("again.jpg", files.saved(files.quarters(601, 800), quality=90)))
    run_tasks()
    assert alike() == [False, True]
    mend(client, tall, old, "turn", degrees="90")
    run_tasks()
    assert alike() == [False, False]
    client.post(f"/listings/{tall.id}/draft/undo")
    assert shown(tall)[0] == old and alike() == [True, False]


def test_mended_ones_that_nobody_shows_hide_no_like(
    client: FlaskClient, tall: Listing, session: Any, run_tasks: Run
) -> None:
    for n in range(11):
        crop(client, tall, shown(tall)[0], "0", f"0.{n + 11}", "100", "99.5")
        client.post(f"/listings/{tall.id}/draft/undo")
    run_tasks()
    assert session.query(Picture).filter_by(listing_id=tall.id, state="ready").count() == 12
    send(client, tall, ("again.jpg", files.saved(files.quarters(601, 800), quality=90)))
    run_tasks()
    page = client.get(f"/listings/{tall.id}/pictures", headers={"Accept-Language": "en"}).text
    assert "nearly the same as front.jpg" in page


def test_only_so_many_mended_pictures_are_kept(
    client: FlaskClient, tall: Listing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(picturing, "MOST_MENDED", 1)
    [old] = shown(tall)
    mend(client, tall, old, "square")
    [new] = shown(tall)
    refused = mend(client, tall, new, "flatten")
    assert refused.status_code == 409 and "up to 1 mended pictures" in refused.text
    # What is kept already is there to go back to.
    mend(client, tall, new, "before")
    assert mend(client, tall, old, "square").status_code == 200 and shown(tall) == [new]


def test_a_mend_that_failed_time_after_time_is_tried_again_by_the_next_wish(
    client: FlaskClient, tall: Listing, session: Any, run_tasks: Run
) -> None:
    [old] = shown(tall)
    mend(client, tall, old, "square")
    made_of = pictures(tall)[0]
    made_of.state, made_of.facts = "refused", {"code": "picture-unprocessed", "message": {}}
    mend(client, tall, made_of.id, "before")
    mend(client, tall, old, "square")
    run_tasks()
    session.expire_all()
    assert [p.state for p in pictures(tall)] == ["ready"] and shown(tall) == [made_of.id]
