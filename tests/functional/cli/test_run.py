"""`make run`: what is started again, what is left behind, what is said when it cannot start."""

import fcntl
import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core import migration
from app.core.postgres import Cluster, Server
from app.settings import ROOT
from tests.stack import START_SECONDS, Stack, wait_for


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    made = Stack(tmp_path_factory.mktemp("run") / "instance").start()
    yield made
    made.stop()


def readiness(stack: Stack) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(f"{stack.url}/readyz", timeout=60) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except OSError:
        return {"status": "no answer"}


def test_says_where_everything_is(stack: Stack) -> None:
    said = stack.said()
    assert f"\nready {stack.url}\n" in said
    assert stack.catalogue_url in said
    assert stack.orders_url in said
    assert "owner@haneul.example" in said
    assert "Ctrl-C" in said


def test_is_ready_with_every_part(stack: Stack) -> None:
    wait_for(lambda: readiness(stack)["status"] == "ok", 120)
    assert set(readiness(stack)["checks"]) == {"database", "broker", "worker", "storage", "work"}


def test_secrets_are_for_their_owner_alone(stack: Stack) -> None:
    files = list((stack.instance / "secrets").iterdir())
    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (stack.instance / "postgres" / "socket").stat().st_mode & 0o777 == 0o700


def test_the_probe_walks_one_listing_through(stack: Stack) -> None:
    command = [sys.executable, "-m", "app.surfaces.cli.probe", "--url", stack.url]
    surroundings = os.environ | {"ONSHELF_INSTANCE": str(stack.instance)}
    surroundings.pop("DATABASE_URL", None)
    done = subprocess.run(
        command, cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "failed" not in done.stdout


def test_a_command_of_flask_finds_what_is_running(stack: Stack) -> None:
    outside = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME")}
    done = subprocess.run(
        [sys.executable, "-m", "app.surfaces.cli.within", "audit", "verify"],
        cwd=ROOT,
        env={**outside, "ONSHELF_INSTANCE": str(stack.instance)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "all is well" in done.stdout


@pytest.mark.parametrize("part", ["wsgi:app", "receivers.catalogue", "celery -A", "bin/postgres"])
def test_a_killed_child_is_started_again(stack: Stack, part: str) -> None:
    pid = stack.pid_of(part)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: stack.children() and pid not in stack.children(), 120)
    wait_for(lambda: any(part in line for line in stack.children().values()), 120)
    wait_for(lambda: readiness(stack)["status"] == "ok", 120)


def test_a_second_start_of_the_same_folder_is_refused(stack: Stack) -> None:
    second = Stack(stack.instance)
    second.output = stack.instance.with_name("second.out")
    said = second.refused()
    assert "already runs from" in said
    assert stack.process is not None
    assert f"process {stack.process.pid}" in said


def test_a_folder_that_an_ended_start_still_holds_is_waited_for(tmp_path: Path) -> None:
    instance = tmp_path / "instance"
    instance.mkdir()
    with (instance / "lock").open("a+") as lock, socket.socket() as taken:
        ended = subprocess.Popen(["true"])
        ended.wait()
        lock.write(f"process {ended.pid}, http://127.0.0.1:8000\n")
        lock.flush()
        fcntl.flock(lock, fcntl.LOCK_EX)
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        other = Stack(instance, port=taken.getsockname()[1])
        other.launch()
        wait_for(lambda: _has_open(other, instance / "lock"), START_SECONDS)
        fcntl.flock(lock, fcntl.LOCK_UN)
        assert other.process is not None
        assert other.process.wait(START_SECONDS) == 1
    # It got past the folder, to the next thing that stops it.
    assert f"Port {other.port} is in use" in other.said()


def _has_open(stack: Stack, file: Path) -> bool:
    assert stack.process is not None
    folder = Path(f"/proc/{stack.process.pid}/fd")
    return str(file) in {str(entry.readlink()) for entry in folder.iterdir() if entry.is_symlink()}


def test_nothing_is_left_after_a_kill_and_the_next_start_keeps_all(stack: Stack) -> None:
    before = stack.query("SELECT count(*), min(created_at) FROM person")
    key = (stack.instance / "secrets" / "secret_key").read_text()
    assert stack.process is not None
    stack.process.kill()
    stack.process.wait()
    wait_for(lambda: not stack.children(), 120)
    stack.start()
    assert stack.query("SELECT count(*), min(created_at) FROM person") == before
    assert (stack.instance / "secrets" / "secret_key").read_text() == key


def test_everything_killed_at_once_starts_clean(stack: Stack) -> None:
    assert stack.process is not None
    for pid in [stack.process.pid, *stack.children()]:
        os.kill(pid, signal.SIGKILL)
    stack.process.wait()
    # What a half-written message or a reused process number would look like.
    (stack.instance / "broker" / "messages" / "1_x.onshelf.msg").write_text("{")
    lock = stack.instance / "postgres" / "data" / "postmaster.pid"
    lock.write_text(lock.read_text().replace(lock.read_text().split("\n")[0], str(os.getpid())))
    stack.start()
    wait_for(lambda: readiness(stack)["status"] == "ok", 120)


def test_ctrl_c_ends_every_child(stack: Stack) -> None:
    assert stack.children()
    assert stack.stop() == 0
    wait_for(lambda: not stack.children(), 120)


def test_a_database_newer_than_the_code_is_one_sentence(stack: Stack) -> None:
    if not migration.has_revisions("onshelf"):
        pytest.skip("no revision yet")
    with Server(Cluster.under(stack.instance / "postgres")):
        stack.query("UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    assert "newer than this code" in stack.refused()
    wait_for(lambda: not stack.children(), 120)


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        other = Stack(tmp_path / "instance", port=taken.getsockname()[1])
        assert f"Port {other.port} is in use" in other.refused()


def test_data_of_another_major_version_is_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "instance" / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    other = Stack(tmp_path / "instance")
    assert "holds data of PostgreSQL 12" in other.refused()


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    address = "postgresql://onshelf@127.0.0.1:1/onshelf"
    other = Stack(tmp_path / "instance", DATABASE_URL=address)
    assert "DATABASE_URL does not answer" in other.refused()
