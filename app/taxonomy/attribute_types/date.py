"""A calendar day."""

import re
import unicodedata
from datetime import date
from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types._type import Problem, shorten
from app.taxonomy.definitions import Attribute

_PARTS = re.compile(r"(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?")
_NOT_A_DAY = Words("{value}: 없는 날짜입니다.", "{value} is not a date.")
_WRITE = Words("연, 월, 일 순서로 쓰세요. 보기: 2026-11-22.", "Write year, month, day: 2026-11-22.")


class Date:
    """Kept in ISO form, `2026-11-22`; `2026. 11. 22.` and `2026년 11월 22일` are read too."""

    code = "date"
    label = Words("날짜", "Date")
    passes = (Attribute("made", Words("제조일", "Made on"), "date"), "2026. 11. 22.")
    fails = (Attribute("made", Words("제조일", "Made on"), "date"), "2026-02-30")

    def read(self, raw: Any, attribute: Attribute) -> str:
        if isinstance(raw, date):
            return raw.isoformat()[:10]
        text = unicodedata.normalize("NFKC", str(raw if raw is not None else "")).strip()
        found = _PARTS.fullmatch(text)
        return "{}-{:0>2}-{:0>2}".format(*found.groups()) if found else text

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        value = self.read(value, attribute)
        try:
            date.fromisoformat(value)
        except ValueError:
            return [Problem("not-a-day", _NOT_A_DAY, _WRITE, {"value": shorten(value)})]
        return []

    def show(self, value: Any, attribute: Attribute) -> Words:
        try:
            day = date.fromisoformat(str(value))
        except ValueError:
            return Words(str(value), str(value))
        return Words(f"{day.year}. {day.month}. {day.day}.", f"{day.day} {day:%b} {day.year}")

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        return {"type": "string", "anyOf": [{"format": "date"}, {"const": ""}]}


TYPE = Date()
