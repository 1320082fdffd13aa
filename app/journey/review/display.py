"""How a stored value reads: units joined, codes by their labels, in both languages."""

from collections.abc import Iterable
from typing import Any, Protocol

from app.core.words import Words

YES_NO = {"yes": Words("예", "Yes"), "no": Words("아니요", "No"), "exempt": Words("면제", "Exempt")}


class Labelled(Protocol):
    """A choice of a field."""

    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Any: ...


def shown(value: Any, kind: str = "text", choices: Iterable[Labelled] = ()) -> Words:
    """The value as people read it; empty Words where there is none."""
    if value is None or value in ("", [], {}):
        return Words("", "")
    labels = {choice.code: Words.of(choice.label) for choice in choices}
    if isinstance(value, list):
        return joined([_one(each, kind, labels) for each in value], ", ")
    return _one(value, kind, labels)


def joined(parts: Iterable[Words], by: str) -> Words:
    """Several texts as one."""
    kept = [part for part in parts if part.ko or part.en]
    return Words(ko=by.join(part.ko for part in kept), en=by.join(part.en for part in kept))


def _one(value: Any, kind: str, labels: dict[str, Words]) -> Words:
    if isinstance(value, dict):
        if "value" in value:
            return Words.of(f"{value['value']} {value.get('unit') or ''}".strip())
        if "ko" in value or "en" in value:
            return Words(ko=value.get("ko") or "", en=value.get("en") or "")
        return joined([_one(each, kind, labels) for each in value.values()], " ")
    if isinstance(value, bool):
        return YES_NO["yes" if value else "no"]
    text = str(value)
    if text in labels:
        return labels[text]
    if kind == "yes-no" and text in YES_NO:
        return YES_NO[text]
    return Words(text, text)
