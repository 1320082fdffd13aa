"""What is known of a file, and what it is held to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.taxonomy.definitions import LookRule, LookSeverity, PictureRules


@dataclass(frozen=True)
class Measured:
    """Facts read from a file's headers, and what decoding it ended with and measured.

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
    # How it looks, in numbers: the names and units of `measuring.py`; empty before it was decoded.
    look: Mapping[str, Any] = field(default_factory=dict)

    @property
    def sides(self) -> tuple[int, int] | None:
        """Shorter and longer side in pixels, where known."""
        if self.width is None or self.height is None:
            return None
        return min(self.width, self.height), max(self.width, self.height)


@dataclass(frozen=True)
class Asked:
    """What a measure is held to, and what becomes of a picture that is not."""

    severity: LookSeverity
    least: float = 0
    most: float = 100


@dataclass(frozen=True)
class Limits:
    """What a picture must keep to: settings, made narrower by its category."""

    max_bytes: int
    max_pixels: int
    min_side: int
    max_side: int
    rules: PictureRules = field(default_factory=PictureRules)

    def asked(self, measure: str, usual: Asked) -> Asked:
        """What is asked of *measure*: the *usual*, changed by what the category says of it."""
        own: LookRule = self.rules.looks[measure]
        return Asked(
            severity=own.severity or usual.severity,
            least=usual.least if own.least is None else own.least,
            most=usual.most if own.most is None else own.most,
        )


ACCEPTED = ("JPEG", "PNG", "WebP")
