"""The instance folder: everything one installation keeps, and the lock on it.

instance/postgres, broker, log, secrets, static, tmp and pictures are below it. A start takes the
lock and ends what an earlier start, killed, has left running.
"""

import contextlib
import fcntl
import os
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


class Instance:
    """One instance folder, held by this process once `lock` has succeeded."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder.resolve()
        self._lock: IO[str] | None = None

    def lock(self, address: str) -> None:
        """Take the folder; raises CannotStartError when another start has it."""
        self.folder.mkdir(mode=0o750, parents=True, exist_ok=True)
        held = (self.folder / "lock").open("a+")
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            held.seek(0)
            other = held.read().strip() or "another process"
            raise CannotStartError(
                f"Onshelf already runs from {self.folder} ({other}): stop that one first."
            ) from None
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
