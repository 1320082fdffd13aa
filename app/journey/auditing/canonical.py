"""One text for one fact, and its SHA-256: what chains and checkpoints are made of. Pure.

The text is JSON with sorted keys, no spaces, in UTF-8. PostgreSQL's JSONB keeps the value of a
number and not how it was written (1e2 comes back as 100), so a whole number is written as one
whatever it was; any other is the shortest text that reads as the same double.
"""

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

# What the first entry of a chain, and the first checkpoint, follows.
NOTHING_BEFORE = "0" * 64


def plain(value: Any) -> Any:
    """*value* as JSONB gives it back: dicts with text keys, lists, text, numbers, booleans, None.

    TypeError for anything that JSON has no word for, ValueError for what is no number.
    """
    match value:
        case None | bool() | int() | str():
            return value
        case float():
            return _number(value)
        case datetime():
            return instant(value)
        case date():
            return value.isoformat()
        case Mapping():
            return {str(key): plain(each) for key, each in value.items()}
        case list() | tuple():
            return [plain(each) for each in value]
    raise TypeError(f"{type(value).__name__} has no canonical form")


def canonical(fact: Any) -> str:
    """The one text of *fact*."""
    return json.dumps(plain(fact), sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(fact: Any) -> str:
    """SHA-256 of that text, in lower-case hexadecimal."""
    return hashlib.sha256(canonical(fact).encode()).hexdigest()


def instant(at: datetime) -> str:
    """ISO 8601 in UTC, always with six digits after the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def entry_hash(
    listing: int,
    no: int,
    at: datetime,
    who: int | None,
    role: str,
    event: str,
    body: Mapping[str, Any],
    previous: str,
) -> str:
    """What the next entry of the chain carries as its `previous`."""
    return digest(
        {
            "listing": listing, "no": no, "at": at, "who": who, "role": role, "event": event,
            "body": body, "previous": previous,
        }
    )  # fmt: skip


def checkpoint_hash(
    at: datetime, upto: int, entries: int, listings: int, heads: str, previous: str
) -> str:
    """What the next checkpoint carries as its `previous`."""
    return digest(
        {
            "at": at, "upto": upto, "entries": entries, "listings": listings, "heads": heads,
            "previous": previous,
        }
    )  # fmt: skip


def heads_hash(heads: Iterable[tuple[int, int, str]]) -> str:
    """SHA-256 over a line `listing no hash` for each head, which come in the order of listings."""
    summed = hashlib.sha256()
    for listing, no, head in heads:
        summed.update(f"{listing} {no} {head}\n".encode())
    return summed.hexdigest()


def _number(value: float) -> int | float:
    if not math.isfinite(value):
        raise ValueError(f"{value} is no number of JSON")
    # By its digits and not by its bits: 1e23 is stored as what it says.
    exact = Decimal(repr(value))
    return int(exact) if exact == exact.to_integral_value() else value
