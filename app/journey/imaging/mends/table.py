"""What may be done to a picture by one click: a row each. A check names those that cure it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from app.core.words import Words
from app.journey.imaging.check import checks


@dataclass(frozen=True)
class Mend:
    """One button: its words, its icon, and the step that it sends (`recipe.py`)."""

    code: str
    label: Words
    icon: str
    step: Mapping[str, Any] = field(default_factory=dict)


_LEFT, _RIGHT = {"do": "turn", "degrees": 270}, {"do": "turn", "degrees": 90}
MENDS = (
    Mend("left", Words("왼쪽으로 돌리기", "Turn left"), "rotate", _LEFT),
    Mend("right", Words("오른쪽으로 돌리기", "Turn right"), "rotate-clockwise", _RIGHT),
    Mend("square", Words("정사각형으로 자르기", "Crop to square"), "square", {"do": "square"}),
    Mend("pad", Words("흰 여백 채우기", "Pad with white"), "box-padding", {"do": "pad"}),
    Mend("trim", Words("가장자리 잘라 내기", "Trim the edges"), "scissors", {"do": "trim"}),
    Mend("flatten", Words("흰 바탕에 합치기", "Flatten"), "stack", {"do": "flatten"}),
)
_BY_CODE = {mend.code: mend for mend in MENDS}


def all_mends() -> Sequence[Mend]:
    """Every one, in the order of its buttons."""
    return MENDS


def mends_for(check: str) -> list[Mend]:
    """The buttons that cure what the check of that code found; none for one no longer known."""
    known = checks.load().get(check)
    return [_BY_CODE[code] for code in known.mends] if known else []
