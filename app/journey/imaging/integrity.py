"""Whether a file is whole, by the checksums and lengths it carries, without decoding it.

JPEG carries neither; a cut one is found out by the decoder.
"""

import struct
import zlib
from typing import BinaryIO

BLOCK = 1 << 16


def fault_of(kind: str, file: BinaryIO, size: int) -> str:
    """'truncated', 'broken' or '' for a file of *kind* and *size* bytes."""
    if kind == "PNG":
        return _png(file)
    if kind == "WebP":
        file.seek(4)
        return "truncated" if int.from_bytes(file.read(4), "little") + 8 > size else ""
    return ""


def _png(file: BinaryIO) -> str:
    """Every chunk's checksum, up to the end chunk. What stands behind that is no picture."""
    file.seek(8)
    while len(header := file.read(8)) == 8:
        length, kind = struct.unpack(">I4s", header)
        checksum = zlib.crc32(kind)
        while length and (block := file.read(min(length, BLOCK))):
            checksum = zlib.crc32(block, checksum)
            length -= len(block)
        stored = file.read(4)
        if length or len(stored) < 4:
            return "truncated"
        if int.from_bytes(stored, "big") != checksum:
            return "broken"
        if kind == b"IEND":
            return ""
    return "truncated"
