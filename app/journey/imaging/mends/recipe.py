"""A recipe: the steps by which a mended picture is made of its original. Pure.

A step is JSON: `{"do": "turn", "degrees": 90 | 180 | 270}` (clockwise), `{"do": "crop", "box":
[left, top, right, bottom]}` in ten-thousandths of the picture as the steps before leave it, or
`square`, `pad`, `trim`, `flatten` alone. Steps that come to the same are written in one way, so
that the same wish twice is the same recipe.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from app.core.errors import Invalid
from app.core.words import Words

Step = dict[str, Any]
MOST = 20
WHOLE = 10_000
# The least that a crop leaves of a side.
LEAST = 100
DEGREES = (90, 180, 270)
ALONE = ("square", "pad", "trim", "flatten")
# What is square already stays as it is under either.
_TO_SQUARES = ("square", "pad")

_UNKNOWN = Words(
    "할 수 없는 고치기입니다. 사진 아래의 단추로 고르세요.",
    "There is no such way of mending. Choose one of the buttons under the picture.",
)
_DEGREES = Words(
    "90도, 180도, 270도로만 돌릴 수 있습니다.", "A picture turns by 90, 180 or 270 degrees."
)
_BOX = Words(
    "자를 곳이 사진 밖에 있거나 너무 작습니다. 사진 안에서 다시 고르세요.",
    "What is to be left lies outside of the picture, or is too small. Choose it again within.",
)
_TOO_MANY = Words(
    "이 사진은 이미 {most}번 고쳤습니다. 앞의 사진으로 돌아가거나 새로 올리세요.",
    "This picture was mended {most} times already. Go back to one before, or upload it anew.",
)


def extended(recipe: Sequence[Step], step: Mapping[str, Any]) -> list[Step]:
    """*recipe* and then *step*. `Invalid` for a step that there is not, or one too many."""
    added = _fit(step)
    before, last = list(recipe), recipe[-1] if recipe else {"do": ""}
    if added["do"] == "turn":
        return _limited(_turned(before, added["degrees"]))
    if added["do"] == "flatten" and added in before:
        return before
    if added["do"] in _TO_SQUARES and last["do"] in _TO_SQUARES:
        return before
    if (added == last and added["do"] == "trim") or added.get("box") == [0, 0, WHOLE, WHOLE]:
        return before
    return _limited([*before, added])


def _turned(before: list[Step], degrees: int) -> list[Step]:
    """Turns that follow one another are one, and none where they cancel out."""
    if before and before[-1]["do"] == "turn":
        degrees += before.pop()["degrees"]
    return [*before, {"do": "turn", "degrees": degrees % 360}] if degrees % 360 else before


def _limited(recipe: list[Step]) -> list[Step]:
    if len(recipe) > MOST:
        raise Invalid("too-many-mends", _TOO_MANY, "do", most=MOST)
    return recipe


def _fit(step: Mapping[str, Any]) -> Step:
    """*step* with what belongs to it and nothing else. `Invalid`."""
    do = step.get("do")
    if do == "turn":
        if step.get("degrees") not in DEGREES:
            raise Invalid("mend-degrees", _DEGREES, "degrees")
        return {"do": do, "degrees": int(step["degrees"])}
    if do == "crop":
        return {"do": do, "box": _box(step.get("box"))}
    if do in ALONE:
        return {"do": do}
    raise Invalid("mend-unknown", _UNKNOWN, "do")


def _box(box: Any) -> list[int]:
    whole = isinstance(box, list | tuple) and len(box) == 4 and all(type(n) is int for n in box)
    if not whole or not _lies_within(*box):
        raise Invalid("mend-box", _BOX, "box")
    return list(box)


def _lies_within(left: int, top: int, right: int, bottom: int) -> bool:
    wide, high = 0 <= left <= right - LEAST, 0 <= top <= bottom - LEAST
    return wide and high and right <= WHOLE and bottom <= WHOLE
