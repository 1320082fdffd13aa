"""The combinations of options that a draft could have as items, and those it lacks."""

import re
from dataclasses import dataclass
from itertools import islice, product
from math import prod
from typing import Any

from app.listings.content import read
from app.taxonomy.attribute_types import read as read_value
from app.taxonomy.attribute_types import show
from app.taxonomy.definitions import Attribute, Category
from app.validation.field_table import ITEMS_MOST
from app.validation.subject import Content, chosen_options

Combination = dict[str, str]


@dataclass(frozen=True)
class Plan:
    """What one press would do: fill `blank` items first, then make new ones.

    `total` is how many items there would be; where that is too many, `missing` is cut short.
    """

    counts: tuple[int, ...]
    missing: list[Combination]
    blank: list[int]
    total: int

    @property
    def fits(self) -> bool:
        """Whether a listing may have that many items."""
        return self.total <= ITEMS_MOST

    @property
    def wanted(self) -> int:
        """How many combinations the values make, those there already included."""
        return prod(self.counts)


def plan(content: Content, category: Category) -> Plan | None:
    """What the values typed for each option make, none of what is there already.

    An option without typed values has those that the items have. None while some option has none.
    """
    options = chosen_options(category, content)
    values = [_values(content, option) for option in options]
    if not options or not all(values):
        return None
    items = content["items"]
    there = {_key(read(item, "options") or {}, options) for item in items}
    # Cut short: a slip of a million combinations is counted, not made.
    wanted = islice(product(*values), ITEMS_MOST * 5)
    combined = [dict(zip((o.code for o in options), each, strict=True)) for each in wanted]
    missing = [each for each in combined if _key(each, options) not in there]
    blank = [item["id"] for item in items if _is_blank(item, options)]
    counts = tuple(len(each) for each in values)
    beyond = prod(counts) - len(combined)
    total = len(items) + max(0, len(missing) + beyond - len(blank))
    return Plan(counts, missing, blank, total)


def _values(content: Content, option: Attribute) -> list[str]:
    typed = str(read(content, f"product.option_values.{option.code}") or "")
    # A comma between digits parts thousands where no blank follows it.
    parts = re.split(r"\n|;|,(?!\d{3}(?!\d))|，|、", typed)
    known: list[Any] = [part.strip() for part in parts]
    if not any(known):
        known = [read(item, f"options.{option.code}") for item in content["items"]]
    kept: dict[str, str] = {}
    for each in known:
        if each:
            kept.setdefault(_alike(each, option), _stored(each, option))
    return list(kept.values())


def _stored(value: Any, option: Attribute) -> str:
    """A choice as its code; anything else as it was typed."""
    read_as = read_value(value, option)
    return read_as if isinstance(read_as, str) else str(value)


def _is_blank(item: Content, options: tuple[Attribute, ...]) -> bool:
    """Nobody has said yet what this item is."""
    return not item["live"] and not any(read(item, f"options.{o.code}") for o in options)


def _key(values: Content, options: tuple[Attribute, ...]) -> tuple[str, ...]:
    return tuple(_alike(values.get(option.code) or "", option) for option in options)


def _alike(value: Any, option: Attribute) -> str:
    """Written without blanks and letter case: `500 ML` and `500ml` are one value."""
    return "".join(show(value, option).ko.casefold().split())
