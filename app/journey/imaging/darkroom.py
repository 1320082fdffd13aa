"""Has a file decoded by a child, waits for it within bounds, and reads its answer."""

import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from signal import SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGTRAP, SIGXCPU, SIGXFSZ
from typing import IO, Any

from app.journey.imaging.renditions import LARGEST, LEAF, LEAF_DOTS, RENDITIONS, Rendition

CHILD = Path(__file__).with_name("child.py")
MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
# Far above the processor time: a machine out of breath is no fault of the file.
WALL_SECONDS = 45
# Where somebody waits for it.
PATIENCE_SECONDS = 10
# A page that takes so long is a verdict on it: not waited for in vain, again and again. The second
# is far above the first, as it is for pictures.
PAGE_SECONDS, PAGE_PATIENCE_SECONDS = 4, 20
OUTPUT = 64 * 1024 * 1024
# A process that works on one picture asks for large blocks again and again: to have each from the
# system anew, page by page, is a fifth of the work (glibc, mallopt(3) and its tunables).
MEMORY_REUSED = {
    "GLIBC_TUNABLES": "glibc.malloc.hugetlb=1",
    "MALLOC_MMAP_THRESHOLD_": "33554432",
    "MALLOC_TRIM_THRESHOLD_": "268435456",
    "MALLOC_TOP_PAD_": "16777216",
}
# Ways of dying that only the file itself can have caused.
HEAVY_DEATHS = {-SIGXCPU, -SIGXFSZ}
BROKEN_DEATHS = {-SIGSEGV, -SIGBUS, -SIGFPE, -SIGILL, -SIGABRT, -SIGTRAP}


class ChildLost(Exception):
    """The child ended without an answer, and not by any fault that is surely the file's."""


@dataclass(frozen=True)
class Developed:
    """What became of a file: its renditions (facts beside bytes), or how decoding failed."""

    fault: str = ""
    # Width and height as it stands, in pixels of the file; None where decoding failed.
    size: tuple[int, int] | None = None
    renditions: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)
    # What it looks like, in the numbers of `measuring.py`.
    look: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Drawn:
    """A page of a PDF as a JPEG, or how drawing it failed. `pages`: how many it has; 0, unknown."""

    pages: int
    fault: str = ""
    data: bytes = b""


def develop(source: IO[bytes], max_pixels: int, edits: Sequence[dict[str, Any]] = ()) -> Developed:
    """Decode *source*, an open file at its start, in a child, and do the steps *edits* to it.

    Raises ChildLost, OSError.
    """
    return _done(_keeper(), _job(max_pixels, edits), source)


def enlarge(
    source: IO[bytes], max_pixels: int, edits: Sequence[dict[str, Any]] = ()
) -> bytes | None:
    """The same as LARGEST alone, unmeasured, soon; None where it cannot be decoded.

    Rare, where pages are served: the process that has the decoders ends with it. Raises as
    `develop` does.
    """
    keeper = Keeper(PATIENCE_SECONDS)
    try:
        developed = _done(keeper, _job(max_pixels, edits, [LARGEST], look=False), source)
    finally:
        keeper.end()
    return None if developed.fault else developed.renditions[0][1]


def draw(source: IO[bytes], no: int) -> Drawn:
    """Page *no*, from one, of the PDF *source*, an open file at its start. Raises as `develop`."""
    limits = {"memory": MEMORY, "seconds": PAGE_SECONDS, "output": OUTPUT}
    job = {"limits": limits, "page": no, "dots": LEAF_DOTS, "renditions": [asdict(LEAF)]}
    keeper = Keeper(PAGE_PATIENCE_SECONDS)
    try:
        with tempfile.TemporaryFile() as output:
            status = keeper.do(job, source.fileno(), output.fileno())["status"]
            fault = _fault_of(status)
            output.seek(0)
            return _read_page(output, status, fault)
    finally:
        keeper.end()


