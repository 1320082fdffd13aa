"""The whole installation as people start it, on ports of its own, in a folder of its own."""

import os
import random
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import psycopg

from app.core.postgres import Cluster
from app.settings import ROOT

# A machine of two cores with much else to do; alone it takes about ten.
START_SECONDS = 300.0
# What the tests' own conftest sets for this process must not reach the installation.
NOT_INHERITED = (
    "DATABASE_URL", "BROKER_URL", "SECRET_KEY", "CATALOGUE_SECRET", "ORDERS_SECRET", "PUBLIC_URL",
    "CATALOGUE_URL", "ORDERS_URL", "ONSHELF_ENV", "VERDICT_HOLD_SECONDS", "SMTP_URL",
    "HANDOFF_LINGER_SECONDS", "RING_EVERY_SECONDS",
    # Seven processes a start, and many starts: compiled once.
    "PYTHONDONTWRITEBYTECODE",
)  # fmt: skip


class Stack:
    """One installation: `start`, then `url`, `catalogue_url`, `orders_url`; `stop` at the end."""

    def __init__(self, instance: Path, port: int | None = None, **environment: str) -> None:
        self.instance = instance
        self.port = port or free_port()
        self.environment = environment
        self.process: subprocess.Popen[str] | None = None
        self.output = instance.with_name(f"{instance.name}.out")

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def catalogue_url(self) -> str:
        return f"http://127.0.0.1:{self.port + 1}"

    @property
    def orders_url(self) -> str:
        return f"http://127.0.0.1:{self.port + 2}"

    def said(self) -> str:
        """Everything it has printed."""
        return self.output.read_text() if self.output.exists() else ""

    def launch(self) -> None:
        """Start without waiting."""
        kept = {k: v for k, v in os.environ.items() if k not in NOT_INHERITED}
        kept |= {"ONSHELF_INSTANCE": str(self.instance), **self.environment}
        with self.output.open("w") as out:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "app.surfaces.cli.run", "--port", str(self.port)],
                cwd=ROOT,
                env=kept,
                stdout=out,
                stderr=subprocess.STDOUT,
                text=True,
            )

    def start(self) -> "Stack":
        """Start and wait for its `ready` line; what never gets there is stopped."""
        self.launch()
        process = self.process
        assert process is not None
        try:
            wait_for(
                lambda: "ready http" in self.said() or process.poll() is not None, START_SECONDS
            )
            assert "ready http" in self.said(), self.said()
        except AssertionError:
            self.stop()
            raise
        return self

    def refused(self) -> str:
        """Start what must not start: its one sentence. It must end by itself, with status 1."""
        self.launch()
        assert self.process is not None
        try:
            status = self.process.wait(START_SECONDS)
        finally:
            # One that comes late would take the place of another test's.
            self.process.kill()
        assert status == 1, self.said()
        assert len(self.said().splitlines()) == 1, self.said()
        return self.said()

    def stop(self) -> int:
        """Ask it to end, as Ctrl-C does; its exit status."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(90)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def kill(self) -> None:
        """End it at once, when nothing of it is looked at any more."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            wait_for(lambda: not self.children(), 120)

    def inside(self) -> dict[str, str]:
        """The environment of its own processes."""
        told = _read(f"/proc/{self.pid_of('celery')}/environ").decode().split("\0")
        return dict(line.split("=", 1) for line in told if "=" in line)

    def python(self, module: str, *given: str) -> None:
        """Run a module as one of its own processes would be."""
        subprocess.run(
            [sys.executable, "-m", module, *given], cwd=ROOT, env=self.inside(), check=True
        )

    def query(self, statement: str) -> Any:
        """The first row that its database answers."""
        cluster = Cluster.under(self.instance / "postgres")
        with psycopg.connect(
            host=str(cluster.sockets), user="postgres", dbname="onshelf"
        ) as database:
            return database.execute(statement).fetchone()

    def children(self) -> dict[int, str]:
        """Every living process of this installation but the first: pid and command line."""
        return {pid: line for pid, line in _processes().items() if self._owns(pid, line)}

    def pid_of(self, part: str) -> int:
        """The oldest child whose command line has *part*."""
        return min(pid for pid, line in self.children().items() if part in line)

    def _owns(self, pid: int, line: str) -> bool:
        if self.process is not None and pid == self.process.pid:
            return False
        mark = f"ONSHELF_SUPERVISED={self.instance.resolve()}".encode()
        return str(self.instance) in line or mark in _read(f"/proc/{pid}/environ").split(b"\0")


def wait_for(done: Callable[[], object], seconds: float) -> None:
    """Poll *done* until it is true; fails after *seconds*."""
    deadline = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < deadline, f"not within {seconds:g} s"
        time.sleep(0.1)


def free_port() -> int:
    """The first of three neighbouring ports that can be listened on.

    They are below those that the kernel gives to clients: of these any may be taken meanwhile.
    """
    while True:
        port = random.randint(20000, 32000)
        if all(_is_free(port + offset) for offset in range(3)):
            return port


def _is_free(port: int) -> bool:
    with socket.socket() as attempt:
        # As servers do, for whom a connection that is over is nothing in the way.
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _processes() -> dict[int, str]:
    pids = [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()]
    lines = {pid: _read(f"/proc/{pid}/cmdline").replace(b"\0", b" ").decode() for pid in pids}
    # A process that has ended but was not yet asked about has no command line.
    return {pid: line for pid, line in lines.items() if line}


def _read(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError:
        return b""
