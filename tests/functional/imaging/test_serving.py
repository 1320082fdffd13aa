"""Who may look at which picture: drafts per listing, approved ones by their content, no others."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.imaging.actions import publish
from app.journey.reactions import REACTIONS
from app.listings.events import VersionApproved
from app.listings.models import Listing, Picture
from app.listings.queries import open_version
from tests.factories import people
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]


@pytest.fixture
def ready(seller: FlaskClient, listing: Listing, run_tasks: Run) -> Picture:
    send(seller, listing, ("a.jpg", files.tagged_jpeg()))
    run_tasks()
    return pictures(listing)[0]


def draft_address(listing: Listing, picture: Picture, name: str = "320") -> str:
    return f"/listings/{listing.id}/pictures/{picture.id}/{name}"


def approve(listing: Listing) -> None:
    """What the reactions do within an applied approval (the journeys' tests walk all of it)."""
    assert any(row.event is VersionApproved and publish in row.within for row in REACTIONS)
    with unit_of_work():
        publish(VersionApproved(listing.id, open_version(listing.id).id))


def test_a_draft_is_for_its_seller_and_for_staff(
    seller: FlaskClient, listing: Listing, ready: Picture, app: Any
) -> None:
    answer = seller.get(draft_address(listing, ready))
    assert answer.status_code == 200 and answer.mimetype == "image/webp"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert b"SECRET" not in answer.data
    reviewer = people.signed_in(app.test_client(), people.reviewer())
    assert reviewer.get(draft_address(listing, ready)).status_code == 200
    stranger = people.signed_in(app.test_client(), people.owner_of(people.seller()))
    assert stranger.get(draft_address(listing, ready)).status_code == 404
    assert app.test_client().get(draft_address(listing, ready)).status_code == 303
    assert seller.get(draft_address(listing, ready, "original")).status_code == 404


def test_the_public_address_refuses_drafts_and_originals(
    client: FlaskClient, listing: Listing, ready: Picture, kept: DirectoryStorage
) -> None:
    keys = list(kept.keys())
    assert len(keys) > 4 and ready.sha256 in keys
    for key in keys:
        for ending in ("", ".webp", ".jpg", ".png"):
            assert client.get(f"/pictures/{key}{ending}").status_code == 404
    approve(listing)
    assert client.get(f"/pictures/{ready.sha256}.jpg").status_code == 404


def test_what_is_approved_is_public_for_ever(app: Any, listing: Listing, ready: Picture) -> None:
    approve(listing)
    approve(listing)  # a repeated event does no harm
    anybody = app.test_client()
    for row in ready.facts["renditions"]:
        ending = {"image/webp": "webp", "image/jpeg": "jpg"}[row["type"]]
        answer = anybody.get(f"/pictures/{row['key']}.{ending}")
        assert answer.status_code == 200 and answer.mimetype == row["type"]
        assert hashlib.sha256(answer.data).hexdigest() == row["key"]
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert "Set-Cookie" not in answer.headers
        again = anybody.get(
            f"/pictures/{row['key']}", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304
        assert anybody.get(f"/pictures/{row['key']}.html").status_code == 404


def test_only_the_pictures_the_version_refers_to(
    seller: FlaskClient, app: Any, listing: Listing, ready: Picture, run_tasks: Run
) -> None:
    send(seller, listing, ("b.jpg", files.jpeg(620, 600)))
    run_tasks()
    dropped = pictures(listing)[1]
    seller.post(f"/listings/{listing.id}/pictures/{dropped.id}/removal")
    approve(listing)
    key = dropped.facts["renditions"][0]["key"]
    assert app.test_client().get(f"/pictures/{key}.webp").status_code == 404


@pytest.mark.parametrize("key", ["0" * 64, "..%2f..%2fetc%2fpasswd", "A" * 64, "x"])
def test_no_other_name_answers(client: FlaskClient, key: str) -> None:
    assert client.get(f"/pictures/{key}.webp").status_code == 404
