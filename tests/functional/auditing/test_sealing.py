"""Checkpoints: over what can no longer get an earlier entry, in the table and in the file."""

import threading
from pathlib import Path

from flask import Flask
from sqlalchemy import func, select

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.auditing.chain import append
from app.journey.auditing.models import AuditCheckpoint, AuditEntry
from app.journey.auditing.sealing import seal


def _add(*listings: int) -> None:
    with unit_of_work():
        for listing in listings:
            append(listing, "claimed", None, "system", {"version": {"id": 1}, "case": 1})


def _sealed(session) -> list[AuditCheckpoint]:
    session.rollback()
    return list(session.scalars(select(AuditCheckpoint).order_by(AuditCheckpoint.id)))


def test_each_checkpoint_sums_up_what_came_since_the_one_before(session, file: Path) -> None:
    _add(1, 2, 1)
    assert seal() is True
    assert seal() is False
    _add(2)
    assert seal() is True
    first, second = _sealed(session)
    assert (first.entries, first.listings) == (3, 2)
    assert (second.entries, second.listings, second.previous) == (1, 1, first.hash)
    assert first.hash in file.read_text().splitlines()[0]
    assert second.hash in file.read_text().splitlines()[1]


def test_nothing_is_sealed_over_an_entry_that_is_on_its_way(
    app: Flask, session, found_of_seals
) -> None:
    _add(1)
    seal()
    written, sealed = threading.Event(), threading.Event()

    def writes_and_waits() -> None:
        with app.app_context(), unit_of_work():
            append(2, "claimed", None, "system", {"version": {"id": 1}, "case": 1})
            db.session.flush()
            written.set()
            sealed.wait(20)

    writer = threading.Thread(target=writes_and_waits)
    writer.start()
    assert written.wait(20)
    # The next id is the writer's: this one has a higher id and is committed first.
    _add(3)
    assert seal() is False
    sealed.set()
    writer.join()
    assert seal() is True
    newest = _sealed(session)[-1]
    assert newest.entries == 2
    assert newest.upto == session.scalar(select(func.max(AuditEntry.id)))
    assert found_of_seals() == []


def test_what_is_whole_is_sealed_while_somebody_writes(app: Flask, session) -> None:
    _add(1)
    seal()
    _add(1)
    with app.app_context():
        append(2, "claimed", None, "system", {})
        done: list[bool] = []
        sealing = threading.Thread(target=lambda: done.append(_in(app, seal)))
        sealing.start()
        sealing.join()
        db.session.rollback()
    assert done == [True]
    assert [each.entries for each in _sealed(session)] == [1, 1]


def _in(app: Flask, act) -> bool:
    with app.app_context():
        return act()


def test_many_at_once_seal_once_and_each_line_is_written_once(
    session, race, file: Path, found_of_seals
) -> None:
    for number in range(3):
        _add(*range(1, 5 + number))
        assert sum(race(*[seal] * 4)) == 1
    assert len(_sealed(session)) == len(file.read_text().splitlines()) == 3
    assert found_of_seals() == []


def test_a_line_cut_short_by_a_crash_is_written_again(session, file: Path, found_of_seals) -> None:
    _add(1)
    seal()
    whole = file.read_text()
    file.write_text(whole[:-40])
    assert [line.split(":")[0] for line in found_of_seals()] == ["file-unreadable", "file-lacks"]
    seal()
    assert file.read_text() == whole
    assert found_of_seals() == []
