"""Whole numbers as people type them and addresses have them, as far as a column holds them."""

from app.validation.amounts import whole

# Below 64 bits.
_DIGITS = 18


def whole_number(raw: object) -> int | None:
    """12900 from 12900, `12,900`, `12,900원` or `₩12,900`; None for anything else.

    Bigger numbers than a 32-bit column holds are None too: no price or stock reaches them.
    """
    number = whole(raw)
    return number if number is not None and abs(number) < 2**31 else None


def row_id(raw: str | None) -> int | None:
    """The number of a row as an address has it; None for what is none, or more than one holds."""
    return int(raw) if raw and raw.isascii() and raw.isdigit() and len(raw) <= _DIGITS else None
