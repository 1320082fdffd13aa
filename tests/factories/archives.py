"""ZIP files made at test time: good, odd and hostile ones."""

import io
import struct
import zipfile
from typing import Any


def zipped(*files: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """An archive of (name, bytes)."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, data in files:
            archive.writestr(name, data)
    return buffer.getvalue()


def zipped_on_korean_windows(name: str, data: bytes) -> bytes:
    """One file whose name is in CP949, with nothing that says so."""
    held = "x" * len(name.encode("cp949"))
    return zipped((held, data)).replace(held.encode(), name.encode("cp949"))


def with_password_flag(data: bytes) -> bytes:
    """*data*, its entries marked as encrypted."""
    return _changed(data, flags=0x1)


def with_method(data: bytes, method: int) -> bytes:
    """*data*, its entries marked as compressed in another way."""
    return _changed(data, method=method)


def damaged(data: bytes, inside: bytes) -> bytes:
    """*data* of stored entries, one byte changed within *inside*."""
    place = data.index(inside) + len(inside) // 2
    return data[:place] + bytes([data[place] ^ 0xFF]) + data[place + 1 :]


def claiming(entries: int) -> bytes:
    """A small file whose record says that it has *entries*."""
    return b"PK\x03\x04" + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, 46, 0, 0)


def _changed(data: bytes, **values: Any) -> bytes:
    fresh = bytearray(data)
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = fresh.find(mark)
        while place >= 0:
            if "flags" in values:
                fresh[place + flags] |= values["flags"]
            if "method" in values:
                struct.pack_into("<H", fresh, place + flags + 2, values["method"])
            place = fresh.find(mark, place + 4)
    return bytes(fresh)