def _done(keeper: "Keeper", job: dict[str, Any], source: IO[bytes]) -> Developed:
    with tempfile.TemporaryFile() as output:
        status = keeper.do(job, source.fileno(), output.fileno())["status"]
        if fault := _fault_of(status):
            return Developed(fault=fault)
        output.seek(0)
        return _read(output, status)


def _fault_of(status: int) -> str:
    """Which verdict on the file the end of its process is; '' for none. OSError without room."""
    if status == os.EX_IOERR:
        raise OSError("no room for what was made of the file")
    if status in HEAVY_DEATHS:
        return "too-heavy"
    return "broken" if status in BROKEN_DEATHS else ""


class Keeper:
    """The process that has the decoders loaded, and divides itself for each file (`child.py`).

    Loading them costs as much as a small picture. It is one thread's own, and ends with it.
    """

    def __init__(self, patience: float = WALL_SECONDS) -> None:
        self.owner = os.getpid()
        self.child = CHILD
        ours, theirs = socket.socketpair()
        with theirs:
            self.process = subprocess.Popen(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-I", str(CHILD)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=MEMORY_REUSED,
                cwd="/",
            )
        ours.settimeout(patience)
        self.control = ours

    @property
    def usable(self) -> bool:
        """Whether it is this process's own, alive, and of the script that is wanted."""
        alive = self.process.poll() is None
        return self.owner == os.getpid() and self.child == CHILD and alive

    def do(self, job: dict[str, Any], source: int, output: int) -> dict[str, Any]:
        """Have a job done on two open files; how its process ended. ChildLost."""
        try:
            socket.send_fds(self.control, [json.dumps(job).encode()], [source, output])
            return dict(json.loads(self.control.recv(4096)))
        except BaseException as error:
            # Its answer to this must not be taken for the answer to what comes next.
            self.end()
            if isinstance(error, OSError | ValueError):
                raise ChildLost(f"no answer: {type(error).__name__}") from error
            raise

    def end(self) -> None:
        """End it, and whatever it is at work on."""
        self.control.close()
        self.process.kill()
        self.process.wait()

    def __del__(self) -> None:
        if self.owner == os.getpid():
            self.end()


_own = threading.local()


def _keeper() -> Keeper:
    kept: Keeper | None = getattr(_own, "keeper", None)
    if kept is None or not kept.usable:
        kept = _own.keeper = Keeper()
    return kept


def _job(
    max_pixels: int,
    edits: Sequence[dict[str, Any]],
    rows: Sequence[Rendition] = RENDITIONS,
    look: bool = True,
) -> dict[str, Any]:
    return {
        "limits": {"memory": MEMORY, "seconds": PROCESSOR_SECONDS, "output": OUTPUT},
        "max_pixels": max_pixels,
        "edits": list(edits),
        "renditions": [asdict(row) for row in rows],
        "look": look,
    }


def _read(output: IO[bytes], status: int) -> Developed:
    try:
        answer = json.loads(output.readline())
        if "fault" in answer:
            return Developed(fault=answer["fault"])
        files = [(facts, output.read(facts["bytes"])) for facts in answer["renditions"]]
    except (ValueError, KeyError, TypeError) as error:
        raise ChildLost(f"status {status}") from error
    if any(len(data) != facts["bytes"] for facts, data in files):
        raise ChildLost(f"status {status}, answer cut short")
    return Developed(
        size=tuple(answer["size"]),
        renditions=files,
        look=answer["look"],
    )


def _read_page(output: IO[bytes], status: int, fault: str) -> Drawn:
    try:
        first = json.loads(output.readline() or b"{}")
        counted = "pages" in first
        pages = int(first.get("pages", 0))
        # PDFium gives up by aborting: with the file open, it was room that it lacked.
        if fault:
            return Drawn(pages, "too-heavy" if counted else fault)
        answer = json.loads(output.readline()) if counted else first
        if "fault" in answer:
            return Drawn(pages, answer["fault"])
        data = output.read()
        if len(data) != answer["renditions"][0]["bytes"]:
            raise ValueError("cut short")
    except (ValueError, KeyError, TypeError) as error:
        raise ChildLost(f"status {status}") from error
    return Drawn(pages, data=data)
