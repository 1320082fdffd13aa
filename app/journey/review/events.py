"""What happens to a case, as facts."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class VerdictHeld(Event):
    """A case was decided; its verdict is applied `hold_seconds` later unless it is undone."""

    case_id: int
    hold_seconds: int
