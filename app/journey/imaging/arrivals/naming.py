"""What names say: `SKU_1.jpg` is the first picture of the item of that SKU."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.journey.imaging.arrivals.archive import Entry

_PLACED = re.compile(r"(.+)_(\d{1,3})")
_PARTS = re.compile(r"(\d+)")


@dataclass(frozen=True)
class Meant:
    """One entry, and where it belongs: `item_id` None is the product, `place` counts from 1.

    `lost`: its name has a place, but no SKU that an item has.
    """

    entry: Entry
    item_id: int | None
    place: int
    lost: bool = False


def plan(entries: Iterable[Entry], skus: Mapping[str, int]) -> list[Meant]:
    """The entries in the order in which to take them in.

    What fits no SKU comes first, by name: the first picture represents the product. Then every
    item's by their places, the items in the order of *skus* (SKU -> item id).
    """
    known = {key_of(sku): number for sku, number in skus.items()}
    turn = {number: place for place, number in enumerate(known.values())}
    meant = [_meant(entry, known) for entry in entries]
    return sorted(meant, key=lambda m: (turn.get(m.item_id or 0, -1), m.place, _by_name(m)))


def key_of(sku: str) -> str:
    """A SKU without what file systems do to names: letter case, parted syllables."""
    return unicodedata.normalize("NFC", sku).strip().casefold()


def _meant(entry: Entry, known: Mapping[str, int]) -> Meant:
    stem = entry.name.rpartition(".")[0] or entry.name
    placed = _PLACED.fullmatch(stem)
    if placed and (item := known.get(key_of(placed[1]))):
        return Meant(entry, item, max(1, int(placed[2])))
    if item := known.get(key_of(stem)):
        return Meant(entry, item, 1)
    return Meant(entry, None, 0, lost=bool(placed or known))


def _by_name(meant: Meant) -> list[tuple[int, str]]:
    """2.jpg before 10.jpg."""
    parts = _PARTS.split(meant.entry.name.casefold())
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in parts]
