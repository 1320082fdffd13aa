"""What a file is, from its first bytes and headers alone (its kind by `core/file_kinds.py`).

Nothing here decodes. Sources: ITU T.81 B.1 (JPEG markers), PNG 3rd ed. 5 and 11, APNG, the WebP
container specification.
"""

import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from app.core.file_kinds import HEAD, kind_of
from app.journey.imaging.integrity import fault_of
from app.journey.imaging.measured import Measured

Shape = tuple[int | None, int | None, int]
UNKNOWN: Shape = (None, None, 1)
# Headers that go on for longer than this are not read to their end.
MOST_PARTS = 10_000


def probe(path: Path) -> Measured:
    """Kind, bytes, sides and frames of the file at *path*. OSError if it cannot be read."""
    with path.open("rb") as file:
        head = file.read(HEAD)
        kind = kind_of(head)
        size = path.stat().st_size
        return Measured(kind, size, *_shape(kind, file), fault_of(kind, file, size))


def _shape(kind: str, file: BinaryIO) -> Shape:
    reader = _SHAPES.get(kind)
    if reader is None:
        return UNKNOWN
    file.seek(0)
    try:
        return reader(file)
    except (struct.error, IndexError):
        return UNKNOWN  # cut off inside its headers


def _jpeg(file: BinaryIO) -> Shape:
    file.seek(2)
    for _ in range(MOST_PARTS):
        marker = _next_marker(file)
        if marker is None or marker in (0xD9, 0xDA):
            return UNKNOWN
        if 0xD0 <= marker <= 0xD7 or marker == 0x01:
            continue  # stand-alone markers
        (length,) = struct.unpack(">H", file.read(2))
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            _, height, width = struct.unpack(">BHH", file.read(5))
            return width, height, 1
        file.seek(max(length - 2, 0), 1)
    return UNKNOWN


def _next_marker(file: BinaryIO) -> int | None:
    byte = file.read(1)
    if byte != b"\xff":
        return None
    while byte == b"\xff":
        byte = file.read(1)
    return byte[0] if byte else None


def _png(file: BinaryIO) -> Shape:
    file.seek(8)
    width: int | None = None
    height: int | None = None
    for _ in range(MOST_PARTS):
        length, kind = struct.unpack(">I4s", file.read(8))
        if kind == b"IHDR":
            width, height = struct.unpack(">II", file.read(8))
            length -= 8
        elif kind == b"acTL":
            (frames,) = struct.unpack(">I", file.read(4))
            return width, height, max(frames, 1)
        elif kind in (b"IDAT", b"IEND"):
            break
        file.seek(length + 4, 1)
    return width, height, 1


def _webp(file: BinaryIO) -> Shape:
    file.seek(12)
    width: int | None = None
    height: int | None = None
    frames = 0
    for _ in range(MOST_PARTS):
        header = file.read(8)
        if len(header) < 8:
            break
        kind, length = struct.unpack("<4sI", header)
        start = file.tell()
        if kind in _WEBP_SIDES and width is None:
            width, height = _WEBP_SIDES[kind](file.read(10))
        elif kind == b"ANMF":
            frames += 1
        file.seek(start + length + length % 2)
    return width, height, max(frames, 1)


def _vp8x(data: bytes) -> tuple[int, int]:
    return int.from_bytes(data[4:7], "little") + 1, int.from_bytes(data[7:10], "little") + 1


def _vp8l(data: bytes) -> tuple[int, int]:
    bits = int.from_bytes(data[1:5], "little")
    return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1


def _vp8(data: bytes) -> tuple[int, int]:
    width, height = struct.unpack("<HH", data[6:10])
    return width & 0x3FFF, height & 0x3FFF


_WEBP_SIDES: dict[bytes, Callable[[bytes], tuple[int, int]]] = {
    b"VP8X": _vp8x,
    b"VP8L": _vp8l,
    b"VP8 ": _vp8,
}
_SHAPES: dict[str, Callable[[BinaryIO], Shape]] = {"JPEG": _jpeg, "PNG": _png, "WebP": _webp}
