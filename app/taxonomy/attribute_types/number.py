"""A number, with one of the attribute's units where it has any."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation
from typing import Any

from app.core.words import Words
from app.taxonomy import units
from app.taxonomy.attribute_types._type import Problem, shorten
from app.taxonomy.definitions import Attribute

_SHAPE = r"[+-]?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)(\.[0-9]+)?"
_NUMBER = re.compile(_SHAPE)
_NUMBER_AND_UNIT = re.compile(rf"({_NUMBER.pattern})\s*(\D*)")

_NOT_A_NUMBER = Words("{value}: 숫자가 아닙니다.", "{value} is not a number.")
_TYPE_DIGITS = Words("숫자만 쓰고 단위는 옆에서 고르세요.", "Type digits; choose the unit beside.")
_UNIT_UNKNOWN = Words(
    "{value}: 이 항목에서 쓰지 않는 단위입니다.", "{value} is not a unit used here."
)
_CHOOSE_UNIT = Words("다음 중에서 고르세요: {units}.", "Choose one of: {units}.")
_OUT_OF_RANGE = Words("{value}: 범위를 벗어납니다.", "{value} is out of range.")
_RANGE = Words("{minimum} 이상 {maximum} 이하로 입력하세요.", "Enter {minimum} to {maximum}.")


class Number:
    """Kept as `{"value": "500", "unit": "ml"}`; the value is text, so what was typed survives."""

    code = "number"
    label = Words("수와 단위", "Number and unit")
    passes = (Attribute("volume", Words("용량", "Volume"), "number", units=("ml", "L")), "1,500ml")
    fails = (Attribute("volume", Words("용량", "Volume"), "number", units=("ml", "L")), "오백 ml")

    def read(self, raw: Any, attribute: Attribute) -> dict[str, str]:
        """From `"500ml"`, `"500"` (first unit), or a mapping of value and unit."""
        default = attribute.units[0] if attribute.units else ""
        if isinstance(raw, dict):
            unit = str(raw.get("unit") or "").strip()
            read = self.read(raw.get("value") or "", attribute)
            typed_unit = _NUMBER_AND_UNIT.fullmatch(_plain(raw.get("value")))
            return read if typed_unit and typed_unit[5] else {**read, "unit": unit or default}
        text = _plain(raw)
        found = _NUMBER_AND_UNIT.fullmatch(text)
        if not found:
            return {"value": text, "unit": default}
        unit = found[5].strip()
        return {"value": found[1].replace(",", ""), "unit": _spelled(unit, attribute) or default}

    def problems(self, value: Any, attribute: Attribute) -> list[Problem]:
        value = self.read(value, attribute)
        number, unit = _decimal(value["value"]), value["unit"]
        quoted = {"value": shorten(value["value"])}
        if number is None:
            return [Problem("not-a-number", _NOT_A_NUMBER, _TYPE_DIGITS, quoted)]
        if attribute.units and unit not in attribute.units:
            listed = {"value": unit, "units": _listed(attribute.units)}
            return [Problem("unit-unknown", _UNIT_UNKNOWN, _CHOOSE_UNIT, listed)]
        return _range_problems(number, attribute)

    def show(self, value: Any, attribute: Attribute) -> Words:
        value = self.read(value, attribute)
        number = _decimal(value["value"])
        digits = f"{number:,}" if number is not None else value["value"]
        unit = units.label(value["unit"])
        return Words(f"{digits}{unit.ko}", f"{digits} {unit.en}".strip())

    def schema(self, attribute: Attribute) -> dict[str, Any]:
        # Limits hold for a value given as a number; text is held to its shape alone.
        value: dict[str, Any] = {"type": ["string", "number"], "pattern": f"^({_SHAPE})?$"}
        if attribute.minimum is not None:
            value["minimum"] = attribute.minimum
        if attribute.maximum is not None:
            value["maximum"] = attribute.maximum
        unit = {"enum": list(attribute.units) or [""]}
        return {
            "type": "object",
            "required": ["value"],
            "properties": {"value": value, "unit": unit},
        }


def _plain(raw: Any) -> str:
    return unicodedata.normalize("NFKC", str(raw if raw is not None else "")).strip()


def _spelled(unit: str, attribute: Attribute) -> str:
    """The code of *unit* (`ML` is `ml`, `시간` is `h`), or *unit* as typed."""
    return units.known(unit, attribute.units) or unit


def _listed(codes: tuple[str, ...]) -> dict[str, str]:
    return Words.joined(units.label(code) for code in codes).as_dict()


def _decimal(text: str) -> Decimal | None:
    try:
        return Decimal(text) if _NUMBER.fullmatch(text) else None
    except InvalidOperation:
        return None


def _range_problems(number: Decimal, attribute: Attribute) -> list[Problem]:
    low, high = attribute.minimum, attribute.maximum
    if (low is None or number >= low) and (high is None or number <= high):
        return []
    bounds = {"minimum": _bound(low), "maximum": _bound(high), "value": f"{number:,}"}
    return [Problem("out-of-range", _OUT_OF_RANGE, _RANGE, bounds)]


def _bound(limit: float | None) -> str:
    return "…" if limit is None else f"{limit:,.10g}"


TYPE = Number()
