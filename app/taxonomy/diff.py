"""What a new definition of a category changes against an earlier one, in words, a line each."""

from collections.abc import Iterable, Iterator
from dataclasses import fields
from typing import Any, Protocol

from app.core.words import NOTHING, Words
from app.taxonomy.definitions import AS_CHECKED, Category, LookRule


class _Coded(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def label(self) -> Words: ...


# Parts of a category that are told one by one, and what one of them is called.
_PARTS = {
    "attributes": "attribute",
    "notices": "notice class",
    "certifications": "certification",
    "documents": "document",
}
_INNER = {"choices": "choice", "fields": "line"}
_SAID = {"own_pictures": "picture limits", "path": "place in the tree", "max_length": "length"}
# Which version it is says nothing of what it asks.
_SKIPPED = ("code", "version_id", "no", *_PARTS)


def changes(old: Category, new: Category) -> list[str]:
    """A line for everything in which *new* differs from *old*; nothing where it does not."""
    return [*_own(old, new), *(line for key in _PARTS for line in _parts(key, old, new))]


def _own(old: Category, new: Category) -> Iterator[str]:
    for field in fields(Category):
        if field.name not in _SKIPPED:
            yield from _changed(field.name, getattr(old, field.name), getattr(new, field.name))


def _parts(key: str, old: Category, new: Category) -> Iterator[str]:
    kind = _PARTS[key]
    before = {part.code: part for part in getattr(old, key)}
    after = {part.code: part for part in getattr(new, key)}
    for code in (code for code in before if code not in after):
        yield f"{kind} removed: {_named(before[code])}"
    for code, part in after.items():
        if code not in before:
            yield f"{kind} added: {_named(part)}{_asked(part)}"
        else:
            for line in _within(before[code], part):
                yield f"{kind} changed: {_named(part)}: {line}"
    if [c for c in before if c in after] != [c for c in after if c in before]:
        yield f"{kind}: another order"


def _within(old: Any, new: Any) -> Iterator[str]:
    for field in fields(new):
        before, after = getattr(old, field.name), getattr(new, field.name)
        if field.name in _INNER:
            yield from _inner(_INNER[field.name], before, after)
        elif field.name != "code":
            yield from _changed(field.name, before, after)


def _inner(kind: str, old: Iterable[_Coded], new: Iterable[_Coded]) -> Iterator[str]:
    before = {part.code: part for part in old}
    after = {part.code: part for part in new}
    for code in (code for code in before if code not in after):
        yield f"{kind} removed: {_named(before[code])}"
    for code, part in after.items():
        if code not in before:
            yield f"{kind} added: {_named(part)}"
        else:
            yield from (f"{kind} {code}: {line}" for line in _within(before[code], part))


def _changed(name: str, old: Any, new: Any) -> Iterator[str]:
    said = _SAID.get(name, name.replace("_", " "))
    if old == new:
        return
    if isinstance(new, bool):
        yield f"now {said}" if new else f"no longer {said}"
    elif isinstance(new, tuple) and isinstance(old, tuple) and name != "path":
        gone, come = [v for v in old if v not in new], [v for v in new if v not in old]
        yield from (f"{said} removed: {_shown(v)}" for v in gone)
        yield from (f"{said} added: {_shown(v)}" for v in come)
        if not gone and not come:
            yield f"{said}: another order"
    else:
        yield f"{said}: {_shown(old)} -> {_shown(new)}"


def _named(part: _Coded) -> str:
    return f"{part.code} ({part.label.ko} / {part.label.en})"


def _asked(part: Any) -> str:
    """How far a part is asked for, and from when; '' of a notice class."""
    if not hasattr(part, "required"):
        return ""
    asked = getattr(part, "requirement", "required" if part.required else "optional")
    return f", {asked}" + (f" from {part.required_from}" if part.required_from else "")


def _shown(value: Any) -> str:
    if value is None or value in ("", NOTHING):
        return "none"
    if isinstance(value, Words):
        return value.ko if value.ko == value.en else f"{value.ko} / {value.en}"
    if isinstance(value, tuple):
        return " > ".join(_shown(v) for v in value)
    if hasattr(value, "__dataclass_fields__"):
        told = ((f.name, getattr(value, f.name)) for f in fields(value))
        return ", ".join(f"{name} {_limit(v)}" for name, v in told if v != AS_CHECKED)
    return f"{value:g}" if isinstance(value, float) else str(value)


def _limit(value: Any) -> str:
    if not isinstance(value, LookRule):
        return str(value)
    told = ((f.name, getattr(value, f.name)) for f in fields(value))
    return f"({', '.join(f'{name} {_shown(v)}' for name, v in told if v is not None)})"
