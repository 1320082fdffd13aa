"""What is known of a file before, and apart from, decoding it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """Facts read from a file's headers, and what decoding it ended with.

    `kind` is the format's name as people know it ("JPEG", "HEIC", ""); the sides are pixels as
    stored, before turning, and None where the headers do not say.
    """

    kind: str
    size: int
    width: int | None = None
    height: int | None = None
    frames: int = 1
    # How decoding failed: 'truncated', 'broken', 'too-heavy', 'unprocessed', or '' if it did not.
    fault: str = ""

    @property
    def sides(self) -> tuple[int, int] | None:
        """Shorter and longer side in pixels, where known."""
        if self.width is None or self.height is None:
            return None
        return min(self.width, self.height), max(self.width, self.height)


@dataclass(frozen=True)
class Limits:
    """What a picture must keep to: settings, made narrower by its category."""

    max_bytes: int
    max_pixels: int
    min_side: int
    max_side: int


ACCEPTED = ("JPEG", "PNG", "WebP")
