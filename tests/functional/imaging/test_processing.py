"""Every received picture comes to a verdict, whatever befalls the worker or the storage."""

import html
import multiprocessing
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app.core.celery import celery
from app.core.database import db
from app.core.storage import DirectoryStorage
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import actions, darkroom, verdict
from app.listings.models import Listing, Picture
from tests.factories import pictures as files
from tests.factories.listings_with_pictures import pictures, send

Run = Callable[[], list[str]]


def sweep(run_tasks: Run) -> list[str]:
    celery.send_task("imaging.sweep")
    return run_tasks()


def hours_pass(session: Any) -> None:
    """As if every time in the pictures' rows were long ago."""
    session.execute(
        text(
            "UPDATE picture SET created_at = created_at - interval '1 hour', "
            "not_before = not_before - interval '1 hour', "
            "lease_until = lease_until - interval '1 hour'"
        )
    )
    session.commit()


REFUSED = [
    ("page.jpg", b"<!doctype html><html><script>x</script>", "picture-format", "HTML"),
    ("logo.png", b"<svg xmlns='http://www.w3.org/2000/svg'></svg>", "picture-format", "SVG"),
    ("iphone.jpg", b"\x00\x00\x00\x18ftypheic" + b"\x00" * 60, "picture-format", "HEIC"),
    ("paper.png", b"%PDF-1.7 ...", "picture-format", "PDF"),
    ("moving.jpg", files.animation("GIF"), "picture-format", "GIF"),
    ("scan.jpg", files.saved(files.quarters(), "TIFF"), "picture-format", "TIFF"),
    ("moving.webp", files.animation("WEBP", 4), "picture-animated", "4"),
    ("small.jpg", files.jpeg(480, 900), "picture-side-too-short", "480"),
    ("long.png", files.png_pixel_bomb(10_001, 600), "picture-side-too-long", "10,001"),
    ("bomb.png", files.png_pixel_bomb(9_000, 9_000), "picture-too-many-pixels", "81.0"),
    ("cut.jpg", files.jpeg()[:6000], "picture-truncated", ""),
    ("lies.png", files.png_with(b"\x00\x00\x00\x04IDATxxxxyyyy"), "picture-broken", ""),
]


@pytest.mark.parametrize(("name", "data", "code", "number"), REFUSED, ids=lambda v: str(v)[:20])
def test_refused_with_the_reason_in_numbers(
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    name: str,
    data: bytes,
    code: str,
    number: str,
    kept: DirectoryStorage,
) -> None:
    send(seller, listing, (name, data))
    run_tasks()
    (picture,) = pictures(listing)
    assert (picture.state, picture.facts["code"]) == ("refused", code)
    for language in ("ko", "en"):
        page = seller.get(
            f"/listings/{listing.id}/pictures", headers={"Accept-Language": language}
        ).text
        page = html.unescape(page)
        assert name in page and number in page
        assert picture.facts["message"][language] in page
    assert kept.exists(picture.sha256), "the original is kept"


def test_a_lost_doorbell_is_rung_again(
    seller: FlaskClient, listing: Listing, run_tasks: Run, session: Any
) -> None:
    send(seller, listing, ("a.jpg", files.jpeg()))
    with celery.connection_for_write() as connection, connection.channel() as channel:
        channel.queue_purge(celery.conf.task_default_queue)
    assert sweep(run_tasks) == ["imaging.sweep"], "too young: its own bell was rung just now"
    hours_pass(session)
    assert sweep(run_tasks) == ["imaging.sweep", "imaging.process"]
    assert pictures(listing)[0].state == "ready"


def _die_in_mid_picture(folder: str, picture_id: int) -> None:
    from app import create_app

    child = Path(folder) / "deadly.py"
    child.write_text("import os, signal; os.kill(os.getppid(), signal.SIGKILL)")
    darkroom.CHILD = child
    create_app()
    celery.tasks["imaging.process"](picture_id)


def test_a_worker_killed_in_mid_picture_is_made_good_by_the_sweep(
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    session: Any,
    kept: DirectoryStorage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    send(seller, listing, ("a.jpg", files.jpeg()))
    picture_id = pictures(listing)[0].id
    session.commit()
    monkeypatch.setenv("STORAGE_PATH", str(kept.kept.parent))
    worker = multiprocessing.get_context("spawn").Process(
        target=_die_in_mid_picture, args=(str(tmp_path), picture_id)
    )
    worker.start()
    worker.join(60)
    assert worker.exitcode == -signal.SIGKILL
    session.expire_all()
    picture = session.get(Picture, picture_id)
    assert (picture.state, picture.attempts) == ("received", 1) and picture.lease_until
    session.commit()
    assert "imaging.process" in run_tasks(), "the message comes again, and finds the lease"
    assert pictures(listing)[0].state == "received"
    hours_pass(session)
    sweep(run_tasks)
    assert [(p.state, p.attempts) for p in pictures(listing)] == [("ready", 2)]


def test_what_kills_every_child_is_set_aside(
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    session: Any,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr(darkroom, "CHILD", dying)
    send(seller, listing, ("a.jpg", files.jpeg()), ("b.jpg", files.jpeg(620, 600)))
    run_tasks()
    for _ in range(4):
        hours_pass(session)
        sweep(run_tasks)
    for picture in pictures(listing):
        assert (picture.state, picture.attempts) == ("refused", 3)
        assert picture.facts["code"] == "picture-unprocessed"


def test_storage_away_costs_no_attempt(
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    session: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away(*args: Any) -> None:
        raise OSError(5, "Input/output error")

    send(seller, listing, ("a.jpg", files.jpeg()))
    with monkeypatch.context() as broken:
        broken.setattr(verdict, "probe", away)
        run_tasks()
        for _ in range(5):
            hours_pass(session)
            sweep(run_tasks)
    assert [(p.state, p.attempts) for p in pictures(listing)] == [("received", 0)]
    hours_pass(session)
    sweep(run_tasks)
    assert pictures(listing)[0].state == "ready"


def test_the_same_picture_twice_at_once_is_done_once(
    seller: FlaskClient, listing: Listing, session: Any
) -> None:
    send(seller, listing, ("a.jpg", files.jpeg()))
    picture_id = pictures(listing)[0].id
    session.commit()
    with unit_of_work():
        first = actions.claim(picture_id)
    with unit_of_work():
        assert actions.claim(picture_id) is None
    assert first is not None
    found = verdict.examine(first.sha256, first.limits)
    with unit_of_work():
        assert actions.settle(first, found)
    with unit_of_work():
        assert not actions.settle(first, found)


def test_a_refused_file_sent_again_is_looked_at_again(
    seller: FlaskClient, listing: Listing, run_tasks: Run
) -> None:
    send(seller, listing, ("a.jpg", files.jpeg(300, 300)))
    run_tasks()
    assert pictures(listing)[0].state == "refused"
    send(seller, listing, ("a.jpg", files.jpeg(300, 300)))
    assert pictures(listing)[0].state == "received"
    run_tasks()
    assert pictures(listing)[0].state == "refused"


def test_no_connection_is_held_while_the_child_works(
    app: Flask,
    seller: FlaskClient,
    listing: Listing,
    run_tasks: Run,
    session: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    held: list[int] = []
    develop = verdict.develop

    def watched(*args: Any) -> Any:
        held.append(db.engine.pool.checkedout())  # type: ignore[attr-defined]
        return develop(*args)

    send(seller, listing, ("a.jpg", files.jpeg()))
    monkeypatch.setattr(verdict, "develop", watched)
    session.commit()
    run_tasks()
    assert held == [0]
