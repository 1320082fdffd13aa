"""The instance folder: everything one installation keeps, and the lock on it.

instance/postgres, audit, broker, log, secrets, static, tmp and pictures are below it. A start takes
the lock and ends what an earlier start, killed, has left running.
"""

import contextlib
import fcntl
import os
import re
import secrets
import shutil
import signal
import time
from pathlib import Path
from typing import IO

from app.surfaces.cli.problem import CannotStartError

# Every child carries it in its environment: what a killed start left behind is found by it.
MARK = "ONSHELF_SUPERVISED"
SECRETS = ("secret_key", "catalogue_secret", "orders_secret")
LEFTOVER_SECONDS = 20.0
# How long a start waits for the folder of one that has ended but still holds it.
ENDING_SECONDS = 10.0


class Instance:
    """One instance folder, held by this process once `lock` has succeeded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._lock: IO[str] | None = None

    def lock(self, address: str) -> None:
        """Take the folder; raises CannotStartError when another start has it."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        held = (self.folder / "lock").open("a+")
        deadline = time.monotonic() + ENDING_SECONDS
        while not _taken(held):
            # What a start that has ended was still handing back is free in a moment.
            if _owner_lives(held) or time.monotonic() > deadline:
                raise CannotStartError(
                    f"Onshelf already runs from {self.folder} ({_holder(held)}):"
                    " stop that one first."
                )
            time.sleep(0.05)
        held.truncate(0)
        held.write(f"process {os.getpid()}, {address}\n")
        held.flush()
        self._lock = held

    def end_leftovers(self) -> None:
        """End what an earlier start, killed with -9, has left: gently, then not."""
        for sign in (signal.SIGTERM, signal.SIGKILL):
            for pid in (left := self._leftovers()):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, sign)
            deadline = time.monotonic() + LEFTOVER_SECONDS
            while left and time.monotonic() < deadline:
                time.sleep(0.05)
                left = self._leftovers()

    def clear_for_start(self) -> None:
        """Remove what no start may trust: messages (doorbells only), half files, old logs."""
        for name in ("broker", "tmp"):
            shutil.rmtree(self.folder / name, ignore_errors=True)
        for name in ("tmp", "log"):
            (self.folder / name).mkdir(exist_ok=True)
        for log in (self.folder / "log").glob("*.log"):
            log.replace(log.with_suffix(".log.1"))

    def secrets(self) -> dict[str, str]:
        """The secrets of this installation, made at the first start, readable by its user alone."""
        folder = self.folder / "secrets"
        folder.mkdir(mode=0o700, exist_ok=True)
        return {name.upper(): _secret(folder / name) for name in SECRETS}

    def log(self, name: str) -> Path:
        """The log file of the process called *name*."""
        return self.folder / "log" / f"{name}.log"

    def _leftovers(self) -> list[int]:
        mark = f"{MARK}={self.folder}".encode()
        return [pid for pid in _processes() if mark in _environment(pid)]


def _taken(held: IO[str]) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _owner(held: IO[str]) -> str:
    held.seek(0)
    return held.read().strip()


def _owner_lives(held: IO[str]) -> bool:
    named = re.match(r"process (\d+),", _owner(held))
    return named is not None and _is_running(int(named[1]))


def _holder(held: IO[str]) -> str:
    """Who has the lock, in words: what it wrote of itself, or which processes have the file."""
    if _owner_lives(held):
        return _owner(held)
    pids = [str(pid) for pid in _processes() if held.name in _files(pid)]
    return f"process {', '.join(pids)}" if pids else "another process"


def _files(pid: int) -> set[str]:
    try:
        return {str(entry.readlink()) for entry in Path(f"/proc/{pid}/fd").iterdir()}
    except OSError:
        return set()


def _is_running(pid: int) -> bool:
    # The third field is the state: a process that ended and was not yet asked about is a zombie.
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _processes() -> list[int]:
    own = os.getpid()
    return [int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit() and int(p.name) != own]


def _environment(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:
        return []


def _secret(file: Path) -> str:
    if not file.exists():
        # Never seen half written, never readable by others even for a moment.
        draft = file.with_suffix(".new")
        draft.unlink(missing_ok=True)
        with open(draft, "x", opener=lambda p, flags: os.open(p, flags, 0o600)) as out:
            out.write(secrets.token_urlsafe(48))
        draft.rename(file)
    return file.read_text().strip()
