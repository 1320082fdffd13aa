"""Whole numbers as people type them."""

import re

_DRESSING = re.compile(r"[\s,₩원개]|KRW", re.IGNORECASE)


def whole_number(raw: object) -> int | None:
    """12900 from 12900, `12,900`, `12,900원` or `₩12,900`; None for anything else.

    Bigger numbers than a 32-bit column holds are None too: no price or stock reaches them.
    """
    if isinstance(raw, bool) or raw is None:
        return None
    if isinstance(raw, int):
        return raw if abs(raw) < 2**31 else None
    bare = _DRESSING.sub("", str(raw))
    if not re.fullmatch(r"[+-]?[0-9]{1,10}", bare):
        return None
    number = int(bare)
    return number if abs(number) < 2**31 else None
