"""What was measured stands beside the picture and counts with the draft; likeness is told."""

import html
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import ImageFilter

from app.accounts.models import Seller
from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import actions, verdict
from app.journey.imaging.measured import Limits
from app.listings.models import Finding, Listing
from app.listings.queries import newest_version
from app.taxonomy.definitions import LookRule, PictureRules
from tests.factories import listings, people
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]
GREY = files.saved(files.goods(0.6, ground="#d8d8d8"), quality=92)


def drawn(client: FlaskClient, listing: Listing, language: str = "en", path: str = "") -> str:
    url = f"/listings/{listing.id}/{path or 'pictures'}"
    return html.unescape(client.get(url, headers={"Accept-Language": language}).text)


def codes(listing: Listing, place: int = 0) -> list[str]:
    return [row["code"] for row in pictures(listing)[place].facts["rows"] if not row["ok"]]


@pytest.fixture
def at_home(kept: DirectoryStorage, session: Any, client: FlaskClient) -> Seller:
    """A seller whose owner is signed in."""
    seller = people.seller()
    people.signed_in(client, people.owner_of(seller))
    return seller


def test_a_ready_picture_says_what_would_better_it_in_numbers(
    seller: FlaskClient, listing: Listing, run_tasks: Run
) -> None:
    send(seller, listing, ("grey.jpg", GREY))
    run_tasks()
    assert pictures(listing)[0].state == "ready"
    page = drawn(seller, listing)
    assert (
        "0% of the border is white; it needs 75%." in page
        and "Put a picture with a white background first." in page
    )
    assert "The product takes up 60% of the frame" in page
    assert "finding-limits" in page and "finding-advice" in page
    page = drawn(seller, listing, "ko")
    assert "가장자리의 0%만 흰색입니다." in page and "상품이 화면의 60%를 차지합니다." in page


def test_what_is_asked_of_the_representative_alone_is_not_said_of_the_next(
    seller: FlaskClient, listing: Listing, run_tasks: Run
) -> None:
    white = files.saved(files.goods(0.9, colour="#803030"), quality=92)
    send(seller, listing, ("white.jpg", white), ("grey.jpg", GREY))
    run_tasks()
    assert codes(listing) == [] and "picture-ground" in codes(listing, 1)
    assert "of the border is white; it needs" not in drawn(seller, listing)
    moved = f"/listings/{listing.id}/pictures/{pictures(listing)[1].id}/place"
    seller.post(moved, data={"position": "0"})
    assert "of the border is white; it needs" in drawn(seller, listing)


def test_it_counts_with_the_draft_and_goes_along_to_the_reviewer(
    at_home: Seller, client: FlaskClient, run_tasks: Run, session: Any
) -> None:
    draft = listings.draft(at_home)
    send(client, draft, ("grey.jpg", GREY))
    run_tasks()
    before = drawn(client, draft, path="draft")
    assert "grey.jpg" in before and "of the border is white" not in before, "it is the second one"
    grey = pictures(draft)[1]
    client.post(f"/listings/{draft.id}/pictures/{grey.id}/place", data={"position": "0"})
    todo = drawn(client, draft, path="draft").partition('id="todo"')[2]
    assert "of the border is white" in todo and "+4" in todo
    listings.submit(draft)
    kept = session.query(Finding).filter_by(version_id=newest_version(draft.id).id)
    assert {f.code: (f.source, f.severity) for f in kept}["picture-ground"] == ("picture", "limits")


def test_a_category_asks_less_or_nothing(
    at_home: Seller, client: FlaskClient, run_tasks: Run
) -> None:
    small = files.saved(files.goods(0.75), quality=92)
    said = {}
    for category in ("mugs", "t-shirts"):
        draft = listings.empty_draft(at_home, category)
        send(client, draft, ("small.jpg", small))
        run_tasks()
        said[category] = [c for c in codes(draft) if c != "picture-alike"]
    assert said == {"mugs": ["picture-fill"], "t-shirts": []}


def test_a_category_may_refuse_a_file_for_what_is_asked_of_every_picture(
    kept: DirectoryStorage,
) -> None:
    blocks = LookRule(severity="blocks")
    rules = PictureRules(sharpness=blocks, whiteness=blocks)
    limits = Limits(20 * 1024 * 1024, 40_000_000, 500, 10_000, rules)
    blurred = files.goods(ground="#d8d8d8").filter(ImageFilter.GaussianBlur(5))
    found = verdict.examine(kept.put(files.saved(blurred, quality=92)).key, limits)
    assert found.code == "picture-blurred" and "40 or more" in found.facts["message"]["en"]
    # Any picture may stand first one day, so what is asked of that one alone refuses no file.
    assert verdict.examine(kept.put(GREY).key, limits).code == ""


