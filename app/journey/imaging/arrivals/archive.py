"""What a ZIP holds, told by its index alone, and one entry of it written to where it is wanted.

Nothing is written by a name of the archive's, and its index is measured before it is read: a
small file may claim millions of entries. Sources: APPNOTE 6.3.10 4.3.16 (end of the index);
the limits are settings.
"""

import contextlib
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile, ZipInfo

from app.core.storage import Incoming
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.checks.size import amount
from app.web.uploads import shown_name

BLOCK = 1 << 16
# Small files may be squeezed as they like.
RATIO_FROM = 1024 * 1024
# Bytes of the index for each entry: names are shorter than this, and so is what is said of one.
INDEX_BYTES = 1024
_END = struct.Struct("<4s4H2LH")
_LOCATOR = 20
_ARCHIVES = ("ZIP", "RAR", "7z")
# What systems put into archives by themselves.
_JUNK_FOLDERS = ("__MACOSX",)
_JUNK = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Bounds:
    """How much may come out of one archive."""

    entries: int
    entry_bytes: int
    total_bytes: int
    ratio: int


@dataclass(frozen=True)
class Entry:
    """One file of the archive: its place in the index, and its name as people see it."""

    number: int
    name: str
    info: ZipInfo


@contextlib.contextmanager
def opened(path: Path, bounds: Bounds) -> Iterator[ZipFile]:
    """The archive at *path*. Raises `Unfit` where it is none, or claims too much."""
    _measure_index(path, bounds)
    try:
        archive = ZipFile(path)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, struct.error) as error:
        raise Unfit("archive-broken") from error
    with archive:
        if len(archive.filelist) > bounds.entries:
            raise Unfit("archive-entries", count=len(archive.filelist), limit=bounds.entries)
        yield archive


def entries_of(archive: ZipFile) -> list[Entry]:
    """Its files, folders and what systems leave behind aside. Raises `Unfit` for none at all."""
    found = [
        Entry(number, shown_name(name), info)
        for number, info in enumerate(archive.filelist)
        if not _is_junk(name := name_of(info), info)
    ]
    if not found:
        raise Unfit("archive-empty")
    return found


def name_of(info: ZipInfo) -> str:
    """The entry's name as it was meant: archives from Korean Windows and from macOS do not say.

    Put together as one writes it here (NFC): macOS parts syllables into letters.
    """
    name = info.filename
    if not info.flag_bits & 0x800 and not name.isascii():
        raw = name.encode("cp437")
        for encoding in ("utf-8", "cp949"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return unicodedata.normalize("NFC", name)


def refusal_of(entry: Entry, before: int, bounds: Bounds) -> Unfit | None:
    """Why the entry is not even opened; *before* are the bytes of those that come before it."""
    info = entry.info
    size, squeezed = info.file_size, max(info.compress_size, 1)
    if info.flag_bits & 0x1:
        return Unfit("entry-encrypted")
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return Unfit("entry-method")
    if size > bounds.entry_bytes:
        limit = amount(bounds.entry_bytes)
        return Unfit("entry-too-large", size=amount(size), limit=limit)
    if size > RATIO_FROM and size > bounds.ratio * squeezed:
        return Unfit("entry-ratio", limit=bounds.ratio)
    if before + size > bounds.total_bytes:
        return Unfit("entry-total", limit=amount(bounds.total_bytes))
    return None


def pour(archive: ZipFile, entry: Entry, into: Incoming, bounds: Bounds) -> None:
    """Write the entry to *into*. `Unfit` where it is not what the index says of it."""
    try:
        with archive.open(entry.info) as file:
            while block := file.read(BLOCK):
                into.write(block)
                if into.size > bounds.entry_bytes:
                    limit = amount(bounds.entry_bytes)
                    raise Unfit("entry-too-large", size=amount(into.size), limit=limit)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, ValueError) as error:
        # NotImplementedError is a RuntimeError.
        raise Unfit("entry-broken") from error


def is_archive(kind: str) -> bool:
    """Whether a file of this kind (`core/file_kinds.py`) is an archive itself."""
    return kind in _ARCHIVES


def _is_junk(name: str, info: ZipInfo) -> bool:
    parts = name.replace("\\", "/").split("/")
    last = parts[-1].casefold()
    folder = info.is_dir() or stat.S_ISDIR(info.external_attr >> 16)
    return folder or parts[0] in _JUNK_FOLDERS or last.startswith(".") or last in _JUNK


def _measure_index(path: Path, bounds: Bounds) -> None:
    """The record at the end says how many entries there are and how long their index is."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _END.size - 0xFFFF - _LOCATOR))
        tail = file.read()
    place = _end_of(tail)
    if place < 0:
        raise Unfit("archive-broken")
    *_, count, length, _start, _comment = _END.unpack_from(tail, place)
    # The larger form is for more than 65,535 entries or 4 GB: nothing that we would unpack.
    larger = tail[max(0, place - _LOCATOR) : place].startswith(b"PK\x06\x07")
    if larger or count > bounds.entries:
        raise Unfit("archive-entries", count=count, limit=bounds.entries)
    if length > bounds.entries * INDEX_BYTES:
        raise Unfit("archive-broken")


def _end_of(tail: bytes) -> int:
    """Where `zipfile` will find the record: the very end, else the last mark of one."""
    place = len(tail) - _END.size
    if place >= 0 and tail[place : place + 4] == b"PK\x05\x06" and tail[-2:] == b"\x00\x00":
        return place
    place = tail.rfind(b"PK\x05\x06")
    return place if place + _END.size <= len(tail) else -1
