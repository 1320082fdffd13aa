"""What is turned away before it is kept: by its size and its first bytes, in the checks' words."""

from app.core.words import Words
from app.journey.imaging.check import readings, sentence
from app.journey.imaging.measured import Limits, Measured

REPEATED = Words(
    "이미 올린 사진과 같은 파일입니다. 한 장으로 둡니다.",
    "The same file is here already. It stays one picture.",
)


def turned_away(kind: str, size: int, limits: Limits) -> tuple[str, Words] | None:
    """Code and sentence for a file of *kind* (`core/file_kinds.py`) and *size* that cannot do."""
    for check, reading in readings(Measured(kind, size), limits):
        if not reading.ok:
            return check.code, sentence(check.code, reading.params)
    return None
