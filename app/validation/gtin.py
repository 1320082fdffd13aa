"""What barcodes are made of (GS1): lengths, prefixes that name no product, spreadsheet damage."""

import re
import unicodedata

LENGTHS = (8, 12, 13, 14)
EXCEL = r"[0-9]([.,][0-9]+)?[Ee]\+?[0-9]+"
_RESTRICTED = ("02", "04", "05", "98", "99", "2")


def digits_of(typed: str) -> str | None:
    """The digits of a typed GTIN, blanks and hyphens left out; None where it has anything else."""
    bare = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))
    return bare if re.fullmatch("[0-9]+", bare) else None


def restricted_prefix(digits: str) -> str:
    """The prefix for use inside a shop or for coupons that *digits* start with, or ''."""
    if len(digits) == 8:
        return digits[0] if digits[0] in "02" else ""
    thirteen = digits.zfill(14)[1:]
    return next((prefix for prefix in _RESTRICTED if thirteen.startswith(prefix)), "")
