"""Starts the child that decodes one file, waits for it within bounds, and reads its answer."""

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass, field
from pathlib import Path
from signal import SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGXCPU, SIGXFSZ
from typing import IO, Any

from app.journey.imaging.renditions import RENDITIONS

CHILD = Path(__file__).with_name("child.py")
MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 20
# Far above the processor time: a machine out of breath is no fault of the file.
WALL_SECONDS = 45
OUTPUT = 64 * 1024 * 1024
# Ways of dying that only the file itself can have caused.
HEAVY_DEATHS = {-SIGXCPU, -SIGXFSZ}
BROKEN_DEATHS = {-SIGSEGV, -SIGBUS, -SIGFPE, -SIGILL, -SIGABRT}


class ChildLost(Exception):
    """The child ended without an answer, and not by any fault that is surely the file's."""


@dataclass(frozen=True)
class Developed:
    """What became of a file: its renditions (facts beside bytes), or how decoding failed."""

    fault: str = ""
    sideways: bool = False
    renditions: list[tuple[dict[str, Any], bytes]] = field(default_factory=list)


def develop(source: IO[bytes], max_pixels: int) -> Developed:
    """Decode *source*, an open file at its start, in a child. ChildLost, OSError."""
    with tempfile.TemporaryFile() as output:
        try:
            ended = subprocess.run(  # noqa: S603 - our own interpreter and file
                [sys.executable, "-I", str(CHILD), json.dumps(_job(max_pixels))],
                stdin=source,
                stdout=output,
                stderr=subprocess.DEVNULL,
                env={},
                cwd="/",
                timeout=WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise ChildLost(f"no answer in {WALL_SECONDS} s") from error
        if ended.returncode in HEAVY_DEATHS:
            return Developed(fault="too-heavy")
        if ended.returncode in BROKEN_DEATHS:
            return Developed(fault="broken")
        output.seek(0)
        return _read(output, ended.returncode)


def _job(max_pixels: int) -> dict[str, Any]:
    return {
        "limits": {"memory": MEMORY, "seconds": PROCESSOR_SECONDS, "output": OUTPUT},
        "max_pixels": max_pixels,
        "renditions": [asdict(row) for row in RENDITIONS],
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
    return Developed(sideways=bool(answer["sideways"]), renditions=files)
