"""A short name for what some JSON says: two systems compare what they have without sending it."""

import hashlib
from typing import Any

from app.core import jsons

LETTERS = 32


def digest(kept: Any) -> str:
    """As the contract `holdings` has it: SHA-256 of `jsons.canonical`, the first 32 hex digits."""
    return hashlib.sha256(jsons.canonical(kept)).hexdigest()[:LETTERS]
