"""Doorbells: they arrive, and a broker that fails or hangs holds nobody up."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest
from celery import Celery
from flask import Flask

from app.core import celery as doorbells


@pytest.fixture
def silent_broker(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A broker that takes the connection and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        address = f"redis://127.0.0.1:{listener.getsockname()[1]}/0"
        monkeypatch.setattr(doorbells, "celery", Celery(broker=address, set_as_current=False))
        yield


def test_what_is_rung_is_done(app: Flask, run_tasks: Callable[[], list[str]]) -> None:
    doorbells.ring("core.pulse")
    assert run_tasks() == ["core.pulse"]


def test_a_broker_that_hangs_costs_two_seconds_once(silent_broker: None) -> None:
    started = time.monotonic()
    doorbells.ring("core.pulse")
    first = time.monotonic() - started
    doorbells.ring("core.pulse")
    both = time.monotonic() - started
    assert 1.5 < first < 3
    assert both - first < 0.1


def test_every_periodic_job_is_a_task_there_is(app: Flask) -> None:
    names = {row["task"] for row in doorbells.celery.conf.beat_schedule.values()}
    assert names
    assert names <= set(doorbells.celery.tasks)
