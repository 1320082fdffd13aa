"""Which sizes are made of every picture: one row each, largest first."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Rendition:
    """A size to make: fits a square of `side` pixels, never enlarged."""

    name: str
    side: int
    type: str
    quality: int
    # WebP's encoder effort, 0 to 6; JPEG ignores it.
    method: int = 4


RENDITIONS: tuple[Rendition, ...] = (
    Rendition("1200", 1200, "image/webp", 80),
    Rendition("1200-jpeg", 1200, "image/jpeg", 85),
    Rendition("640", 640, "image/webp", 80),
    Rendition("320", 320, "image/webp", 80),
    Rendition("160", 160, "image/webp", 80),
)

# Not made with the others, but for somebody who looks closely (`enlarging.py`): fine print is read
# at its own size. A WebP of it would be a second of work.
LARGEST = Rendition("large", 4000, "image/jpeg", 85)

# A page of a PDF (`leafing.py`): fine print of a certificate at 250 dots an inch, an A4 page 2924
# pixels high. A large plan is fitted to the same sides as a picture.
LEAF = Rendition("page", 4000, "image/jpeg", 85)
LEAF_DOTS = 250

EXTENSIONS = {"image/webp": "webp", "image/jpeg": "jpg"}