def test_a_picture_nearly_the_same_is_told_with_the_way_there(
    at_home: Seller, client: FlaskClient, run_tasks: Run
) -> None:
    photograph = files.goods(0.9)
    one = listings.draft(at_home, changes={"name.ko": "파란 컵", "name.en": "Blue cup"})
    send(client, one, ("front.jpg", files.saved(photograph, quality=92)))
    run_tasks()
    again = listings.empty_draft(at_home)
    resized = files.saved(photograph.resize((640, 640)), quality=70)
    green = files.saved(files.goods(0.9, colour="#2a8c3a"), quality=92)
    send(client, again, ("copy.jpg", resized), ("green.jpg", green))
    run_tasks()
    assert "picture-alike" in codes(again) and "picture-alike" not in codes(again, 1)
    page = drawn(client, again)
    assert "nearly the same as front.jpg of Blue cup." in page
    assert f'href="/listings/{one.id}"' in page and "Open that listing" in page
    assert "front.jpg (파란 컵)" in drawn(client, again, "ko")


def test_only_what_is_shown_of_the_sellers_own_is_compared(
    at_home: Seller, client: FlaskClient, app: Any, run_tasks: Run
) -> None:
    photograph = files.goods(0.9)
    other = people.seller()
    theirs = listings.empty_draft(other)
    visitor = people.signed_in(app.test_client(), people.owner_of(other))
    send(visitor, theirs, ("theirs.jpg", files.saved(photograph, quality=92)))
    mine = listings.empty_draft(at_home)
    send(client, mine, ("first.jpg", files.saved(photograph, quality=90)))
    run_tasks()
    assert "picture-alike" not in codes(mine)
    client.post(f"/listings/{mine.id}/pictures/{pictures(mine)[0].id}/removal")
    send(client, mine, ("second.jpg", files.saved(photograph, quality=80)))
    run_tasks()
    assert "picture-alike" not in codes(mine)
    send(client, mine, ("third.jpg", files.saved(photograph, quality=70)))
    run_tasks()
    assert "It is nearly the same as second.jpg of this listing." in drawn(client, mine)


def test_another_category_holds_the_pictures_to_its_own_limits(
    at_home: Seller, client: FlaskClient, run_tasks: Run
) -> None:
    draft = listings.empty_draft(at_home, "mugs")
    small = files.saved(files.goods(0.75, side=600), quality=92)
    large = files.saved(files.goods(0.75, colour="#2a8c3a", side=900), quality=92)
    send(client, draft, ("small.jpg", small), ("large.jpg", large))
    send(client, draft, ("broken.jpg", b"\xff\xd8\xff" + b"\x00" * 5000))
    run_tasks()
    assert codes(draft, 1) == ["picture-fill"]
    client.post(f"/listings/{draft.id}/category", data={"category": "smartphones"})
    assert pictures(draft)[2].state == "refused", "no category can use what is broken"
    run_tasks()
    assert [picture.state for picture in pictures(draft)] == ["refused", "ready", "refused"]
    assert pictures(draft)[0].facts["code"] == "picture-side-too-short"
    client.post(f"/listings/{draft.id}/category", data={"category": "t-shirts"})
    assert codes(draft, 1) == [], "read anew at once, with nothing decoded"
    run_tasks()
    assert [picture.state for picture in pictures(draft)][:2] == ["ready", "ready"]


def test_a_verdict_by_the_limits_of_the_category_before_is_not_kept(
    at_home: Seller, client: FlaskClient, run_tasks: Run
) -> None:
    draft = listings.empty_draft(at_home, "mugs")
    send(client, draft, ("small.jpg", files.saved(files.goods(0.75, side=600), quality=92)))
    number = pictures(draft)[0].id
    with unit_of_work():
        job = actions.claim(number)
    assert job is not None
    client.post(f"/listings/{draft.id}/category", data={"category": "smartphones"})
    with unit_of_work():
        assert not actions.settle(job, verdict.examine(job.sha256, job.limits))
    run_tasks()
    assert [picture.state for picture in pictures(draft)] == ["refused"]


def test_the_like_of_a_picture_taken_out_is_told_no_longer(
    at_home: Seller, client: FlaskClient, run_tasks: Run
) -> None:
    draft = listings.empty_draft(at_home)
    photograph = files.goods(0.9)
    for quality in (90, 80):
        send(client, draft, (f"{quality}.jpg", files.saved(photograph, quality=quality)))
        run_tasks()
    assert "picture-alike" in codes(draft, 1)
    client.post(f"/listings/{draft.id}/pictures/{pictures(draft)[0].id}/removal")
    assert "picture-alike" not in codes(draft)
