"""Whole numbers as people type them: `12,900원`, `₩12,900`, `12 900`."""

import re
import unicodedata

_DRESSING = re.compile(r"[\s,_]|원|개|₩|KRW", re.IGNORECASE)
_WHOLE = re.compile(r"[+-]?[0-9]{1,15}(\.0*)?")
_DECIMAL = re.compile(r"[+-]?[0-9]{1,15}\.[0-9]+")


def bare(raw: object) -> str:
    """*raw* without what people put around a number."""
    return _DRESSING.sub("", unicodedata.normalize("NFKC", str(raw if raw is not None else "")))


def whole(raw: object) -> int | None:
    """The whole number that *raw* says, or None."""
    if isinstance(raw, bool):
        return None
    if isinstance(raw, int):
        return raw
    text = bare(raw)
    return int(text.partition(".")[0]) if _WHOLE.fullmatch(text) else None


def is_decimal(raw: object) -> bool:
    """Whether *raw* is a number with a part behind the point."""
    return bool(_DECIMAL.fullmatch(bare(raw))) and whole(raw) is None
