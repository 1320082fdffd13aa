"""Doorbells: they arrive, and a broker that fails or hangs holds nobody up."""

import socket
import time
from collections.abc import Callable, Iterator

import pytest
from celery import Celery
from flask import Flask

from app.core import celery as doorbells


# RabbitMQ's client gives up as late as a ring does, and is gone when the next one asks.
@pytest.fixture(params=["redis", "amqp"])
def silent_broker(
    request: pytest.FixtureRequest, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> Iterator[None]:
    """A broker that takes the connection and never says a word."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        address = f"{request.param}://127.0.0.1:{listener.getsockname()[1]}//"
        silent = Celery(broker=address, set_as_current=False)
        silent.conf.broker_connection_timeout = 2
        monkeypatch.setattr(doorbells, "celery", silent)
        monkeypatch.setattr(doorbells, "RING_SECONDS", 2)
        monkeypatch.setattr(doorbells, "QUIET_SECONDS", 600)
        # What hung before, and what hangs here, is nothing to the other tests.
        monkeypatch.setattr(doorbells, "_quiet_until", 0.0)
        monkeypatch.setattr(doorbells, "_hanging", set())
        yield


def test_what_is_rung_is_done(app: Flask, run_tasks: Callable[[], list[str]]) -> None:
    doorbells.ring("core.pulse")
    assert run_tasks() == ["core.pulse"]


def test_a_bell_rung_all_the_time_rings_now_and_then_and_once_after(
    app: Flask, run_tasks: Callable[[], list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(doorbells.celery.conf, "onshelf_ring_every", 600)
    doorbells._rung.clear()
    for _ in range(50):
        doorbells.ring("core.pulse")
    (after,) = doorbells._to_ring.values()
    assert run_tasks() == ["core.pulse"], "the first is rung at once"
    after.cancel()
    after.function(*after.args)
    assert run_tasks() == ["core.pulse"], "and one after the last"


def test_a_broker_that_hangs_costs_two_seconds_once(
    silent_broker: None, caplog: pytest.LogCaptureFixture
) -> None:
    started = time.monotonic()
    doorbells.ring("core.pulse")
    assert time.monotonic() - started > 1.5
    for thread in doorbells._hanging:
        thread.join(1)
    doorbells.ring("core.pulse")
    hung = [line for line in caplog.messages if "hangs" in line]
    assert [line.partition(":")[0] for line in hung] == [
        "the broker hangs", "the broker still hangs",
    ]  # fmt: skip


def test_every_periodic_job_is_a_task_there_is(app: Flask) -> None:
    names = {row["task"] for row in doorbells.celery.conf.beat_schedule.values()}
    assert names
    assert names <= set(doorbells.celery.tasks)
