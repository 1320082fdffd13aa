"""The part of a picture that a reason is about: a rectangle, checked. Pure.

A box is `[left, top, right, bottom]` in ten-thousandths of the picture as it is shown; people write
it as four numbers in per cent: from the left, from the top, width, height.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from app.core.errors import Invalid
from app.core.words import Words

Box = list[int]
WHOLE: Final = 10_000
# The least of each side: what is smaller is a slip of the hand.
LEAST: Final = 100
FIELDS: Final = ("left", "top", "width", "height")
OUTSIDE = Words(
    "표시한 곳이 사진 밖에 있거나 너무 작습니다. 0부터 100까지의 숫자로,"
    " 가로와 세로를 1% 이상 적으세요.",
    "The marked part lies outside of the picture, or is too small. Use numbers from 0 to 100,"
    " at least 1 per cent each way.",
)
ELSEWHERE = Words(
    "사각형은 사진 한 장에만 그릴 수 있습니다. 사진을 고르거나 사각형을 지우세요.",
    "A rectangle belongs to one picture. Choose a picture, or drop the rectangle.",
)
UNPLACED = Words(
    "사진에 표시한 곳이 있지만 사유의 자리는 다른 곳입니다."
    " 그 사진을 자리로 고르거나 숫자를 지우세요.",
    "A part of a picture is marked, but the reason goes elsewhere. Choose that picture as the"
    " place, or empty the numbers.",
)
_PART = Words(
    "가로 {width} × 세로 {height} %, 왼쪽에서 {left} %, 위에서 {top} %",
    "{width} × {height} % of it, from left {left} %, top {top} %",
)
_PICTURE = re.compile(r"pictures\.[0-9]{1,18}")
_NAME = re.compile(rf"box\.([0-9]{{1,18}})\.(?:{'|'.join(FIELDS)})")
_PER_CENT = re.compile(r"\s*([0-9]{1,3})(?:[.,]([0-9]{1,2}))?\s*%?\s*")


def checked(box: Any, path: str) -> Box:
    """The box of a pin on *path*; Invalid if it is none, outside, too small, or on no picture."""
    if not _PICTURE.fullmatch(path):
        raise Invalid("box-elsewhere", ELSEWHERE, path="path")
    whole = isinstance(box, list | tuple) and len(box) == 4 and all(type(n) is int for n in box)
    if not whole or not _lies_within(*box):
        raise Invalid("box-outside", OUTSIDE, path=_field(path))
    return list(box)


def posted(form: Mapping[str, str], path: str) -> Box | None:
    """The box that *form* says for the pin on *path*; None where nothing is marked.

    Its fields are `box.<picture>.left` and so on. Invalid for what is no number, and where a part
    of another picture is marked: it would be lost.
    """
    marked = {found[1] for name in form if (found := _NAME.fullmatch(name)) and form[name].strip()}
    if not marked:
        return None
    number = path.removeprefix("pictures.")
    if number not in marked:
        raise Invalid("box-unplaced", UNPLACED, path="path")
    sides = [_part(form.get(f"box.{number}.{name}", "")) for name in FIELDS]
    if None in sides:
        raise Invalid("box-outside", OUTSIDE, path=_field(path))
    left, top, width, height = (side or 0 for side in sides)
    return checked([left, top, left + width, top + height], path)


def typed(form: Mapping[str, str]) -> dict[str, str]:
    """The fields of *form* that mark a part of a picture, as they were filled in."""
    return {name: form[name] for name in form if _NAME.fullmatch(name) and form[name].strip()}


def said(box: Box) -> Words:
    """The part in per cent, as the fields have it, as exactly as anybody says it."""
    left, top, right, bottom = box
    sides = {"width": right - left, "height": bottom - top, "left": left, "top": top}
    return _PART.filled(**{name: f"{round(side / 100, 1):g}" for name, side in sides.items()})


def _part(typed: str) -> int | None:
    """12.5 per cent as 1250."""
    found = _PER_CENT.fullmatch(typed)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def _field(path: str) -> str:
    return f"box.{path.removeprefix('pictures.')}.{FIELDS[0]}"


def _lies_within(left: int, top: int, right: int, bottom: int) -> bool:
    wide, high = 0 <= left <= right - LEAST, 0 <= top <= bottom - LEAST
    return wide and high and right <= WHOLE and bottom <= WHOLE
