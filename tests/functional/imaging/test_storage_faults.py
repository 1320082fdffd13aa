"""A storage that is full or slow loses no picture, leaves nothing behind and recovers by itself."""

import subprocess
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.core.celery import celery
from app.core.storage import DirectoryStorage, Stored
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import actions, verdict
from app.listings.models import Listing, Picture
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send
from tests.functional.imaging.test_processing import hours_pass, sweep

Run = Callable[[], list[str]]
SIZE = 640 * 1024


@pytest.fixture
def cramped(tmp_path: Path) -> Iterator[None]:
    """Puts the storage of `kept` on a file system of its own that holds `SIZE` bytes."""
    place = tmp_path / "storage"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a file system of a few hundred kilobytes cannot be mounted here (not root)")
    yield
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def filler(kept: DirectoryStorage, leaves: int) -> Path:
    """A file that takes all of the storage but *leaves* bytes."""
    path = kept.kept.parent / "filler"
    used = subprocess.check_output(["df", "--output=avail", "-B1", str(path.parent)])
    path.write_bytes(b"\0" * max(0, int(used.split()[-1]) - leaves))
    return path


def test_a_full_storage_takes_what_fits_and_goes_on_when_there_is_room(
    cramped: None,
    kept: DirectoryStorage,
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    session: Any,
) -> None:
    sent = files.saved(files.goods(0.8, side=1200), quality=92)
    noise = files.jpeg(600, 601) + b"\0" * SIZE
    room = filler(kept, len(sent) + 16 * 1024)
    answer = send(seller, listing, ("whole.jpg", sent), ("far-too-much.jpg", noise), htmx="yes")
    assert answer.status_code == 507
    assert "far-too-much.jpg" in answer.text and "whole.jpg" not in answer.text
    assert [picture.file_name for picture in pictures(listing)] == ["whole.jpg"]
    run_tasks()
    hours_pass(session)
    sweep(run_tasks)
    assert [(p.state, p.attempts) for p in pictures(listing)] == [("received", 0)]
    assert list(kept.unfinished.iterdir()) == [], "no half file stays"
    room.unlink()
    hours_pass(session)
    sweep(run_tasks)
    picture = pictures(listing)[0]
    assert (picture.state, picture.attempts) == ("ready", 1)
    assert len(picture.facts["renditions"]) == 5
    assert all(kept.size(made["key"]) for made in picture.facts["renditions"])


class Slow(DirectoryStorage):
    """A storage that keeps nothing before it is let."""

    let = threading.Event()
    asked = threading.Event()

    def put(self, data: bytes) -> Stored:
        self.asked.set()
        assert self.let.wait(60)
        return super().put(data)


def test_a_storage_slower_than_the_lease_ends_in_one_verdict(
    app: Flask,
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    session: Any,
    kept: DirectoryStorage,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(seller, listing, ("a.jpg", files.jpeg()))
    picture_id = pictures(listing)[0].id
    session.commit()
    slow = Slow(kept.kept.parent)
    here = threading.get_ident()
    monkeypatch.setattr(verdict, "store", lambda: kept if threading.get_ident() == here else slow)

    def work() -> None:
        with app.app_context():
            celery.tasks["imaging.process"](picture_id)

    first = threading.Thread(target=work)
    first.start()
    assert slow.asked.wait(60)
    hours_pass(session)
    sweep(run_tasks)
    session.expire_all()
    done = session.get(Picture, picture_id)
    assert (done.state, done.attempts) == ("ready", 2)
    facts = done.facts
    session.commit()
    slow.let.set()
    first.join(60)
    session.expire_all()
    done = session.get(Picture, picture_id)
    assert (done.state, done.attempts, done.facts) == ("ready", 2, facts)
    with unit_of_work():
        assert actions.claim(picture_id) is None
    assert list(kept.unfinished.iterdir()) == []
    held = set(kept.keys())
    assert held == {done.sha256} | {made["key"] for made in facts["renditions"]}
