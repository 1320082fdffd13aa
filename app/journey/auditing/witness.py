"""The checkpoints once more, in a file beside the database: a line of JSON each.

Whoever rewrites the database, triggers off and all hashes made anew, does not have this file
rewritten with it. It is worth what its place is worth: a folder that the database's user cannot
write, or a copy of it somewhere else.
"""

import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import Row

from app.journey.auditing.canonical import canonical
from app.settings import settings

NAME = "checkpoints.jsonl"
COLUMNS = ("id", "at", "upto", "entries", "listings", "heads", "previous", "hash")
# Far more than a line has.
_TAIL = 65_536


def place() -> Path:
    """Where the file is."""
    folder = settings().audit_path or settings().onshelf_instance / "audit"
    return folder / NAME


@contextmanager
def held() -> Iterator[BinaryIO]:
    """The file, made if need be, in nobody else's hands on this machine."""
    path = place()
    path.parent.mkdir(mode=0o750, parents=True, exist_ok=True)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o640)
    with os.fdopen(handle, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def line(checkpoint: Row) -> str:
    """The line of a row of the table, without its end."""
    return canonical({column: getattr(checkpoint, column) for column in COLUMNS})


def last_number(file: BinaryIO) -> int:
    """The id in the last whole line, 0 in an empty file; ValueError if it cannot be read.

    A line without an end is what a crash left of one: it is cut off, and is added again.
    """
    size = file.seek(0, os.SEEK_END)
    start = max(size - _TAIL, 0)
    file.seek(start)
    whole, end, _ = file.read().rpartition(b"\n")
    if start and not end:
        raise ValueError(f"{place()} does not end in lines of checkpoints")
    file.truncate(start + len(whole) + len(end))
    if not whole:
        return 0
    return int(json.loads(whole.rpartition(b"\n")[2])["id"])


def add(file: BinaryIO, checkpoints: Iterable[Row]) -> None:
    """Append these checkpoints (rows of the table); on the disk when this returns."""
    lines = [line(row) + "\n" for row in checkpoints]
    if not lines:
        return
    file.seek(0, os.SEEK_END)
    file.write("".join(lines).encode())
    file.flush()
    os.fsync(file.fileno())
    # The file's name is the folder's: without this a new file may be gone after a crash.
    folder = os.open(place().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


@contextmanager
def looked_at() -> Iterator[int | None]:
    """How many bytes the file has, while nobody adds to it; None where there is no file."""
    try:
        file = place().open("rb")
    except FileNotFoundError:
        yield None
        return
    with file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield os.fstat(file.fileno()).st_size


def lines(upto: int) -> Iterator[tuple[int, str]]:
    """The first *upto* bytes line by line, each with its number from 1."""
    with place().open("rb") as file:
        for number, raw in enumerate(file, 1):
            upto -= len(raw)
            if upto < 0:
                return
            yield number, raw.rstrip(b"\n").decode(errors="replace")


def number_in(text: str) -> int | None:
    """Which checkpoint a line is of; None if it cannot be read."""
    try:
        return int(json.loads(text)["id"])
    except (ValueError, TypeError, KeyError):
        return None
