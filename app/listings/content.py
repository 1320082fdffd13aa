"""Content is nested dicts; a path is its keys joined by dots. Values are JSON."""

import re
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from app.validation.subject import Content, read

__all__ = [
    "ITEM_COLUMNS",
    "Content",
    "is_fixed_of_approved",
    "item_path",
    "leaves",
    "read",
    "same",
    "split_item_path",
    "storable",
    "typed_text",
    "written",
]

# What an item shows beside its part's content lives in rows of its own.
ITEM_COLUMNS = ("sku", "price", "list_price", "stock")
# What the first approval of an item fixes, as far as drafts go; its options are fixed as well.
_FIXED_OF_APPROVED = ("price", "list_price", "stock", "off", "options")
_ITEM_PATH = re.compile(r"items\.([0-9]{1,18})(?:\.(.*))?")


def written(content: Content, path: str, value: Any) -> Content:
    """A copy of *content* with *value* at *path*; None takes the key away."""
    fresh = deepcopy(content)
    *folders, last = path.split(".")
    place = fresh
    for key in folders:
        if not isinstance(place.get(key), dict):
            place[key] = {}
        place = place[key]
    if value is None:
        place.pop(last, None)
    else:
        place[last] = value
    return fresh


def leaves(content: Content, above: str = "") -> Iterator[tuple[str, Any]]:
    """Every path of *content* with its value; a number with its unit is one value."""
    for key, value in content.items():
        path = f"{above}{key}"
        if isinstance(value, dict) and not value.keys() <= {"value", "unit"}:
            yield from leaves(value, f"{path}.")
        elif value != {}:
            yield path, value


def storable(value: Any) -> Any:
    """*value* without NUL characters: PostgreSQL keeps them in no text and no JSON."""
    if isinstance(value, str):
        return value.replace("\x00", "")
    if isinstance(value, dict):
        return {key: storable(inner) for key, inner in value.items()}
    return [storable(inner) for inner in value] if isinstance(value, list) else value


def typed_text(typed: str) -> str:
    """What was typed into an area, as its browser counts it: a line break is one character."""
    return str(storable(typed)).replace("\r\n", "\n")


def same(a: Any, b: Any) -> bool:
    """Whether two values are the same to a person: absent and empty are; 0 is a number."""
    return _or_none(a) == _or_none(b)


def _or_none(value: Any) -> Any:
    return None if value in ("", [], {}) else value


def item_path(item_id: int, inner: str) -> str:
    """The path by which findings, forms and people know a field of an item."""
    return f"items.{item_id}.{inner}"


def is_fixed_of_approved(inner: str) -> bool:
    """Whether an item's first approval puts that path of it out of a draft's reach."""
    return inner.partition(".")[0] in _FIXED_OF_APPROVED


def split_item_path(path: str) -> tuple[int | None, str]:
    """`items.7.price` -> (7, 'price'), `items.7` -> (7, ''); a product path -> (None, path)."""
    if found := _ITEM_PATH.fullmatch(path):
        return int(found[1]), found[2] or ""
    return None, path
