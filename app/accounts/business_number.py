"""The Korean business registration number (사업자등록번호): ten digits, the last a check digit.

The check is arithmetic alone: weights 1 3 7 1 3 7 1 3 5 over the first nine digits, plus the tens
of the ninth digit's product, made up to a multiple of ten. A few numbers in public use fail it,
so a failed check is something staff may set aside; whether the business exists only the tax
office can say.
"""

import re
import unicodedata

_WEIGHTS = (1, 3, 7, 1, 3, 7, 1, 3, 5)
_SEPARATORS = re.compile(r"[\s\-‐‑‒–—―−./·]")


def normalise(raw: str) -> str:
    """The ten digits of what was typed (hyphens, blanks, full-width digits allowed).

    Raises ValueError when they are not ten digits.
    """
    digits = _SEPARATORS.sub("", unicodedata.normalize("NFKC", raw))
    if not re.fullmatch(r"[0-9]{10}", digits):
        raise ValueError("a business registration number has ten digits")
    return digits


def is_valid(number: str) -> bool:
    """Whether *number*, in any form `normalise` reads, has possible parts and its check digit.

    The first three digits (tax office) start at 101; type 00 and serial 0000 are never given.
    """
    try:
        digits = normalise(number)
    except ValueError:
        return False
    possible = digits[:3] >= "101" and digits[3:5] != "00" and digits[5:9] != "0000"
    return possible and _check_digit(digits) == int(digits[9])


def display(number: str) -> str:
    """`1208800767` as people write it: `120-88-00767`."""
    digits = normalise(number)
    return f"{digits[:3]}-{digits[3:5]}-{digits[5:]}"


def _check_digit(digits: str) -> int:
    total = sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=False))
    total += int(digits[8]) * 5 // 10
    return (10 - total % 10) % 10
