"""Files are kept whole or not at all, once, under names nobody outside chose."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from app.core.storage import DirectoryStorage

DATA = b"picture " * 100_000


@pytest.fixture
def storage(tmp_path: Path) -> DirectoryStorage:
    return DirectoryStorage(tmp_path)


def test_kept_by_the_hash_of_its_bytes(storage: DirectoryStorage) -> None:
    stored = storage.put(DATA)
    assert (stored.key, stored.size) == (hashlib.sha256(DATA).hexdigest(), len(DATA))
    with storage.open(stored.key) as file:
        assert file.read() == DATA
    assert storage.exists(stored.key) and storage.size(stored.key) == len(DATA)


def test_the_same_bytes_are_stored_once(storage: DirectoryStorage) -> None:
    assert storage.put(DATA) == storage.put(DATA)
    assert len(list(storage.keys())) == 1
    assert list(storage.unfinished.iterdir()) == []


def test_too_large_is_swallowed_and_leaves_nothing(storage: DirectoryStorage) -> None:
    with storage.receive(limit=1000) as incoming:
        for _ in range(20):
            assert incoming.write(b"x" * 100) == 100
        assert incoming.too_large and incoming.size == 2000
        with pytest.raises(ValueError, match="too large"):
            incoming.keep()
    assert list(storage.unfinished.iterdir()) == []
    assert list(storage.keys()) == []


def test_what_is_dropped_is_gone(storage: DirectoryStorage) -> None:
    incoming = storage.receive()
    incoming.write(DATA)
    del incoming
    assert list(storage.unfinished.iterdir()) == []


@pytest.mark.parametrize("key", ["../../etc/passwd", "a" * 63, "A" * 64, "", "상품.png"])
def test_only_keys_are_paths(storage: DirectoryStorage, key: str) -> None:
    with pytest.raises(ValueError, match="key"):
        storage.path(key)


def test_deleting_and_age(storage: DirectoryStorage) -> None:
    key = storage.put(DATA).key
    assert list(storage.keys(older_than=60)) == []
    storage.delete(key)
    storage.delete(key)
    assert not storage.exists(key)


def test_a_full_disk_is_one_error_and_no_file(storage: DirectoryStorage) -> None:
    with pytest.raises(OSError), storage.receive() as incoming:
        incoming._file.close()
        incoming._file = open("/dev/full", "wb")  # noqa: PTH123, SIM115
        incoming.write(DATA)
        incoming.keep()
    assert list(storage.unfinished.iterdir()) == [] and list(storage.keys()) == []


def test_killed_half_way_leaves_nothing_kept(tmp_path: Path) -> None:
    script = f"""
        import os, signal
        from pathlib import Path
        from app.core.storage import DirectoryStorage
        incoming = DirectoryStorage(Path({str(tmp_path)!r})).receive()
        incoming.write(b"x" * 1_000_000)
        os.kill(os.getpid(), signal.SIGKILL)
    """
    ended = subprocess.run([sys.executable, "-c", textwrap.dedent(script)], check=False)
    assert ended.returncode == -signal.SIGKILL
    storage = DirectoryStorage(tmp_path)
    assert list(storage.keys()) == []
    for left in storage.unfinished.iterdir():
        os.utime(left, (1, 1))
    assert storage.discard_unfinished(older_than=3600) == 1
    assert list(storage.unfinished.iterdir()) == []
