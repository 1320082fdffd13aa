"""What changed from one content to another: field by field, picture by picture. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from app.listings.content import Content, read, same

# What of an item a version speaks for; price, stock and sale state need no review.
ITEM_FIELDS = ("gtin", "gtin_reason", "pictures")


@dataclass(frozen=True)
class Changed:
    """One place that differs. `old` and `new` are values as stored, None where there is none."""

    path: str
    what: Literal["field", "picture", "item"]
    old: Any
    new: Any


def changes(old: Content, new: Content, paths: Iterable[str]) -> list[Changed]:
    """Where *new* differs from *old* (both as `listings.queries.content_of` gives them)."""
    return [
        *_fields(old["product"], new["product"], paths),
        *_pictures(old["product"].get("pictures") or [], new["product"].get("pictures") or []),
        *_items(old["items"], new["items"]),
    ]


def _fields(old: Content, new: Content, paths: Iterable[str]) -> list[Changed]:
    pairs = [(path, read(old, path), read(new, path)) for path in paths if path != "pictures"]
    return [Changed(path, "field", was, now) for path, was, now in pairs if not same(was, now)]


def _pictures(old: list[int], new: list[int]) -> list[Changed]:
    gone = [Changed(f"pictures.{each}", "picture", each, None) for each in old if each not in new]
    come = [Changed(f"pictures.{each}", "picture", None, each) for each in new if each not in old]
    return gone + come


def _items(old: list[Content], new: list[Content]) -> list[Changed]:
    before = {item["id"]: item for item in old if not item["off"]}
    after = {item["id"]: item for item in new if not item["off"]}
    found = [Changed(f"items.{i}", "item", before[i], None) for i in before if i not in after]
    for number, item in after.items():
        if number not in before:
            found.append(Changed(f"items.{number}", "item", None, item))
            continue
        if before[number] == item:
            # Most of two hundred are.
            continue
        options = {**before[number]["options"], **item["options"]}
        for name in (*(f"options.{code}" for code in options), *ITEM_FIELDS):
            was, now = read(before[number], name), read(item, name)
            if not same(was, now):
                found.append(Changed(f"items.{number}.{name}", "field", was, now))
    return found
