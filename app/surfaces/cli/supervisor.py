"""Starts processes in order, starts a dead one again, ends them all.

Why not a kept supervisor: `docs/decisions/supervisor.md`. Each child leads a session of its own and
gets its ending signal from the kernel when this process dies, even by kill -9 (`core/launch.py`).
"""

import contextlib
import os
import shutil
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from app.core.postgres import launched
from app.surfaces.cli.problem import CannotStartError

POLL_SECONDS = 0.1
# A child that lived this long starts again at once; one that dies sooner waits longer each time.
STEADY_SECONDS = 30.0
LONGEST_WAIT = 15.0
# How often a living child is asked whether it is stuck, and for how long after its start it is not.
ASK_SECONDS = 30.0
PATIENCE_SECONDS = 300.0
LOG_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True)
class Process:
    """One kind of child. `before` runs ahead of every start; `ready` says when it serves.

    `stuck` says that it lives and does nothing: it is killed then, and started again.
    """

    name: str
    command: list[str]
    ready: Callable[[], bool] = lambda: True
    before: Callable[[], None] = lambda: None
    stuck: Callable[[], bool] = lambda: False
    ending: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    environment: dict[str, str] = field(default_factory=dict)
    # Whether `command` already goes through the launcher.
    launched: bool = False


class Child:
    """A running process and what is remembered of its earlier lives."""

    def __init__(self, process: Process, log: Path, folder: Path) -> None:
        self.process = process
        self.log = log
        self.folder = folder
        self.running: subprocess.Popen[bytes] | None = None
        self.started = 0.0
        self.deaths = 0
        self.start_at = 0.0
        self.ask_at = 0.0

    def start(self) -> None:
        """Start it now, its output appended to its log."""
        self.process.before()
        command = self.process.command
        with self.log.open("ab") as out:
            self.running = subprocess.Popen(  # noqa: S603 - our own arguments
                command if self.process.launched else launched(self.process.ending, command),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ | self.process.environment,
                cwd=self.folder,
                start_new_session=True,
            )
        self.started = time.monotonic()
        self.ask_at = self.started + PATIENCE_SECONDS

    def look(self) -> bool:
        """Start it again if it is dead and due. Whether it was found dead just now."""
        if self.running is not None and self.running.poll() is not None:
            self._bury()
            return True
        if self.running is None and time.monotonic() >= self.start_at:
            self.start()
        elif self._is_stuck():
            # Found dead at the next look.
            with self.log.open("a") as out:
                out.write(f"{self.process.name} lives and does nothing: ended by the supervisor\n")
            self._kill_group()
        return False

    def ask_to_end(self) -> None:
        """Send the ending signal to the leader; it knows how to end its own children."""
        if self.running is not None and self.running.poll() is None:
            self.running.send_signal(self.process.ending)

    def wait(self) -> None:
        """Wait for the end as long as the process's patience says, then kill the whole group."""
        if self.running is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.running.wait(self.process.patience)
        self._kill_group()
        self.running.wait()
        self.running = None

    def _is_stuck(self) -> bool:
        if self.running is None or time.monotonic() < self.ask_at:
            return False
        self.ask_at = time.monotonic() + ASK_SECONDS
        return self.process.stuck()

    def _bury(self) -> None:
        # What it had started must not hold its port or its work.
        self._kill_group()
        lived = time.monotonic() - self.started
        self.deaths = 1 if lived > STEADY_SECONDS else self.deaths + 1
        wait = 0.0 if self.deaths == 1 else min(LONGEST_WAIT, 0.5 * 2**self.deaths)
        self.start_at = time.monotonic() + wait
        self.running = None

    def _kill_group(self) -> None:
        if self.running is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.running.pid, signal.SIGKILL)


class Supervisor:
    """All children of one start. To be used from the main thread alone."""

    def __init__(self, folder: Path, log: Callable[[str], Path]) -> None:
        self.folder = folder
        self.log = log
        self.children: list[Child] = []
        self.stopping = threading.Event()

    def listen(self) -> None:
        """From now on SIGINT, SIGTERM and SIGHUP ask for the end."""
        for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(sign, lambda *_: self.stopping.set())

    def start(self, process: Process) -> None:
        """Start one more child; it is started again from now on whenever it dies."""
        child = Child(process, self.log(process.name), self.folder)
        child.start()
        self.children.append(child)

    def wait_until_ready(self, seconds: float) -> bool:
        """Wait for all of them; False when asked to stop meanwhile.

        Raises CannotStartError naming the one that is not ready after *seconds*.
        """
        deadline = time.monotonic() + seconds
        for child in self.children:
            while not child.process.ready():
                if self.stopping.wait(POLL_SECONDS):
                    return False
                self.look_after()
                if time.monotonic() > deadline or child.deaths > 3:
                    raise CannotStartError(_not_ready(child))
        return True

    def run(self, say: Callable[[str], None]) -> None:
        """Look after the children until asked to stop."""
        while not self.stopping.wait(POLL_SECONDS):
            for child in self.look_after():
                say(f"{child.process.name} ended and is started again ({child.log})")

    def look_after(self) -> list[Child]:
        """Start the dead again, keep the logs short. The ones found dead just now."""
        found = [child for child in self.children if child.look()]
        for child in self.children:
            _shorten(child.log)
        return found

    def end(self) -> None:
        """End all: those that serve together first, what they stand on last."""
        if not self.children:
            return
        first, *others = self.children
        for child in others:
            child.ask_to_end()
        for child in others:
            child.wait()
        first.ask_to_end()
        first.wait()


def _shorten(log: Path) -> None:
    # Written in append mode: emptying it in place is safe while the child has it open.
    if log.stat().st_size > LOG_BYTES:
        shutil.copyfile(log, log.with_suffix(".log.1"))
        os.truncate(log, 0)


def _not_ready(child: Child) -> str:
    lines = child.log.read_text(errors="replace").strip().splitlines()[-12:]
    said = "\n".join(f"    {line}" for line in lines)
    return f"{child.process.name} did not become ready. The end of {child.log}:\n{said}"
