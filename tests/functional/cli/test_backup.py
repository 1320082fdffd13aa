"""A backup is whole, small when little is new, and brings back what was; the rest reconciles."""

import os
from dataclasses import replace

import pytest
from sqlalchemy import func, select, update

from app.core.celery import ring
from app.core.database import db
from app.core.migration import BRANCHES
from app.core.unit_of_work import record, unit_of_work
from app.journey.handoff.reconciling import asking, runs, walking
from app.journey.handoff.reconciling.models import Difference
from app.journey.handoff.target import TARGETS
from app.listings.actions import apply_staged, change_sale, stage_offer, stage_stock
from app.listings.events import VersionApproved
from app.listings.models import Item, Listing, Picture, Stock
from app.listings.queries import live_version
from app.settings import settings
from app.surfaces.cli import archive
from app.surfaces.cli.archive import BackupError
from app.surfaces.cli.backup import back_up
from app.surfaces.cli.installed import Installed
from app.surfaces.cli.restore import GAP, refuse_running, restore
from tests.factories.handoff import approved_listing


@pytest.fixture
def here(session, kept, tmp_path) -> Installed:
    databases = dict.fromkeys(BRANCHES, os.environ["DATABASE_URL"])
    return Installed(databases, kept.kept.parent, tmp_path / "backups", 2)


def approve(session, run_tasks, **given):
    listing = approved_listing(**given)
    listing_id, version_id = listing.id, live_version(listing.id).id
    session.commit()
    with unit_of_work():
        record(VersionApproved(listing_id, version_id))
    run_tasks()
    return listing_id


def pictured(session, kept, data):
    key = kept.put(data).key
    session.execute(update(Picture).values(sha256=key, facts={}))
    session.commit()
    return key


def brought_back(session, backup, here):
    """The restored installation; connections of before go with the tables of before."""
    session.remove()
    db.engine.dispose()
    return restore(backup, here, ("onshelf",), replace=True)


def held(code):
    return {one["listing_id"]: one for one in asking.holdings(TARGETS[code], 0).listings}


def test_since_the_backup_the_world_went_on(here, session, neighbours, run_tasks, kept):
    object.__setattr__(settings(), "reconcile_grace_seconds", 0)
    first = approve(session, run_tasks)
    item, other = session.scalars(select(Item.id).order_by(Item.id)).all()
    picture = pictured(session, kept, b"a picture")
    backup = back_up(here)

    # Approved, priced, counted and recalled since: the targets know, the backup does not.
    with unit_of_work():
        stage_offer(item, 13900, None, 1, None)
        stage_stock(item, 5, None)
    with unit_of_work():
        apply_staged(first, None, [], None)
    with unit_of_work():
        change_sale(first, [other], "recall", None)
    lost = approve(session, run_tasks, items=1)
    assert {first, lost} == set(held("catalogue"))
    kept.delete(picture)

    assert brought_back(session, backup, here) == ["onshelf"]
    assert session.scalars(select(Listing.id)).all() == [first]
    assert kept.open(picture).read() == b"a picture"
    assert session.get(Stock, item).change_no == GAP, "no amount is under a number that was used"

    found = reconciled(session, run_tasks)
    assert found >= {
        ("catalogue", first, "offer", "newer", "resent"),
        ("catalogue", first, "sale", "newer", "taken"),
        ("catalogue", lost, "product", "unknown", "recalled"),
        ("orders", first, "stock", "newer", "taken"),
        ("orders", lost, "product", "unknown", "recalled"),
    }
    assert {done for *_, done in reconciled(session, run_tasks)} == {"left"}
    for code in ("catalogue", "orders"):
        there = held(code)
        told = {one["item_id"]: (one["price"], one["sale"]) for one in there[first]["items"]}
        assert told == {item: (12900, "on"), other: (12900, "recalled")}
        assert {one["sale"] for one in there[lost]["items"]} == {"recalled"}
    assert session.get(Item, other).sale == "recalled"
    assert session.get(Stock, item).count == 15
    assert approve(session, run_tasks, items=1) > lost + GAP / 2, "nobody is taken for the lost one"


def reconciled(session, run_tasks):
    session.commit()
    with unit_of_work():
        number = runs.start()
    walking.go_on(number, 60)
    ring("handoff.sweep")
    run_tasks()
    session.expire_all()
    seen = session.scalars(select(Difference).where(Difference.last_run_id == number))
    return {(row.target, row.listing_id, row.part, row.kind, row.done) for row in seen}


def test_files_are_taken_once_and_old_backups_go(here, session, kept):
    approved_listing(items=1)
    key = pictured(session, kept, b"once")
    made = [back_up(here) for _ in range(3)]
    assert archive.backups(here.backups) == made[1:]
    assert archive.file(made[2], key).stat().st_nlink == 2
    assert archive.file(made[2], key).stat().st_ino != kept.path(key).stat().st_ino
    told = archive.manifest_of(made[2])
    assert (told.files, told.bytes, told.missing) == (1, 4, [])


def test_a_file_that_is_not_there_is_told(here, session, kept):
    approved_listing(items=1)
    key = pictured(session, kept, b"gone")
    kept.path(key).write_bytes(b"rot")
    assert archive.manifest_of(back_up(here)).missing == [key]


def test_what_is_refused(here, session, kept, monkeypatch):
    approved_listing(items=1)
    key = pictured(session, kept, b"whole")
    backup = back_up(here)
    with pytest.raises(BackupError, match="other programs are connected"):
        refuse_running(here)
    with pytest.raises(BackupError, match="REPLACE=1"):
        restore(backup, here, ("onshelf",), replace=False)
    archive.file(backup, key).write_bytes(b"holed")
    with pytest.raises(BackupError, match=f"damaged: {key} has other bytes"):
        restore(backup, here, ("onshelf",), replace=True)
    archive.file(backup, key).write_bytes(b"whole")
    newer = replace(archive.manifest_of(backup), revisions={"onshelf": "9999"})
    newer.write(backup)
    with pytest.raises(BackupError, match="newer than this code"):
        restore(backup, here, ("onshelf",), replace=True)
    with pytest.raises(BackupError, match="no backup"):
        restore(here.storage, here, ("onshelf",), replace=True)


def test_a_dump_that_does_not_go_in_leaves_what_was(here, session, kept, monkeypatch):
    approved_listing(items=1)
    session.commit()
    backup = back_up(here)
    whole = archive.dump(backup, "onshelf").read_bytes()
    archive.dump(backup, "onshelf").write_bytes(whole[: len(whole) * 2 // 3])
    told = archive.manifest_of(backup)
    replace(told, dumps={"onshelf": archive.sum_of(archive.dump(backup, "onshelf"))}).write(backup)
    with pytest.raises(BackupError, match="pg_restore failed"):
        brought_back(session, backup, here)
    assert session.scalar(select(func.count()).select_from(Listing)) == 1
