"""What lives and does nothing is noticed, and started again."""

import os
import signal
import socket
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.core.clock import database_now
from app.core.heartbeat import Heartbeat, Pulse
from app.settings import settings
from app.surfaces.cli import pulse, supervisor
from app.surfaces.cli.supervisor import Process, Supervisor
from tests.stack import wait_for


def test_a_stuck_process_is_started_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervisor, "PATIENCE_SECONDS", 0.0)
    monkeypatch.setattr(supervisor, "ASK_SECONDS", 0.0)
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    stopped: list[int] = []
    process = Process("sleeper", command, stuck=lambda: children[0].running.pid in stopped)
    watch = Supervisor(tmp_path, lambda name: tmp_path / f"{name}.log")
    children = watch.children
    try:
        watch.start(process)
        watch.look_after()
        first = children[0].running.pid
        os.kill(first, signal.SIGSTOP)
        stopped.append(first)
        wait_for(lambda: watch.look_after() == [children[0]], 60)
        wait_for(lambda: watch.look_after() == [] and children[0].running is not None, 60)
        assert children[0].running.pid != first
        assert "does nothing" in children[0].log.read_text()
    finally:
        watch.end()


def test_a_machine_is_silent_when_its_own_row_is_old(session: Session) -> None:
    silent = pulse.silent(settings().database_url)
    # No worker was ever here.
    assert not silent()
    Pulse().beat(socket.gethostname())
    assert not silent()
    Pulse().beat("another")
    old = database_now() - timedelta(seconds=pulse.SILENCE_SECONDS + 1)
    session.execute(update(Heartbeat).where(Heartbeat.name == "another").values(at=old))
    session.commit()
    assert not silent()
    session.execute(update(Heartbeat).values(at=old))
    session.commit()
    assert silent()


def test_a_database_that_is_away_says_nothing() -> None:
    assert not pulse.silent("postgresql+psycopg://nobody@127.0.0.1:1/none")()
