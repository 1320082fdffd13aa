"""Redis and RabbitMQ in front of a whole installation: killed, hanging, shared, stopped under.

What every broker owes is what PostgreSQL has in rows: the work is done, once, without anybody's
help. The filesystem's own is in `functional/cli/test_run.py`.
"""

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection, Queue

from app.settings import ROOT
from app.surfaces.cli.walk import Walk
from tests import brokers
from tests.factories.pictures import goods, saved
from tests.stack import START_SECONDS, Stack, wait_for

# Each rings. A page waits for a broker that hangs once, however many pictures it brought.
PICTURES = 8
# Shorter than a picture's lease: what is done by then waited for no dead worker's to end. Whoever
# has lost the broker asks for it again after half a minute only.
DONE_SECONDS, LEASE_SECONDS = 300, 600
WEB_PROCESSES = 2
# What a process says when it has waited for two seconds; for five it does not try again then.
HANGS, AGAIN_SECONDS = "the broker hangs", 7
MAKERS: dict[str, Callable[[Path], brokers.Broker]] = {
    "redis": brokers.redis,
    "rabbitmq": brokers.rabbitmq,
}


class House:
    """One installation on one broker, and a seller who uploads."""

    def __init__(self, broker: brokers.Broker, stack: Stack) -> None:
        self.broker = broker
        self.stack = stack
        self.walk = Walk(stack.url)
        self.uploaded = 0
        self.refused = self.count("state = 'refused'")

    def upload(self, number: int, side: int = 800) -> None:
        """Give the draft *number* new pictures in one request."""
        if self.uploaded + number > 10 or not self.walk.listing:
            self.uploaded = 0
            self.walk.start()
        self.uploaded += number
        files = [("pictures", (f"{n}.jpg", _picture(side), "image/jpeg")) for n in range(number)]
        draft = self.walk.seller.get(f"{self.walk.listing_path}/draft")
        page = self.walk.seller.send(draft, draft.form("/pictures"), *files)
        assert page.status == 200, page.said()

    def upload_is_not_held_up(self) -> None:
        """A page with many pictures waits for the broker once, whatever else it has to do."""
        waits, started = self.log("web").count(HANGS), time.monotonic()
        self.upload(PICTURES)
        took = time.monotonic() - started
        most = WEB_PROCESSES * (1 + took / AGAIN_SECONDS)
        assert self.log("web").count(HANGS) - waits <= most

    def count(self, where: str) -> int:
        """How many pictures are such."""
        return int(self.stack.query(f"SELECT count(*) FROM picture WHERE {where}")[0])

    def all_done(self, seconds: float = DONE_SECONDS) -> None:
        """Nothing waits any more, and of what was uploaded nothing was given up."""
        wait_for(lambda: self.count("state = 'received'") == 0, seconds)
        assert self.count("state = 'refused'") == self.refused

    def readiness(self) -> dict[str, Any]:
        """What `/readyz` answers, and with which status."""
        try:
            with urllib.request.urlopen(f"{self.stack.url}/readyz", timeout=60) as answer:
                return json.load(answer) | {"code": answer.status}
        except urllib.error.HTTPError as error:
            return json.load(error) | {"code": error.code}

    def ready_again(self) -> None:
        """Broker, worker and beat work together: only a task that ran writes a sign of life."""
        since = self.stack.query("SELECT now()")[0]

        def alive() -> bool:
            pulse = self.stack.query("SELECT max(at) FROM heartbeat")[0]
            try:
                return bool(pulse > since) and self.readiness()["code"] == 200
            except OSError:
                return False

        wait_for(alive, DONE_SECONDS)

    def worker(self) -> int:
        """The first process of the installation's own worker, which leads the others of it."""
        found = [pid for pid, line in self.stack.children().items() if "celery -A wsgi" in line]
        return next(pid for pid in found if os.getpgid(pid) == pid)

    def celery(self, output: Path, *given: str) -> subprocess.Popen[bytes]:
        """One more process of Celery's, in the surroundings of the installation's own."""
        told = Path(f"/proc/{self.worker()}/environ").read_bytes().split(b"\0")
        environment = dict(line.decode().split("=", 1) for line in told if line)
        command = [sys.executable, "-m", "celery", *given]
        with output.open("w") as out:
            return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=out, stderr=out)

    def log(self, name: str) -> str:
        """All that the process called *name* has said since the start."""
        return (self.stack.instance / "log" / f"{name}.log").read_text()


