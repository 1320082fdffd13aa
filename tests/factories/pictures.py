"""Picture files made at test time: good, odd and hostile ones."""

import io
import struct
import zipfile
import zlib
from pathlib import Path
from typing import Any

from PIL import Image, ImageCms, ImageDraw

from tests.shared import shared

# Of each pass: the first column and row, and how far it is to the next.
ADAM7 = (
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
)  # fmt: skip
FOUR = ((220, 40, 40), (40, 160, 60), (40, 60, 200), (240, 220, 60))


def quarters(width: int = 600, height: int = 800) -> Image.Image:
    """Red, green over blue, yellow: tells every turning and mirroring apart."""
    picture = Image.new("RGB", (width, height), "white")
    draw = ImageDraw.Draw(picture)
    corners = ((0, 0), (width // 2, 0), (0, height // 2), (width // 2, height // 2))
    for (left, top), colour in zip(corners, FOUR, strict=True):
        draw.rectangle((left, top, left + width // 2, top + height // 2), fill=colour)
    return picture


def goods(
    fill: float = 0.9, side: int = 800, colour: str = "#2a4a8c", ground: str = "white"
) -> Image.Image:
    """A round thing with a pattern, in the middle of a square, as wide as *fill* of it."""
    picture = Image.new("RGB", (side, side), ground)
    draw = ImageDraw.Draw(picture)
    edge = side * (1 - fill) / 2
    draw.ellipse((edge, edge, side - edge - 1, side - edge - 1), fill=colour)
    for part in (0.3, 0.45, 0.6):
        draw.ellipse((side * part, side * 0.45, side * (part + 0.1), side * 0.55), fill="#e0c060")
    return picture


def saved(picture: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    """The file's bytes."""
    buffer = io.BytesIO()
    picture.save(buffer, kind, **options)
    return buffer.getvalue()


def jpeg(width: int = 600, height: int = 600, **options: Any) -> bytes:
    """A plain JPEG."""
    return saved(quarters(width, height), quality=92, **options)


def turned_jpeg(orientation: int) -> bytes:
    """A JPEG that looks like `quarters()` once its EXIF orientation is obeyed."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT,
        3: Image.Transpose.ROTATE_180,
        4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE,
        6: Image.Transpose.ROTATE_90,
        7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }
    picture = quarters()
    if orientation in undo:
        picture = picture.transpose(undo[orientation])
    exif = Image.Exif()
    exif[0x0112] = orientation
    return saved(picture, quality=95, subsampling=0, exif=exif)


def tagged_jpeg() -> bytes:
    """A JPEG with a place, a camera, XMP and a comment in it."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET-CAMERA"
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (37.0, 33.0, 59.0)
    return saved(quarters(), exif=exif, comment=b"SECRET-COMMENT", xmp=b"<x>SECRET-XMP</x>")


def polyglot_jpeg() -> bytes:
    """A JPEG with a ZIP behind it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("evil.php", "<?php SECRET-PAYLOAD")
    return jpeg() + buffer.getvalue()


def chunk(kind: bytes, data: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with(*chunks: bytes) -> bytes:
    """A good PNG with *chunks* after its header."""
    data = saved(quarters(600, 600), "PNG")
    return data[:33] + b"".join(chunks) + data[33:]


def interlaced_png(picture: Image.Image) -> bytes:
    """*picture* in the seven passes of Adam7 (PNG 3, section 8), as the library does not write."""
    width, height = picture.size
    bands = [band.tobytes() for band in picture.convert("RGB").split()]
    passes = bytearray()
    for left, top, across, down in ADAM7:
        for y in range(top, height, down):
            colours = [band[y * width + left : (y + 1) * width : across] for band in bands]
            row = bytearray(3 * len(colours[0]))
            for place, levels in enumerate(colours):
                row[place::3] = levels
            passes += b"\0" + row if row else b""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 1)
    data = chunk(b"IDAT", zlib.compress(bytes(passes)))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + data + chunk(b"IEND", b"")


def png_carrying_html() -> bytes:
    """A PNG whose text is a script, with another one behind its end."""
    return (
        png_with(chunk(b"tEXt", b"Comment\x00<script>SECRET</script>")) + b"<script>SECRET</script>"
    )


def png_text_bomb() -> bytes:
    """A PNG whose compressed text grows to 200 MB."""
    squeeze = zlib.compressobj(9)
    text = b"".join(squeeze.compress(b"\x00" * 1_000_000) for _ in range(200)) + squeeze.flush()
    return png_with(chunk(b"zTXt", b"Comment\x00\x00" + text))


def png_pixel_bomb(width: int, height: int) -> bytes:
    """A small PNG that decodes to *width* x *height* black pixels."""
    squeeze = zlib.compressobj(9)
    row = b"\x00" * (width // 8 + 2)
    data = b"".join(squeeze.compress(row) for _ in range(height)) + squeeze.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    end = chunk(b"IDAT", data) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + end


def lying_png() -> bytes:
    """A PNG whose header promises small sides twice, and whose second header is a bomb."""
    huge = chunk(b"IHDR", struct.pack(">IIBBBBB", 20_000, 20_000, 8, 2, 0, 0, 0))
    return png_with(huge)


def animation(kind: str = "WEBP", frames: int = 3) -> bytes:
    """A moving picture."""
    rest = [Image.new("RGB", (600, 600), (i * 20, 0, 0)) for i in range(1, frames)]
    return saved(quarters(600, 600), kind, save_all=True, append_images=rest, duration=100)


def wide_gamut_profile() -> bytes:
    """An ICC profile whose red and green stand in each other's place: easy to see obeyed."""
    srgb = ImageCms.createProfile("sRGB")
    data = bytearray(ImageCms.ImageCmsProfile(srgb).tobytes())
    count = struct.unpack(">I", data[128:132])[0]
    places = {bytes(data[132 + 12 * i : 136 + 12 * i]): 132 + 12 * i for i in range(count)}
    red, green = places[b"rXYZ"], places[b"gXYZ"]
    data[red : red + 4], data[green : green + 4] = b"gXYZ", b"rXYZ"
    return bytes(data)


def shared_pictures(folder: str) -> list[Path]:
    """The sample files of *folder*; skips aloud where this machine has none."""
    return sorted(shared(f"images/{folder}").iterdir())
