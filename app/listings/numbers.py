"""Whole numbers as people type them, as far as a column holds them."""

from app.validation.amounts import whole


def whole_number(raw: object) -> int | None:
    """12900 from 12900, `12,900`, `12,900원` or `₩12,900`; None for anything else.

    Bigger numbers than a 32-bit column holds are None too: no price or stock reaches them.
    """
    number = whole(raw)
    return number if number is not None and abs(number) < 2**31 else None
