"""What changed within one field: of a text the words, of a list the entries. Pure."""

from dataclasses import dataclass
from typing import Any

from app.core.text_diff import entries, pieces
from app.core.words import Words
from app.validation.display import shown
from app.validation.field import Field

PROSE = ("text", "area")


@dataclass(frozen=True)
class Within:
    """`pieces` are `("same" | "del" | "ins", words)` in their order; of a list they are entries."""

    pieces: list[tuple[str, Words]]
    listed: bool = False


def within(old: Any, new: Any, field: Field | None) -> Within | None:
    """What changed from *old* to *new* in *field*; None where both are best told whole."""
    if field is None or not old or not new or old == new:
        return None
    if isinstance(old, str) and isinstance(new, str) and field.kind in PROSE:
        return Within([(op, Words.of(text)) for op, text in pieces(old, new)])
    if isinstance(old, list) and isinstance(new, list):
        told = entries([str(each) for each in old], [str(each) for each in new])
        return Within([(op, shown(each, field)) for op, each in told], listed=True)
    return None