def _picture(side: int) -> bytes:
    # Different every time: the same bytes would be the same picture.
    return saved(goods(side=side, colour=f"#{os.urandom(3).hex()}"), quality=90)


@pytest.fixture(scope="module", params=MAKERS)
def house(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[House]:
    folder = tmp_path_factory.mktemp(request.param)
    broker = MAKERS[request.param](folder / "broker")
    settings = {"VERDICT_HOLD_SECONDS": "1", "READY_OLDEST_DUE_SECONDS": "10"}
    settings["PICTURE_LEASE_SECONDS"] = str(LEASE_SECONDS)
    stack = Stack(folder / "instance", BROKER_URL=broker.url, **settings)
    try:
        stack.start()
        made = House(broker, stack)
        made.walk.seller_signs_in()
        yield made
        assert stack.stop() == 0
    finally:
        stack.kill()
        broker.end()


def walk_until_delivered(url: str) -> Walk:
    """A listing from draft to both systems."""
    walk = Walk(url)
    for name, stage in walk.stages():
        stage()
        if name.startswith("handed over"):
            break
    return walk


def test_what_the_quorum_queue_is(house: House) -> None:
    if not isinstance(house.broker, brokers.Rabbit):
        pytest.skip("only RabbitMQ has quorum queues")
    told = house.broker.control("list_queues", "name", "type", "arguments", "--formatter", "json")
    queues = {queue["name"]: queue for queue in json.loads(told)}
    # Beside them the workers have one each for being asked about.
    ours = {"onshelf", "onshelf.beat", "onshelf.dead"}
    assert {queues[name]["type"] for name in ours} == {"quorum"}
    assert "x-delivery-limit" in str(queues["onshelf"]["arguments"])


@pytest.fixture
def company(house: House, tmp_path: Path) -> Iterator[dict[str, Path]]:
    """Two more workers and a second beat, as somebody starts them on another machine."""
    worker = ["-A", "wsgi:celery", "worker", "--concurrency", "1", "--loglevel", "INFO"]
    # Else a child that starts slowly is ended and begun anew, which is said as an error.
    slow = ["--", "worker.proc_alive_timeout=60"]
    commands = {
        "second": [*worker, "--hostname", "second@%h", *slow],
        "third": [*worker, "--hostname", "third@%h", *slow],
        "beat": ["-A", "app.beat", "beat", "--scheduler", "celery.beat:Scheduler"],
    }
    running = [house.celery(tmp_path / name, *command) for name, command in commands.items()]
    for name in ("second", "third"):
        wait_for(lambda name=name: "ready." in (tmp_path / name).read_text(), START_SECONDS)
    yield {name: tmp_path / name for name in commands}
    for process in running:
        process.send_signal(signal.SIGTERM)
    assert [process.wait(120) for process in running] == [0, 0, 0]


def test_several_workers_and_beats_do_a_listing_once(
    house: House, company: dict[str, Path]
) -> None:
    house.upload(4)
    walk = walk_until_delivered(house.stack.url)
    house.all_done()
    mine = f"WHERE listing_id = {walk.listing} AND subject = 'product'"
    sent = house.stack.query(f"SELECT count(*), min(attempts), max(attempts) FROM delivery {mine}")
    assert sent == (2, 1, 1)
    assert house.count("attempts <> 1") == 0
    tasks = {name: file.read_text().count(" succeeded in ") for name, file in company.items()}
    assert tasks["second"] and tasks["third"]
    said = [file.read_text() for file in company.values()] + [house.log("worker")]
    assert not [text for text in said if re.search("Traceback|ERROR|CRITICAL", text)]


def test_a_killed_broker_is_come_back_to(house: House) -> None:
    house.upload(6)
    house.broker.kill()
    house.upload_is_not_held_up()
    assert house.readiness()["checks"]["broker"]["ok"] is False
    house.broker.start()
    house.all_done()
    house.ready_again()


def test_a_hanging_broker_holds_no_page_up(house: House) -> None:
    house.broker.hang()
    try:
        house.upload_is_not_held_up()
    finally:
        house.broker.go_on()
    house.all_done()
    house.ready_again()


def test_pages_ring_again_after_all_that(house: House) -> None:
    def rings() -> bool:
        before = house.log("web").count("the sweeper")
        house.upload(1)
        return house.log("web").count("the sweeper") == before

    # Each of the two processes finds out for itself that its connection is gone.
    wait_for(lambda: all(rings() for _ in range(4)), DONE_SECONDS)
    house.all_done()


def test_a_worker_that_is_asked_to_end_finishes(house: House) -> None:
    again = house.count("attempts > 1")

    def at_work() -> bool:
        house.upload(2, side=2500)
        return bool(house.count("lease_until > now()"))

    # Two may be done before anybody looks.
    wait_for(at_work, 120)
    worker = house.worker()
    os.kill(worker, signal.SIGTERM)
    wait_for(lambda: worker not in house.stack.children(), 120)
    house.all_done()
    assert house.count("attempts > 1") == again
    house.ready_again()


def test_a_stuck_worker_is_told(house: House) -> None:
    if isinstance(house.broker, brokers.Rabbit):
        pytest.skip("seen with Redis: it is rows that tell, whatever the broker")
    worker = house.worker()
    os.killpg(worker, signal.SIGSTOP)
    try:
        house.upload(1)
        wait_for(lambda: not house.readiness()["checks"]["work"]["ok"], 120)
        told = house.readiness()
        assert told["code"] == 503
        late = r"picture: the oldest due row has waited [1-9]\d+(\.\d)? s"
        assert re.fullmatch(late, told["checks"]["work"]["reason"])
        age = oldest(house.stack.url)
        assert age > 10
        wait_for(lambda: oldest(house.stack.url) > age, 60)
    finally:
        os.killpg(worker, signal.SIGCONT)
    house.all_done()
    house.ready_again()
    assert worker in house.stack.children()


def test_a_ring_that_the_broker_did_not_keep_is_told(house: House) -> None:
    """Publisher confirms: without them a full queue's refusal would be heard by nobody."""
    if not isinstance(house.broker, brokers.Rabbit):
        pytest.skip("only RabbitMQ confirms what is published")
    worker, before = house.worker(), house.log("web").count("could not ring")
    os.killpg(worker, signal.SIGSTOP)
    house.broker.control("set_policy", "full", "^onshelf$", '{"max-length": 1}')
    try:
        house.upload_is_not_held_up()
        wait_for(lambda: house.log("web").count("could not ring") > before, 60)
    finally:
        house.broker.control("clear_policy", "full")
        os.killpg(worker, signal.SIGCONT)
    house.all_done()
    house.ready_again()


def test_what_ends_its_workers_goes_to_the_dead_letters(house: House, tmp_path: Path) -> None:
    if not isinstance(house.broker, brokers.Rabbit):
        pytest.skip("with Redis rows alone count attempts: it has no dead letters")
    given = ["-A", "tests.functional.brokers.fatal", "worker", "--concurrency", "1"]
    worker = house.celery(tmp_path / "fatal", *given)
    letters: list[Any] = []
    # Before it there is nothing, of all that beat rang for while its workers were away.
    try:
        with Connection(house.broker.url) as connection:
            dead = Queue("onshelf.dead", channel=connection.default_channel)
            wait_for(lambda: letters.append(dead.get(no_ack=True)) or letters[-1], START_SECONDS)
    finally:
        worker.terminate()
        worker.wait(120)
    assert letters[-1].headers["task"] == "fatal"
    assert letters[-1].headers["x-first-death-reason"] == "delivery_limit"
    assert (tmp_path / "fatal").read_text().count("WorkerLostError") >= 5


def oldest(url: str) -> float:
    """How old the oldest picture is that is due, as Prometheus reads it."""
    with urllib.request.urlopen(f"{url}/metrics", timeout=60) as answer:
        told = answer.read().decode()
    found = re.search(r'^onshelf_oldest_due_seconds\{kind="picture"\} (\S+)$', told, re.MULTILINE)
    assert found, told
    return float(found[1])
