"""Whole numbers as people type them: `12,900원`, `₩12,900`, `12 900`."""

import re
import unicodedata

_DRESSING = re.compile(r"[\s_]|원|개|₩|KRW", re.IGNORECASE)
# Commas part thousands: `12,5` is somebody's twelve and a half, not 125.
_DIGITS = r"[+-]?([0-9]{1,15}|[0-9]{1,3}(,[0-9]{3}){1,4})"
_WHOLE = re.compile(rf"{_DIGITS}(\.0*)?")
_DECIMAL = re.compile(rf"{_DIGITS}\.[0-9]+")


def _bare(raw: object) -> str:
    return _DRESSING.sub("", unicodedata.normalize("NFKC", str(raw if raw is not None else "")))


def whole(raw: object) -> int | None:
    """The whole number that *raw* says, or None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    text = _bare(raw)
    return int(text.partition(".")[0].replace(",", "")) if _WHOLE.fullmatch(text) else None


def is_decimal(raw: object) -> bool:
    """Whether *raw* is a number with a part behind the point."""
    return bool(_DECIMAL.fullmatch(_bare(raw))) and whole(raw) is None
