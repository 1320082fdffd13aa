"""Append-only lines of JSON outside any database, each on the disk before its writer goes on."""

import json
import os
import threading
import time
from pathlib import Path
from typing import Any

Record = dict[str, Any]


class Journal:
    """One file; several threads may write."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("ab")
        self._lock = threading.Lock()

    def write(self, **record: Any) -> None:
        """Add one record, with the time."""
        line = json.dumps({"at": round(time.time(), 3), **record}, ensure_ascii=False)
        with self._lock:
            self._file.write(line.encode() + b"\n")
            self._file.flush()
            os.fsync(self._file.fileno())


def read(path: Path) -> list[Record]:
    """Every whole record; the last line of a writer that was killed may be half."""
    if not path.exists():
        return []
    lines = path.read_bytes().split(b"\n")[:-1]
    return [json.loads(line) for line in lines]
