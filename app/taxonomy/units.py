"""Units and how people write them. A unit that reads alike in both languages needs no row."""

from app.core.words import Words

_LABELS = {
    "L": Words("L", "l"),
    "h": Words("시간", "h"),
    "min": Words("분", "min"),
    "day": Words("일", "days"),
    "years": Words("세", "years"),
    "months": Words("개월", "months"),
    "inch": Words("인치", "inch"),
    "pcs": Words("개", "pcs"),
    "bottle": Words("병", "bottle"),
    "pack": Words("팩", "pack"),
    "can": Words("캔", "can"),
    "set": Words("세트", "set"),
    "sheet": Words("매", "sheet"),
    "roll": Words("롤", "roll"),
    "box": Words("박스", "box"),
    "bag": Words("봉", "bag"),
    "tablet": Words("정", "tablet"),
    "capsule": Words("캡슐", "capsule"),
    "stick": Words("포", "stick"),
    "pair": Words("켤레", "pair"),
    "page": Words("쪽", "pages"),
    "person": Words("인용", "people"),
    "key": Words("건반", "keys"),
    "speed": Words("단", "speeds"),
}
# The units there are: the lint refuses others, so that a slip of the keyboard is found early.
PLAIN = (
    "mm", "cm", "m", "mg", "g", "kg", "oz", "lb", "cc", "ml", "KB", "MB", "GB", "TB", "W", "kW",
    "Wh", "V", "A", "mAh", "Hz", "dB", "Pa", "%", "°C",
)  # fmt: skip
UNITS = (*PLAIN, *_LABELS)


def label(unit: str) -> Words:
    """The unit as people read it."""
    return _LABELS.get(unit, Words(unit, unit))


def known(text: str, units: tuple[str, ...]) -> str | None:
    """Which of *units* the text means: its code or label, in any letter case."""
    named = text.strip().casefold()
    for unit in units:
        words = label(unit)
        if named in (unit.casefold(), words.ko.casefold(), words.en.casefold()):
            return unit
    return None
