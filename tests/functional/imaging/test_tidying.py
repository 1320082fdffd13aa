"""Files that nothing refers to go after a grace period; everything else stays."""

import os
import time
from typing import Any

import pytest
from sqlalchemy import delete

from app.core.celery import celery
from app.core.storage import DirectoryStorage
from app.journey.imaging import tidying
from app.journey.imaging.leafing import leaf
from app.journey.imaging.models import DocumentPage, PublishedPicture
from app.listings.models import Listing
from app.listings.queries import newest_version
from tests.factories import listings as made
from tests.factories import pdfs
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import send


def grow_old(storage: DirectoryStorage) -> None:
    """As if every file had been written two days ago."""
    long_ago = time.time() - 2 * 86_400
    for file in [*storage.kept.glob("??/*"), *storage.unfinished.iterdir()]:
        os.utime(file, (long_ago, long_ago))


def tidy_all() -> int:
    return sum(tidying.delete(tidying.forgotten(f"{part:02x}")) for part in range(256))


def test_what_a_picture_refers_to_stays(
    seller: Any, listing: Listing, kept: DirectoryStorage, session: Any, run_tasks: Any
) -> None:
    send(seller, listing, ("front.jpg", files.jpeg(900, 900)), ("small.jpg", files.jpeg(90, 90)))
    run_tasks()
    held = set(kept.keys())
    stray = kept.put(b"a rendition whose worker was killed").key
    grow_old(kept)

    assert tidy_all() == 1
    assert set(kept.keys()) == held
    assert not kept.exists(stray)
    assert tidying.deleted_lately() == 1


def test_what_is_published_stays(kept: DirectoryStorage, listing: Listing, session: Any) -> None:
    key = kept.put(b"published once").key
    version = newest_version(listing.id)
    session.add(PublishedPicture(key=key, type="image/webp", version_id=version.id))
    session.flush()
    grow_old(kept)
    assert tidy_all() == 0

    session.execute(delete(PublishedPicture))
    assert tidy_all() == 1


def test_what_a_document_refers_to_stays(
    listing: Listing, kept: DirectoryStorage, session: Any
) -> None:
    key = kept.put(b"%PDF-1.7 a certificate").key
    given = made.document(listing, "msds", sha256=key)
    session.commit()
    grow_old(kept)
    assert tidy_all() == 0

    session.delete(given)
    session.flush()
    assert tidy_all() == 1


def test_the_pages_of_a_document_stay_as_long_as_it_does(
    listing: Listing, kept: DirectoryStorage, session: Any
) -> None:
    key = kept.put(pdfs.pages()).key
    given, again = (made.document(listing, "msds", sha256=key) for _ in range(2))
    session.commit()
    drawn = leaf(key, 1)
    assert kept.exists(drawn.key)
    session.delete(given)
    session.commit()
    grow_old(kept)
    assert tidy_all() == 0, "the other one has that file as well"

    session.delete(session.merge(again))
    session.flush()
    # The row goes with the file's part of the storage, its picture with its own.
    assert tidy_all() + tidy_all() == 2
    assert list(kept.keys()) == [] and session.get(DocumentPage, (key, 1)) is None


def test_what_is_fresh_may_be_on_its_way_to_a_row(kept: DirectoryStorage, session: Any) -> None:
    kept.put(b"just uploaded")

    assert tidy_all() == 0
    assert len(list(kept.keys())) == 1


def test_bytes_that_arrive_again_while_they_are_forgotten_stay(
    kept: DirectoryStorage, session: Any
) -> None:
    key = kept.put(b"uploaded, given up, uploaded again").key
    grow_old(kept)
    doomed = tidying.forgotten(key[:2])
    kept.put(b"uploaded, given up, uploaded again")

    assert tidying.delete(doomed) == 0
    assert kept.exists(key)
    assert list(kept.unfinished.iterdir()) == []


def test_the_task_looks_at_one_part_and_drops_half_files(
    kept: DirectoryStorage, session: Any, run_tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = kept.put(b"forgotten").key
    (kept.unfinished / "half").write_bytes(b"ha")
    grow_old(kept)
    monkeypatch.setattr(tidying, "SECONDS", time.time() / (256 + int(key[:2], 16) + 0.5))

    celery.send_task("imaging.tidy")
    assert run_tasks() == ["imaging.tidy"]

    assert list(kept.keys()) == []
    assert list(kept.unfinished.iterdir()) == []
