"""A ZIP comes in: each file of it ends as a picture where its name says, or as a named refusal."""

import html
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, text

from app.core.celery import celery
from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.imaging.arrivals import actions, archive
from app.journey.imaging.models import Arrival
from app.listings.actions import save_fields
from app.listings.models import Listing
from app.listings.queries import items_of, newest_version, part_of
from app.settings import settings
from tests.factories import archives as zips
from tests.factories import listings, people
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]
GOOD = files.jpeg(600, 600)


@contextmanager
def limit(**values: int) -> Iterator[None]:
    before = {name: getattr(settings(), name) for name in values}
    for name, value in values.items():
        object.__setattr__(settings(), name, value)
    yield
    for name, value in before.items():
        object.__setattr__(settings(), name, value)


def page_of(seller: FlaskClient, listing: Listing, language: str = "en") -> str:
    asked = {"Accept-Language": language}
    return html.unescape(seller.get(f"/listings/{listing.id}/pictures", headers=asked).text)


def only(session: Any) -> Arrival:
    session.expire_all()
    return session.scalars(select(Arrival)).one()


def codes(session: Any) -> dict[str, str]:
    return {each["name"]: each["code"] for each in only(session).answers}


def good(width: int) -> bytes:
    """A picture that is the same as no other of the test."""
    return files.jpeg(width, 600)


