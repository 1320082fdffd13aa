"""What barcodes are made of (GS1): lengths, prefixes that name no product, spreadsheet damage."""

import re
import unicodedata
from functools import lru_cache

from stdnum import ean, isbn

LENGTHS = (8, 12, 13, 14)
EXCEL = r"[0-9]([.,][0-9]+)?[Ee]\+?[0-9]+"
_AS_NUMBER = re.compile(
    r"[='\"]*(?P<digits>[0-9]{1,3}([,.][0-9]{3}){2,4}|[0-9]{8,14})([.,]0{1,3})?[\"']?"
)
_RESTRICTED = ("02", "04", "05", "98", "99", "2")


def digits_of(typed: str) -> str | None:
    """The digits of a typed GTIN, blanks and hyphens left out; None where it has anything else."""
    bare = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", typed))
    return bare if re.fullmatch("[0-9]+", bare) else None


@lru_cache(maxsize=10_000)
def fits(digits: str) -> bool:
    """Whether *digits* are a GTIN whose last digit fits. Asked by several rules for every item."""
    return len(digits) in LENGTHS and bool(ean.is_valid(digits))


def spreadsheet_digits(typed: str) -> str:
    """The digits of a barcode that a sheet wrote as a number: `8,806,090,597,145`, `88...145.0`.

    '' for what is no such number, a barcode in plain digits among it.
    """
    found = _AS_NUMBER.fullmatch(typed.strip())
    if found is None or digits_of(typed) is not None:
        return ""
    digits = re.sub("[^0-9]", "", found["digits"])
    return digits if fits(digits) else ""


def without_its_zero(typed: str) -> str:
    """The GTIN-12 of eleven digits that fit once the zero in front is back, or ''."""
    digits = digits_of(typed) or ""
    return f"0{digits}" if len(digits) == 11 and fits(f"0{digits}") else ""


def is_isbn_ten(typed: str) -> bool:
    """Whether *typed* has the shape of an ISBN of ten, right or wrong."""
    return bool(re.fullmatch("[0-9]{9}[0-9Xx]", re.sub(r"[\s-]", "", typed)))


def isbn_thirteen(typed: str) -> str:
    """The thirteen digits of a right ISBN of ten, or ''."""
    return (
        isbn.to_isbn13(isbn.compact(typed)) if is_isbn_ten(typed) and isbn.is_valid(typed) else ""
    )


def is_told_otherwise(typed: str, books: bool) -> bool:
    """Whether a rule that knows more than the length speaks of *typed*, among *books* or not."""
    return bool(
        re.fullmatch(EXCEL, typed)
        or spreadsheet_digits(typed)
        or without_its_zero(typed)
        or isbn_thirteen(typed)
        or (books and is_isbn_ten(typed))
    )


def restricted_prefix(digits: str) -> str:
    """The prefix for use inside a shop or for coupons that *digits* start with, or ''."""
    if len(digits) == 8:
        return digits[0] if digits[0] in "02" else ""
    thirteen = digits.zfill(14)[1:]
    return next((prefix for prefix in _RESTRICTED if thirteen.startswith(prefix)), "")
