"""The form of a crop by hand: four numbers in per cent of the picture. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from app.core.words import Words
from app.journey.imaging.mends.recipe import LEAST, WHOLE

FIELDS = ("left", "top", "width", "height")
EVERYTHING = {"left": "0", "top": "0", "width": "100", "height": "100"}
_NUMBER = re.compile(r"([0-9]{1,3})(?:[.,]([0-9]{1,6}))?\s*%?")

_NO_NUMBER = Words(
    "‘{value}’: 0에서 100 사이의 숫자를 쓰세요.", "“{value}”: write a number from 0 to 100."
)
_EMPTY = Words("0에서 100 사이의 숫자를 쓰세요.", "Write a number from 0 to 100.")
_TOO_SMALL = Words("{value}%입니다. {least}% 이상 남기세요.", "{value}%: leave {least}% or more.")
_OUTSIDE = Words(
    "사진 밖으로 {over}% 나갑니다. {most}% 이하로 줄이세요.",
    "It goes {over}% beyond the picture. Make it {most}% or less.",
)


@dataclass(frozen=True)
class Wrong:
    """What is the matter with one field, as `components/fields.html` draws it."""

    code: str
    words: Words
    severity: str = "blocks"

    def message(self, language: str) -> str:
        """The value and what would fit."""
        return self.words.text(language)

    def remedy(self, language: str) -> str:
        """The message says it."""
        return ""


@dataclass(frozen=True)
class Crop:
    """What was typed, by field; the box that it means, and what is wrong with it, by field."""

    typed: dict[str, str]
    box: list[int] = field(default_factory=list)
    wrong: dict[str, Wrong] = field(default_factory=dict)

    @property
    def shown(self) -> list[int]:
        """Left, top, width and height of a rectangle to draw, in ten-thousandths."""
        left, top, right, bottom = self.box or [0, 0, WHOLE, WHOLE]
        return [left, top, right - left, bottom - top]


def crop_of(form: Mapping[str, str]) -> Crop:
    """Read a form; a field that it lacks leaves the picture whole there."""
    typed = {name: form.get(name, EVERYTHING[name]).strip()[:40] for name in FIELDS}
    read = {name: _part(text) for name, text in typed.items()}
    wrong = {name: _no_number(typed[name]) for name, part in read.items() if part is None}
    parts = {name: part for name, part in read.items() if part is not None}
    for start, length in (("left", "width"), ("top", "height")):
        if length in parts:
            wrong |= _misfit(parts.get(start, 0), length, parts[length])
    if wrong:
        return Crop(typed, wrong=wrong)
    left, top, width, height = (parts[name] for name in FIELDS)
    return Crop(typed, [left, top, left + width, top + height])


def _part(text: str) -> int | None:
    """A number of per cent in ten-thousandths; None for what is none."""
    found = _NUMBER.fullmatch(text)
    if not found:
        return None
    return round(Decimal(f"{found[1]}.{found[2] or 0}") * (WHOLE // 100))


def _misfit(start: int, name: str, length: int) -> dict[str, Wrong]:
    if length < LEAST:
        small = _TOO_SMALL.filled(value=_percent(length), least=_percent(LEAST))
        return {name: Wrong("crop-too-small", small)}
    over = start + length - WHOLE
    if over <= 0:
        return {}
    if start > WHOLE - LEAST:
        # However small the rest, it does not fit: it is the start that has to go back.
        name, most = {"width": "left", "height": "top"}[name], WHOLE - LEAST
    else:
        most = length - over
    outside = _OUTSIDE.filled(over=_percent(over), most=_percent(most))
    return {name: Wrong("crop-outside", outside)}


def _no_number(text: str) -> Wrong:
    return Wrong("crop-no-number", _NO_NUMBER.filled(value=text) if text else _EMPTY)


def _percent(part: int) -> str:
    return f"{part / (WHOLE // 100):g}"
