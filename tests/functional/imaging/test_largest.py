"""A picture at its own size: encoded anew while somebody waits, and only while there is room."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from PIL import Image

from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import enlarging
from app.journey.imaging.mends import actions as mends
from app.listings.models import Listing, Picture
from tests.factories import people
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]


def _sent(seller: FlaskClient, listing: Listing, run_tasks: Run, data: bytes) -> Picture:
    send(seller, listing, ("label.jpg", data))
    run_tasks()
    return pictures(listing)[-1]


@pytest.fixture
def label(seller: FlaskClient, listing: Listing, run_tasks: Run) -> Picture:
    return _sent(seller, listing, run_tasks, files.jpeg(1600, 2000))


def _address(picture: Picture) -> str:
    return f"/listings/{picture.listing_id}/pictures/{picture.id}/large"


def _size(answer: Any, kind: str) -> tuple[int, int]:
    assert answer.status_code == 200 and answer.mimetype == kind
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    return Image.open(io.BytesIO(answer.data)).size


def test_its_seller_and_staff_see_every_pixel(
    app: Any, seller: FlaskClient, label: Picture
) -> None:
    assert _size(seller.get(_address(label)), "image/jpeg") == (1600, 2000)
    reviewer = people.signed_in(app.test_client(), people.reviewer())
    assert _size(reviewer.get(_address(label)), "image/jpeg") == (1600, 2000)
    stranger = people.signed_in(app.test_client(), people.owner_of(people.seller()))
    assert stranger.get(_address(label)).status_code == 404
    assert app.test_client().get(_address(label)).status_code == 303


def test_it_is_encoded_anew_and_nothing_is_kept_of_it(
    seller: FlaskClient, label: Picture, kept: DirectoryStorage
) -> None:
    before, original = set(kept.keys()), kept.path(label.sha256).read_bytes()
    assert seller.get(_address(label)).data != original
    assert set(kept.keys()) == before


def test_mended_it_is_what_was_made_of_it(
    seller: FlaskClient, listing: Listing, label: Picture, run_tasks: Run
) -> None:
    with unit_of_work():
        mends.mend(listing.id, label.id, {"do": "turn", "degrees": 90}, None)
    run_tasks()
    [turned] = pictures(listing)
    assert _size(seller.get(_address(turned)), "image/jpeg") == (2000, 1600)


def test_a_small_one_is_as_large_as_its_rendition(
    seller: FlaskClient, listing: Listing, run_tasks: Run
) -> None:
    small = _sent(seller, listing, run_tasks, files.jpeg(900, 700))
    assert _size(seller.get(_address(small)), "image/webp") == (900, 700)


def test_where_it_cannot_be_made_the_largest_rendition_is_shown(
    seller: FlaskClient, label: Picture, kept: DirectoryStorage
) -> None:
    for _ in range(enlarging.AT_ONCE):
        enlarging._PLACES.acquire()
    try:
        assert _size(seller.get(_address(label)), "image/webp") == (960, 1200)
    finally:
        for _ in range(enlarging.AT_ONCE):
            enlarging._PLACES.release()
    assert _size(seller.get(_address(label)), "image/jpeg") == (1600, 2000)
    kept.delete(label.sha256)
    assert _size(seller.get(_address(label)), "image/webp") == (960, 1200)


def test_one_that_was_never_made_is_not_there(
    seller: FlaskClient, listing: Listing, session: Any
) -> None:
    send(seller, listing, ("label.jpg", files.jpeg(1600, 2000)))
    [waiting] = pictures(listing)
    assert seller.get(_address(waiting)).status_code == 404
