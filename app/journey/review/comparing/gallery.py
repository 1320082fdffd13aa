"""The pictures of two versions side by side: what went, what came, what stands elsewhere. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

What = Literal["same", "gone", "new", "moved"]


@dataclass(frozen=True)
class Hung:
    """A picture in one of the versions; `place` counts from 1, `other` is that in the other."""

    picture: int
    place: int
    what: What
    other: int | None

    @property
    def path(self) -> str:
        """Where a reason is pinned to it."""
        return f"pictures.{self.picture}"


@dataclass(frozen=True)
class Gallery:
    """Both versions' pictures in their orders."""

    old: list[Hung]
    new: list[Hung]

    @property
    def count(self) -> int:
        """How many pictures went, came or moved."""
        went = sum(hung.what == "gone" for hung in self.old)
        return went + sum(hung.what != "same" for hung in self.new)


def gallery(old: Sequence[int], new: Sequence[int]) -> Gallery | None:
    """The two side by side; None where they are the same in the same order.

    What moved are the fewest pictures whose moving explains the order: one that was put first has
    moved, and not all those behind it.
    """
    if list(old) == list(new):
        return None
    stayed = [n for n in old if n in new], [n for n in new if n in old]
    blocks = SequenceMatcher(None, *stayed, autojunk=False).get_matching_blocks()
    still = {n for block in blocks for n in stayed[0][block.a : block.a + block.size]}
    return Gallery(_hung(old, new, still, "gone"), _hung(new, old, still, "new"))


def _hung(here: Sequence[int], there: Sequence[int], still: set[int], alone: What) -> list[Hung]:
    places = {number: place for place, number in enumerate(there, start=1)}
    return [
        Hung(
            number,
            place,
            alone if number not in places else "same" if number in still else "moved",
            places.get(number),
        )
        for place, number in enumerate(here, start=1)
    ]
