"""`make run`: what is started again, what is left behind, what is said when it cannot start."""

import json
import os
import signal
import socket
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from app.core import migration
from app.core.postgres import Cluster, Server
from tests.stack import Stack, wait_for

pytestmark = pytest.mark.xdist_group("run")


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    made = Stack(tmp_path_factory.mktemp("run") / "instance").start()
    yield made
    made.stop()


def readiness(stack: Stack) -> dict[str, Any]:
    try:
        with urllib.request.urlopen(f"{stack.url}/readyz", timeout=5) as answer:
            return json.load(answer)
    except urllib.error.HTTPError as error:
        return json.load(error)
    except OSError:
        return {"status": "no answer"}


def query(stack: Stack, statement: str) -> Any:
    cluster = Cluster.under(stack.instance / "postgres")
    with psycopg.connect(host=str(cluster.sockets), user="postgres", dbname="onshelf") as database:
        return database.execute(statement).fetchone()


def test_says_where_everything_is(stack: Stack) -> None:
    said = stack.said()
    assert f"\nready {stack.url}\n" in said
    assert stack.catalogue_url in said
    assert stack.orders_url in said
    assert "owner@haneul.example" in said
    assert "Ctrl-C" in said


def test_is_ready_with_every_part(stack: Stack) -> None:
    answer = readiness(stack)
    assert answer["status"] == "ok"
    assert set(answer["checks"]) == {"database", "broker", "worker", "storage", "work"}


def test_secrets_are_for_their_owner_alone(stack: Stack) -> None:
    files = list((stack.instance / "secrets").iterdir())
    assert len(files) == 3
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert (stack.instance / "postgres" / "socket").stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("part", ["wsgi:app", "receivers.catalogue", "celery -A", "bin/postgres"])
def test_a_killed_child_is_started_again(stack: Stack, part: str) -> None:
    pid = stack.pid_of(part)
    os.kill(pid, signal.SIGKILL)
    wait_for(lambda: stack.children() and pid not in stack.children(), 20)
    wait_for(lambda: any(part in line for line in stack.children().values()), 30)
    wait_for(lambda: readiness(stack)["status"] == "ok", 60)


def test_a_second_start_of_the_same_folder_is_refused(stack: Stack) -> None:
    second = Stack(stack.instance)
    second.output = stack.instance.with_name("second.out")
    second.launch()
    assert second.process is not None
    assert second.process.wait(30) == 1
    assert "already runs from" in second.said()
    assert len(second.said().splitlines()) == 1


def test_nothing_is_left_after_a_kill_and_the_next_start_keeps_all(stack: Stack) -> None:
    before = query(stack, "SELECT count(*), min(created_at) FROM person")
    key = (stack.instance / "secrets" / "secret_key").read_text()
    assert stack.process is not None
    stack.process.kill()
    stack.process.wait()
    wait_for(lambda: not stack.children(), 30)
    stack.start()
    assert query(stack, "SELECT count(*), min(created_at) FROM person") == before
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
    assert readiness(stack)["status"] == "ok"


def test_ctrl_c_ends_every_child(stack: Stack) -> None:
    assert stack.children()
    assert stack.stop() == 0
    assert not stack.children()


def test_a_database_newer_than_the_code_is_one_sentence(stack: Stack) -> None:
    if not migration.has_revisions("onshelf"):
        pytest.skip("no revision yet")
    with Server(Cluster.under(stack.instance / "postgres")):
        query(stack, "UPDATE alembic_version SET version_num = '9999' RETURNING 1")
    stack.launch()
    assert stack.process is not None
    assert stack.process.wait(60) == 1
    assert "newer than this code" in stack.said()
    assert len(stack.said().splitlines()) == 1
    assert not stack.children()


def test_a_port_in_use_is_one_sentence(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        other = Stack(tmp_path / "instance", port=taken.getsockname()[1])
        other.launch()
        assert other.process is not None
        assert other.process.wait(30) == 1
    assert f"Port {other.port} is in use" in other.said()
    assert len(other.said().splitlines()) == 1


def test_data_of_another_major_version_is_one_sentence(tmp_path: Path) -> None:
    data = tmp_path / "instance" / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    other = Stack(tmp_path / "instance")
    other.launch()
    assert other.process is not None
    assert other.process.wait(30) == 1
    assert "holds data of PostgreSQL 12" in other.said()
    assert len(other.said().splitlines()) == 1


def test_a_database_that_does_not_answer_is_one_sentence(tmp_path: Path) -> None:
    address = "postgresql://onshelf@127.0.0.1:1/onshelf"
    other = Stack(tmp_path / "instance", DATABASE_URL=address)
    other.launch()
    assert other.process is not None
    assert other.process.wait(30) == 1
    assert "DATABASE_URL does not answer" in other.said()
    assert len(other.said().splitlines()) == 1