def test_names_say_which_item_and_place(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    version = newest_version(listing.id)
    (item,) = items_of(version)
    part = part_of(version, item.id)
    with unit_of_work():
        save_fields(version.id, part.id, {"sku": "BLK-L"}, part.revision, None)
    packed = zips.zipped(
        ("blk-l_2.jpg", good(602)),
        ("photos/BLK-L_1.jpg", good(601)),
        ("10.jpg", good(610)),
        ("9.jpg", good(609)),
        ("__MACOSX/._9.jpg", b"junk"),
        ("photos/.DS_Store", b"junk"),
    )
    assert send(seller, listing, ("모두.zip", packed), htmx="yes").text.strip() == ""
    waiting = page_of(seller, listing)
    assert "모두.zip" in waiting and "every 1s" in waiting and pictures(listing) == []
    assert run_tasks()[0] == "imaging.arrive"
    names = [p.file_name for p in pictures(listing)]
    assert names == ["9.jpg", "10.jpg", "BLK-L_1.jpg", "blk-l_2.jpg"]
    assert {p.state for p in pictures(listing)} == {"ready"}
    session.expire_all()
    ids = {p.file_name: p.id for p in pictures(listing)}
    own = part_of(newest_version(listing.id), item.id).content["pictures"]
    assert own == [ids["BLK-L_1.jpg"], ids["blk-l_2.jpg"]]
    page = page_of(seller, listing)
    assert "4 of 4 files are pictures now" in page and "No SKU of this product" in page


def test_each_entry_that_cannot_be_a_picture_is_named(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run, kept: DirectoryStorage
) -> None:
    inner = zips.zipped(("a.jpg", GOOD))
    wrong = {
        "inner.zip": (inner, "entry-archive"),
        "empty.jpg": (b"", "picture-empty"),
        "paper.pdf": (b"%PDF-1.7", "picture-format"),
        "<script>.jpg": (b"<script>alert(1)</script>", "picture-format"),
        "bomb.png": (b"\x00" * 3_000_000, "entry-ratio"),
    }
    packed = zips.zipped(("../../etc/a.jpg", GOOD), *[(n, d) for n, (d, _) in wrong.items()])
    send(seller, listing, ("a.zip", packed))
    run_tasks()
    assert [p.file_name for p in pictures(listing)] == ["a.jpg"]
    assert codes(session) == {"a.jpg": "", **{name: code for name, (_, code) in wrong.items()}}
    for language in ("ko", "en"):
        page = page_of(seller, listing, language)
        for answer in only(session).answers:
            assert answer["name"] in page
            assert not answer["words"] or answer["words"][language] in page
    raw = seller.get(f"/listings/{listing.id}/pictures").text
    assert "<script>.jpg" not in raw
    assert list(kept.unfinished.iterdir()) == []


DAMAGED = [
    (zips.with_password_flag(zips.zipped(("a.jpg", GOOD))), "entry-encrypted"),
    (zips.with_method(zips.zipped(("a.jpg", GOOD)), zipfile.ZIP_BZIP2), "entry-method"),
    (zips.damaged(zips.zipped(("a.jpg", GOOD), method=0), GOOD), "entry-broken"),
    (zips.zipped(("folder/", b"")), "archive-empty"),
    (zips.zipped(("a.jpg", GOOD))[:-30], "archive-broken"),
    (b"PK\x03\x04 and nothing else", "archive-broken"),
    (zips.claiming(60_000), "archive-entries"),
]


@pytest.mark.parametrize(("data", "code"), DAMAGED, ids=[code for _, code in DAMAGED])
def test_what_cannot_be_unpacked_says_why(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run, data: bytes, code: str
) -> None:
    send(seller, listing, ("a.zip", data))
    run_tasks()
    assert [each["code"] for each in only(session).answers] == [code]
    assert only(session).state == "done" and pictures(listing) == []
    assert only(session).answers[0]["words"]["ko"] in page_of(seller, listing, "ko")


def test_no_more_comes_out_than_is_allowed(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    size = len(good(601))
    packed = zips.zipped(*[(f"{n}.jpg", good(600 + n)) for n in range(1, 4)])
    with limit(archive_max_unpacked=2 * size + 1000):
        send(seller, listing, ("a.zip", packed))
        run_tasks()
    assert codes(session) == {"1.jpg": "", "2.jpg": "", "3.jpg": "entry-total"}


def test_an_entry_larger_than_a_picture_may_be(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    with limit(picture_max_bytes=len(GOOD) - 1):
        send(seller, listing, ("a.zip", zips.zipped(("a.jpg", GOOD))))
        run_tasks()
    assert codes(session) == {"a.jpg": "entry-too-large"}


def test_the_excess_is_refused_by_name_and_the_others_go_on(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    with limit(pictures_per_listing=2):
        packed = zips.zipped(*[(f"{n}.jpg", good(600 + n)) for n in range(4)])
        send(seller, listing, ("a.zip", packed))
        run_tasks()
    many = "too-many-pictures"
    assert codes(session) == {"0.jpg": "", "1.jpg": "", "2.jpg": many, "3.jpg": many}
    assert len(pictures(listing)) == 2


def test_a_zip_beyond_its_limit_is_turned_away_at_the_door(
    seller: FlaskClient, listing: Listing, session: Any, kept: DirectoryStorage
) -> None:
    packed = zips.zipped(("a.jpg", GOOD))
    with limit(archive_max_bytes=len(packed) - 1):
        answer = send(seller, listing, ("a.zip", packed), ("b.jpg", GOOD))
    assert answer.status_code == 413 and "a.zip" in answer.text
    assert [p.file_name for p in pictures(listing)] == ["b.jpg"]
    assert session.scalars(select(Arrival)).all() == [] and len(list(kept.keys())) == 1


def test_a_zip_may_be_larger_than_a_picture(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    packed = zips.zipped(("a.jpg", good(601)), ("b.jpg", good(602)), method=0)
    with limit(picture_max_bytes=len(packed) - 1000):
        assert send(seller, listing, ("a.zip", packed)).status_code == 303
        run_tasks()
    assert len(pictures(listing)) == 2


@pytest.mark.parametrize(
    "packed",
    [
        zips.zipped_on_korean_windows("빨강_앞.jpg", GOOD),
        zips.zipped((unicodedata.normalize("NFD", "빨강_앞.jpg"), GOOD)),
    ],
    ids=["cp949", "macos"],
)
def test_korean_names_read_as_they_were_written(
    seller: FlaskClient, listing: Listing, run_tasks: Run, packed: bytes
) -> None:
    send(seller, listing, ("a.zip", packed))
    run_tasks()
    assert [p.file_name for p in pictures(listing)] == ["빨강_앞.jpg"]


def hours_pass(session: Any) -> None:
    session.execute(
        text(
            "UPDATE arrival SET created_at = created_at - interval '1 hour', "
            "not_before = not_before - interval '1 hour', "
            "lease_until = lease_until - interval '1 hour'"
        )
    )
    session.commit()


def sweep(run_tasks: Run) -> list[str]:
    celery.send_task("imaging.sweep")
    return run_tasks()


def test_what_a_dead_worker_left_is_gone_on_with(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    """It had taken the first entry when it ended; the second one is taken by the next, once."""
    packed = zips.zipped(("1.jpg", good(601)), ("2.jpg", good(602)))
    send(seller, listing, ("a.zip", packed))
    number = only(session).id
    session.commit()
    with unit_of_work():
        dead = actions.claim(number)
    assert dead is not None
    with unit_of_work():
        actions.tell(dead, actions.Answer(0, "1.jpg", "", None, 1))
    run_tasks()
    assert only(session).state == "waiting", "the message comes, and finds the lease"
    hours_pass(session)
    assert "imaging.arrive" in sweep(run_tasks)
    assert (only(session).state, only(session).attempts) == ("done", 2)
    assert [p.file_name for p in pictures(listing)] == ["2.jpg"]
    with pytest.raises(actions.Superseded), unit_of_work():
        actions.tell(dead, actions.Answer(1, "2.jpg"))


def test_what_ends_every_worker_is_set_aside(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    send(seller, listing, ("a.zip", zips.zipped(("1.jpg", GOOD))))
    number = only(session).id
    for _ in range(4):
        hours_pass(session)
        with unit_of_work():
            actions.claim(number)
    assert [each["code"] for each in only(session).answers] == ["arrival-unprocessed"]


def test_a_full_storage_costs_no_attempt(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run, monkeypatch: Any
) -> None:
    def full(*args: Any) -> None:
        raise OSError(28, "No space left on device")

    send(seller, listing, ("a.zip", zips.zipped(("1.jpg", GOOD))))
    with monkeypatch.context() as broken:
        broken.setattr(DirectoryStorage, "adopt", full)
        run_tasks()
    assert (only(session).state, only(session).attempts) == ("waiting", 0)
    assert only(session).lease_until is None
    hours_pass(session)
    sweep(run_tasks)
    assert only(session).state == "done" and len(pictures(listing)) == 1


def test_a_cancelled_one_is_not_unpacked_and_a_finished_one_is_cleared_away(
    seller: FlaskClient, listing: Listing, session: Any, run_tasks: Run
) -> None:
    for _ in range(2):
        send(seller, listing, ("a.zip", zips.zipped(("1.txt", b"text"))))
        here = f"/listings/{listing.id}/arrivals/{only(session).id}/removal"
        if _:
            run_tasks()
            assert "1.txt" in page_of(seller, listing)
        assert seller.post(here).status_code == 303
        run_tasks()
        assert session.scalars(select(Arrival)).all() == []
    assert "1.txt" not in page_of(seller, listing)


def test_nothing_is_submitted_while_its_pictures_are_on_their_way(
    session: Any, kept: DirectoryStorage, client: FlaskClient, run_tasks: Run
) -> None:
    at_home = people.seller()
    people.signed_in(client, people.owner_of(at_home))
    draft = listings.draft(at_home)
    send(client, draft, ("late.zip", zips.zipped(("1.jpg", GOOD))))
    here = f"/listings/{draft.id}/submission"
    refused = client.post(here, headers={"Accept-Language": "en"})
    assert refused.status_code == 422
    assert "Pictures are still on their way: late.zip." in refused.text
    run_tasks()
    assert client.post(here).status_code == 303
    assert client.get(f"/listings/{draft.id}/draft").status_code == 303


def test_a_waiting_archive_is_not_tidied_away(
    seller: FlaskClient, listing: Listing, session: Any, kept: DirectoryStorage
) -> None:
    from app.journey.imaging import tidying
    from tests.functional.imaging.test_tidying import grow_old

    send(seller, listing, ("a.zip", zips.zipped(("1.jpg", GOOD))))
    key = only(session).key
    grow_old(kept)
    assert tidying.forgotten(key[:2]) == []


def test_nothing_chosen_is_said(seller: FlaskClient, listing: Listing) -> None:
    answer = seller.post(f"/listings/{listing.id}/pictures", headers={"Accept-Language": "en"})
    assert answer.status_code == 422 and "No file was chosen" in answer.text


def test_an_index_is_measured_before_it_is_read(tmp_path: Any) -> None:
    bounds = archive.Bounds(entries=2, entry_bytes=9, total_bytes=9, ratio=9)
    path = tmp_path / "a.zip"
    path.write_bytes(zips.zipped(*[(f"{n}.jpg", b"x") for n in range(3)]))
    with pytest.raises(archive.Unfit) as refused, archive.opened(path, bounds):
        pass
    assert refused.value.code == "archive-entries"
