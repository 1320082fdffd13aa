"""Files come in: each is kept whole, answered by name, and processed afterwards."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.listings.models import Listing
from app.settings import settings
from tests.factories import listings_with_pictures as make
from tests.factories import people
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]


@pytest.fixture
def small_limit() -> Any:
    """Two pictures of 100 kB at most."""
    before = settings().picture_max_bytes, settings().pictures_per_listing
    object.__setattr__(settings(), "picture_max_bytes", 100_000)
    object.__setattr__(settings(), "pictures_per_listing", 2)
    yield
    object.__setattr__(settings(), "picture_max_bytes", before[0])
    object.__setattr__(settings(), "pictures_per_listing", before[1])


def test_several_files_become_ready(seller: FlaskClient, listing: Listing, run_tasks: Run) -> None:
    answer = send(seller, listing, ("앞 🙂.jpg", files.jpeg()), ("b.png", files.jpeg(610, 600)))
    assert answer.status_code == 303
    page = seller.get(f"/listings/{listing.id}/pictures").text
    assert "앞 🙂.jpg" in page and 'hx-trigger="every 1s"' in page
    assert [p.state for p in pictures(listing)] == ["received", "received"]
    assert run_tasks() == ["imaging.process", "imaging.process"]
    assert [p.state for p in pictures(listing)] == ["ready", "ready"]
    first = pictures(listing)[0]
    assert (first.facts["width"], first.facts["height"], first.facts["format"]) == (
        600,
        600,
        "JPEG",
    )
    assert first.facts["renditions"][0]["name"] == "1200"
    page = seller.get(f"/listings/{listing.id}/pictures").text
    assert 'hx-trigger="every 1s"' not in page and f"/pictures/{first.id}/640" in page


def test_tiles_alone_for_htmx(seller: FlaskClient, listing: Listing, run_tasks: Run) -> None:
    assert send(seller, listing, ("a.jpg", files.jpeg()), htmx="yes").text.strip() == ""
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    waiting = seller.get(f"/listings/{listing.id}/pictures", headers=partial)
    assert "<html" not in waiting.text and "every 1s" in waiting.text
    run_tasks()
    settled = seller.get(f"/listings/{listing.id}/pictures", headers=partial)
    assert "every 1s" not in settled.text
    assert settled.headers["HX-Trigger"] == "pictures-settled"


@pytest.mark.parametrize("htmx", [{}, {"htmx": "yes"}])
def test_one_bad_file_does_not_stop_the_others(
    seller: FlaskClient,
    listing: Listing,
    small_limit: None,
    htmx: dict[str, str],
    kept: DirectoryStorage,
) -> None:
    answer = send(
        seller,
        listing,
        ("huge.jpg", b"\xff\xd8\xff" + b"x" * 200_000),
        ("empty.jpg", b""),
        ("good.jpg", files.jpeg()),
        **htmx,
    )
    assert answer.status_code == 413
    assert "huge.jpg" in answer.text and "0.2" in answer.text and "97.7" in answer.text
    assert "empty.jpg" in answer.text
    assert [p.file_name for p in pictures(listing)] == ["good.jpg"]
    assert list(kept.unfinished.iterdir()) == [] and len(list(kept.keys())) == 1


def test_more_than_allowed_are_refused_by_name(
    seller: FlaskClient, listing: Listing, small_limit: None
) -> None:
    sent = [(f"{n}.jpg", files.jpeg(600 + n, 600)) for n in range(4)]
    answer = send(seller, listing, *sent)
    assert answer.status_code == 409
    assert [p.file_name for p in pictures(listing)] == ["0.jpg", "1.jpg"]
    assert "2.jpg" in answer.text and "3.jpg" in answer.text


def test_the_same_file_twice_is_one_picture(
    seller: FlaskClient, listing: Listing, kept: DirectoryStorage
) -> None:
    send(seller, listing, ("a.jpg", files.jpeg()))
    again = send(seller, listing, ("b.jpg", files.jpeg()), htmx="yes")
    assert again.status_code == 200 and "b.jpg" in again.text
    assert [p.file_name for p in pictures(listing)] == ["a.jpg"]
    assert len(list(kept.keys())) == 1


def test_the_same_file_in_two_listings_is_stored_once(
    seller: FlaskClient, listing: Listing, kept: DirectoryStorage, session: Any
) -> None:
    from app.accounts.models import Seller

    other = make.listing(session.get(Seller, listing.seller_id))
    send(seller, listing, ("a.jpg", files.jpeg()))
    send(seller, other, ("a.jpg", files.jpeg()))
    assert len(list(kept.keys())) == 1
    assert pictures(listing)[0].id != pictures(other)[0].id


@pytest.mark.parametrize(
    "name",
    ["../../../etc/passwd", "C:\\x\\상품.png", "a\x07b\u202e.jpg", "<script>.jpg", "x" * 900],
)
def test_file_names_are_only_ever_shown(
    seller: FlaskClient, listing: Listing, kept: DirectoryStorage, name: str
) -> None:
    send(seller, listing, (name, files.jpeg()))
    (picture,) = pictures(listing)
    assert "/" not in picture.file_name and "\\" not in picture.file_name
    assert len(picture.file_name) <= 200 and picture.file_name.isprintable()
    assert "<script>.jpg" not in seller.get(f"/listings/{listing.id}/pictures").text
    assert {entry.name for entry in kept.kept.glob("*/*")} == {picture.sha256}


def test_another_sellers_listing_is_not_there(
    seller: FlaskClient, kept: DirectoryStorage, session: Any
) -> None:
    other = make.listing(people.seller())
    assert send(seller, other, ("a.jpg", files.jpeg())).status_code == 404
    assert seller.get(f"/listings/{other.id}/pictures").status_code == 404
    assert list(kept.keys()) == [] and list(kept.unfinished.iterdir()) == []


def test_nothing_of_a_stranger_is_even_read(
    client: FlaskClient, listing: Listing, kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Any] = []
    monkeypatch.setattr(DirectoryStorage, "receive", lambda self, limit=None: begun.append(limit))
    assert send(client, listing, ("a.jpg", files.jpeg())).status_code == 303
    assert send(client, listing, ("a.jpg", files.jpeg()), htmx="yes").status_code == 401
    assert begun == []
    assert list(kept.keys()) == [] and list(kept.unfinished.iterdir()) == []


def test_a_storage_that_is_full_says_so(
    seller: FlaskClient, listing: Listing, kept: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(self: Any, source: Any, key: str) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(DirectoryStorage, "adopt", full)
    answer = send(seller, listing, ("a.jpg", files.jpeg()), htmx="yes")
    assert answer.status_code == 507 and "a.jpg" in answer.text
    assert pictures(listing) == [] and list(kept.unfinished.iterdir()) == []


def test_order_representative_removal_and_its_undoing(
    seller: FlaskClient, listing: Listing, run_tasks: Run
) -> None:
    send(seller, listing, *[(f"{n}.jpg", files.jpeg(600 + n, 600)) for n in range(3)])
    run_tasks()
    a, b, c = (p.id for p in pictures(listing))
    here = f"/listings/{listing.id}/pictures"
    assert seller.post(f"{here}/{c}/place", data={"position": 0}).status_code == 303
    assert [p.id for p in pictures(listing)] == [c, a, b]
    partial = {"HX-Request": "true", "HX-Request-Type": "partial"}
    removed = seller.post(f"{here}/{a}/removal", headers=partial)
    assert [p.id for p in pictures(listing)] == [c, b]
    assert f"{here}/{a}/place" in removed.text
    moved = seller.post(f"{here}/{a}/place", data={"position": 1})
    assert moved.status_code == 409, "a page that still shows it does not bring it back"
    assert seller.post(f"{here}/{a}/removal").status_code == 409
    seller.post(f"{here}/{a}/place", data={"position": 1, "returning": "1"}, headers=partial)
    assert [p.id for p in pictures(listing)] == [c, a, b]
    assert seller.post(f"{here}/999999/place", data={"position": 0}).status_code == 404


def test_back_goes_to_local_pages_alone(seller: FlaskClient, listing: Listing) -> None:
    here = f"/listings/{listing.id}/pictures"
    send(seller, listing, ("a.jpg", files.jpeg()))
    for back, wanted in (("/somewhere#f-pictures", "/somewhere#f-pictures"), ("//evil", here)):
        answer = seller.post(
            f"{here}/{pictures(listing)[0].id}/place", data={"position": 0, "back": back}
        )
        assert answer.headers["Location"] == wanted
