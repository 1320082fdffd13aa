"""Where files are kept: by the SHA-256 of their bytes, so the same bytes are stored once.

No name a person gave ever reaches the file system. A file is written beside its final place,
flushed to the disk, renamed, and the folder flushed too: a crash leaves the whole file or none.
"""

import contextlib
import hashlib
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, BinaryIO, Protocol, Self

from app.core.file_kinds import HEAD


@dataclass(frozen=True)
class Stored:
    """What was kept: its key (the lower-case hexadecimal SHA-256) and its size in bytes."""

    key: str
    size: int


# Bytes a file may have at most: a number, or what its first bytes say; None for no limit.
Limit = int | Callable[[bytes], int] | None


class Incoming(Protocol):
    """A file while it arrives. Nothing of it stays unless `keep` is called."""

    @property
    def size(self) -> int: ...
    @property
    def too_large(self) -> bool: ...
    @property
    def head(self) -> bytes: ...
    def write(self, data: bytes) -> int: ...
    def seek(self, offset: int, whence: int = 0) -> int: ...
    def keep(self) -> Stored: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(self, *exc: object) -> None: ...


class Storage(Protocol):
    """Files by key. Errors are `OSError`: FileNotFoundError where the key is not held."""

    def receive(self, limit: Limit = None) -> Incoming: ...
    def put(self, data: bytes) -> Stored: ...
    def open(self, key: str) -> BinaryIO: ...
    def path(self, key: str) -> Path: ...
    def size(self, key: str) -> int: ...
    def exists(self, key: str) -> bool: ...
    def delete(self, key: str) -> None: ...
    def keys(self, older_than: float = 0, first: str = "") -> Iterator[str]: ...
    def delete_if_older(self, key: str, than: float) -> bool: ...
    def discard_unfinished(self, older_than: float) -> int: ...


class DirectoryIncoming:
    """A file arriving in a directory storage; hashed as it comes, cut off beyond its limit.

    Beyond the limit, or on a full disk, it goes on swallowing without keeping, so that one file
    does not take down the others of its request; `keep` then says what was wrong.
    """

    def __init__(self, storage: "DirectoryStorage", limit: Limit) -> None:
        self.size = 0
        self.too_large = False
        # Its first bytes, by which its kind is told before any of it is kept.
        self.head = b""
        self._storage = storage
        self._limit = limit
        self._hash = hashlib.sha256()
        self._failure: OSError | None = None
        handle, name = tempfile.mkstemp(dir=storage.unfinished)
        self._path: Path | None = Path(name)
        self._file: IO[bytes] = os.fdopen(handle, "wb")

    def write(self, data: bytes) -> int:
        """Take *data*; its length even where it was swallowed."""
        self.size += len(data)
        self.head += data[: HEAD - len(self.head)]
        limit = self._limit(self.head) if callable(self._limit) else self._limit
        if limit is not None and self.size > limit:
            self.too_large = True
            with contextlib.suppress(OSError):
                self._file.truncate(0)
        elif self._failure is None:
            self._hash.update(data)
            try:
                self._file.write(data)
            except OSError as error:
                self._failure = error
        return len(data)

    def seek(self, offset: int, whence: int = 0) -> int:
        """A form parser rewinds what it has filled; here that means nothing."""
        return 0

    def keep(self) -> Stored:
        """Make the file stay, whole and on the disk. ValueError if too large; OSError."""
        if self.too_large or self._path is None:
            raise ValueError("not to be kept: too large, or closed")
        if self._failure is not None:
            raise self._failure
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        key = self._hash.hexdigest()
        self._storage.adopt(self._path, key)
        self._path = None
        return Stored(key, self.size)

    def close(self) -> None:
        """Let go; what was not kept is gone."""
        with contextlib.suppress(OSError):
            self._file.close()
        if self._path is not None:
            self._path.unlink(missing_ok=True)
            self._path = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def __del__(self) -> None:
        # An upload that breaks off is dropped by the form parser without a close.
        self.close()


class DirectoryStorage:
    """Files under one folder: `kept/ab/<key>`, and `unfinished/` on the same file system."""

    def __init__(self, root: Path) -> None:
        self.kept = root / "kept"
        self.unfinished = root / "unfinished"
        for folder in (self.kept, self.unfinished):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def receive(self, limit: Limit = None) -> DirectoryIncoming:
        """A new file to write to, of at most *limit* bytes."""
        return DirectoryIncoming(self, limit)

    def put(self, data: bytes) -> Stored:
        """Keep *data*."""
        with self.receive() as incoming:
            incoming.write(data)
            return incoming.keep()

    def adopt(self, source: Path, key: str) -> None:
        """Move a finished file to its place. Equal bytes held already are replaced by it."""
        target = self.path(key)
        if not target.parent.is_dir():
            target.parent.mkdir(exist_ok=True, mode=0o700)
            _flush_folder(self.kept)
        source.replace(target)
        _flush_folder(target.parent)

    def path(self, key: str) -> Path:
        """Where the file of *key* is or would be. ValueError for what is no key."""
        if len(key) != 64 or not set(key) <= set("0123456789abcdef"):
            raise ValueError("not a storage key")
        return self.kept / key[:2] / key

    def open(self, key: str) -> BinaryIO:
        """The file, for reading."""
        return self.path(key).open("rb")

    def size(self, key: str) -> int:
        """Bytes of the file."""
        return self.path(key).stat().st_size

    def exists(self, key: str) -> bool:
        """Whether the file is held."""
        return self.path(key).is_file()

    def delete(self, key: str) -> None:
        """Forget the file; no error where it is not held."""
        self.path(key).unlink(missing_ok=True)

    def delete_if_older(self, key: str, than: float) -> bool:
        """Forget the file if it was last written more than *than* seconds ago; whether it was.

        The same bytes may be arriving just now: what is taken away is looked at once more, and
        put back where it is fresh.
        """
        aside = self.unfinished / f"aside-{key}"
        try:
            self.path(key).replace(aside)
        except FileNotFoundError:
            return False
        stale = _age_at_most(aside, time.time() - than)
        if not stale:
            with contextlib.suppress(FileExistsError):
                os.link(aside, self.path(key))
        aside.unlink(missing_ok=True)
        return stale

    def keys(self, older_than: float = 0, first: str = "") -> Iterator[str]:
        """Every key held, or those last written more than *older_than* seconds ago.

        *first*: two hexadecimal digits; only the keys that start with them.
        """
        before = time.time() - older_than
        for entry in self.kept.glob(f"{first or '??'}/*"):
            if _age_at_most(entry, before):
                yield entry.name

    def discard_unfinished(self, older_than: float) -> int:
        """Drop what killed processes left behind more than *older_than* seconds ago; how many."""
        before = time.time() - older_than
        stale = [entry for entry in self.unfinished.iterdir() if _age_at_most(entry, before)]
        for entry in stale:
            entry.unlink(missing_ok=True)
        return len(stale)


def _age_at_most(entry: Path, before: float) -> bool:
    try:
        return entry.stat().st_mtime <= before
    except FileNotFoundError:
        return False


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


_opened: dict[Path, DirectoryStorage] = {}


def storage(root: Path) -> Storage:
    """The storage under *root*, opened once a process."""
    if root not in _opened:
        _opened[root] = DirectoryStorage(root)
    return _opened[root]
