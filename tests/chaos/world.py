"""One installation with its receivers behind proxies, and the hands that hurt it."""

import contextlib
import os
import random
import resource
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg
from psycopg.rows import dict_row

from app.core.crashes import POINTS
from app.core.postgres import Cluster
from app.settings import ROOT
from tests.chaos.journal import Journal
from tests.chaos.proxy import Proxy
from tests.chaos.receivers import Receivers, wait_until
from tests.chaos.uploads import Uploader
from tests.stack import Stack, free_port

SECRET = "a secret for chaos alone, of no worth"
# It only guards against hanging.
READY_SECONDS = 300.0
# Bytes of a file while there is no room: more than the logs have, less than a photograph.
NO_ROOM = 768 * 1024
# Less than the largest renditions of one.
LITTLE_ROOM = 448 * 1024


class World:
    """Everything of one run, in *folder*."""

    def __init__(self, folder: Path, dice: random.Random, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.dice = dice
        self.journal = Journal(folder / "faults.jsonl")
        self.crashes = folder / "crashes"
        self.crashes.mkdir()
        port = free_port()
        self.ports = {"catalogue": port + 1, "orders": port + 2}
        wire = Journal(folder / "receivers.jsonl")
        self.proxies = {name: Proxy(name, at, wire) for name, at in self.ports.items()}
        shared = {"CATALOGUE_SECRET": SECRET, "ORDERS_SECRET": SECRET}
        shared |= {"ONSHELF_CRASH_FOLDER": str(self.crashes), **settings}
        urls = {f"{name.upper()}_URL": one.url for name, one in self.proxies.items()}
        instance = folder / "instance"
        self.stack = Stack(instance, port, VERDICT_HOLD_SECONDS="0", **shared, **urls)
        self.cluster = Cluster.under(instance / "postgres")
        own = {f"{name.upper()}_URL": f"http://127.0.0.1:{at}" for name, at in self.ports.items()}
        own |= {"DATABASE_URL": self.cluster.url("onshelf"), "PUBLIC_URL": self.stack.url}
        self.receivers = Receivers(
            self.ports, shared | own | {"ONSHELF_ENV": "demo"}, folder / "receivers"
        )
        self.uploader = Uploader(self.stack.url, dice, self.journal)
        self.driver: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Everything up, nothing wrong yet."""
        self.receivers.start()
        self.stack.start()
        wait_until(self.receivers.ready, READY_SECONDS, "the receivers")
        self.uploader.prepare()

    def drive(self, seed: int, approvals: int, changes: int) -> None:
        """Start the driver, inside the installation; the named points do not end it."""
        inside = self.stack.inside()
        inside.pop("ONSHELF_CRASH_FOLDER", None)
        numbers = [str(self.folder), str(seed), str(approvals), str(changes)]
        with (self.folder / "driver.out").open("wb") as out:
            self.driver = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.driver", *numbers],
                cwd=ROOT, env=inside, stdout=out, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def stop(self) -> None:
        """End everything that was started here."""
        if self.driver is not None:
            self.driver.kill()
            self.driver.wait()
        for name in self.ports:
            self.receivers.freeze(name, thaw=True)
        self.receivers.stop()
        with contextlib.suppress(AssertionError):
            self.stack.kill()
        for pid in self.leaders(""):  # What does not end by itself.
            _signalled(os.killpg, pid)
        for proxy in self.proxies.values():
            proxy.stop()

    def rows(self, statement: str) -> list[dict[str, Any]]:
        """What the database answers, asked from outside."""
        where = {"host": str(self.cluster.sockets), "user": "postgres", "dbname": "onshelf"}
        with psycopg.connect(**where, autocommit=True, row_factory=dict_row) as database:  # type: ignore[arg-type]
            return database.execute(statement).fetchall()  # type: ignore[arg-type]

    def kill_group(self, part: str) -> bool:
        """`kill -9` to a process of the installation and all it started; whether there was one."""
        return any(_signalled(os.killpg, pid) for pid in self.leaders(part))

    def kill_child(self, part: str) -> bool:
        """`kill -9` to one process that such a leader started."""
        leaders = self.leaders(part)
        born = [pid for pid in _all_pids() if pid not in leaders and _session(pid) in leaders]
        return bool(born) and _signalled(os.kill, self.dice.choice(born))

    def leaders(self, part: str) -> list[int]:
        """Processes with *part* in their command line that lead a session."""
        found = self.stack.children()
        return [pid for pid, line in found.items() if part in line and _session(pid) == pid]

    def limit_files(self, part: str, limit: int) -> None:
        """What each process under such a leader may write of one file: errors of a full disk."""
        leaders = self.leaders(part)
        # Leaders first: what is born meanwhile has its limit from them.
        born = [pid for pid in _all_pids() if pid not in leaders and _session(pid) in leaders]
        for pid in leaders + born:
            with contextlib.suppress(ProcessLookupError):
                hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
                resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, hard))

    def drop_crash(self, name: str) -> None:
        """The next process that comes by the point dies there."""
        (self.crashes / name).touch()

    def pending_crashes(self) -> list[str]:
        """Points asked for that nobody has come by yet."""
        return [name for name in POINTS if (self.crashes / name).exists()]

    @property
    def messages(self) -> Path:
        """Where the broker's messages lie."""
        return self.stack.instance / "broker" / "messages"


def _signalled(send: Any, pid: int) -> bool:
    try:
        send(pid, signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _session(pid: int) -> int:
    try:
        return os.getsid(pid)
    except ProcessLookupError:
        return 0


def _all_pids() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
