"""What a verification finds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Problem:
    """Something of the trail is not what it was: a code, and what and where it is, in English."""

    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}: {self.text}"


@dataclass
class Counts:
    """What a walk has looked at; complete when its problems are all read."""

    entries: int = 0
    listings: int = 0
    versions: int = 0
    checkpoints: int = 0
    # In no checkpoint yet, and the oldest of them.
    unsealed: int = 0
    unsealed_since: datetime | None = None
