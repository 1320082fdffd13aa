"""What a target has against what we say: pure, one listing at a time."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

# The more a sale state keeps from shoppers, the later it stands.
STRICTNESS = ("on", "paused", "recalled", "retired")

Told = dict[str, Any]


@dataclass(frozen=True)
class OurItem:
    """One approved item. `told` says that a product's payload names it (retired ones are not).

    `digest` is of its content as the target was sent it; '' where that is not on record.
    """

    item_id: int
    told: bool
    version: int
    digest: str
    price: int
    list_price: int | None
    offer_revision: int
    sale: str
    sale_revision: int
    count: int
    stock_revision: int


@dataclass(frozen=True)
class OurListing:
    """One listing with approved items; `version` as targets are told it, `digest` as an item's.

    `busy` are the (subject, id) that are on their way or were settled after the target was asked;
    `stuck` those whose newest delivery was refused or parked: it is an operator's to send again.
    """

    listing_id: int
    version: int
    digest: str
    items: Mapping[int, OurItem]
    busy: Collection[tuple[str, int]] = field(default_factory=frozenset)
    stuck: Collection[tuple[str, int]] = field(default_factory=frozenset)

    def is_busy(self, subject: str, number: int) -> bool:
        """Whether nothing can be said of it just now."""
        return (subject, number) in self.busy


@dataclass(frozen=True)
class Found:
    """One difference; see `models.Difference`."""

    part: str
    item_id: int | None
    kind: str
    ours: Told | None
    theirs: Told | None


def is_stuck(ours: OurListing | None, found: Found) -> bool:
    """Whether saying it anew would only be refused again."""
    if ours is None or found.kind == "unknown":
        return False
    if found.part in ("product", "item"):
        return ("product", ours.listing_id) in ours.stuck
    return (found.part, found.item_id) in ours.stuck


def differences(
    ours: OurListing | None, theirs: Told | None, counted_before: datetime
) -> list[Found]:
    """Every difference of one listing. *theirs* as in the contract `holdings`.

    A count that changed there after *counted_before* may be in the feed still, and is left out.
    """
    if ours is None:
        return [_unknown_listing(theirs)] if theirs is not None else []
    if ours.is_busy("product", ours.listing_id):
        return []
    if theirs is None:
        sold = any(item.told for item in ours.items.values())
        return [Found("product", None, "missing", {"version": ours.version}, None)] if sold else []
    return [*_product(ours, theirs), *_items(ours, theirs, counted_before)]


def stricter(theirs: str, ours: str) -> bool:
    """Whether *theirs* keeps more from shoppers than *ours*."""
    return STRICTNESS.index(theirs) > STRICTNESS.index(ours)


def on_sale(theirs: Told) -> list[Told]:
    """The items of a listing there that shoppers can buy."""
    return [item for item in theirs["items"] if item["sale"] == "on"]


def _unknown_listing(theirs: Told) -> Found:
    items = [_item(item) for item in theirs["items"]]
    told = {"version": theirs["version"], "items": items}
    return Found("product", None, "unknown", None, told)


def _item(theirs: Told) -> Told:
    names = ("item_id", "price", "offer_revision", "sale", "sale_revision")
    return {name: theirs[name] for name in names}


def _product(ours: OurListing, theirs: Told) -> Iterator[Found]:
    kind = _content(ours, theirs)
    if kind:
        yield Found("product", None, kind, *_contents(ours, theirs))


def _items(ours: OurListing, theirs: Told, counted_before: datetime) -> Iterator[Found]:
    there = {item["item_id"]: item for item in theirs["items"]}
    for number, item in ours.items.items():
        if number in there:
            if item.told and (kind := _content(item, there[number])):
                yield Found("item", number, kind, *_contents(item, there[number]))
            yield from _offer(ours, item, there[number])
            yield from _sale(ours, item, there[number])
            yield from _stock(ours, item, there[number].get("stock"), counted_before)
        elif item.told:
            yield Found("item", number, "missing", {"sale": item.sale}, None)
    for number in sorted(there.keys() - ours.items.keys()):
        yield Found("item", number, "unknown", None, _item(there[number]))


def _offer(listing: OurListing, ours: OurItem, theirs: Told) -> Iterator[Found]:
    if listing.is_busy("offer", ours.item_id):
        return
    kind = _standing(ours.offer_revision, theirs["offer_revision"])
    prices = ("price", "list_price") if "list_price" in theirs else ("price",)
    told = {name: getattr(ours, name) for name in prices}
    said = {name: theirs[name] for name in prices}
    if kind or told != said:
        told["revision"], said["revision"] = ours.offer_revision, theirs["offer_revision"]
        yield Found("offer", ours.item_id, kind or "differs", told, said)


def _sale(listing: OurListing, ours: OurItem, theirs: Told) -> Iterator[Found]:
    if listing.is_busy("sale", ours.item_id):
        return
    kind = _standing(ours.sale_revision, theirs["sale_revision"])
    if kind or ours.sale != theirs["sale"]:
        told = {"sale": ours.sale, "revision": ours.sale_revision}
        said = {"sale": theirs["sale"], "revision": theirs["sale_revision"]}
        yield Found("sale", ours.item_id, kind or "differs", told, said)


def _stock(
    listing: OurListing, ours: OurItem, theirs: Told | None, counted_before: datetime
) -> Iterator[Found]:
    if theirs is None or listing.is_busy("stock", ours.item_id):
        return
    kind = _standing(ours.stock_revision, theirs["revision"])
    same = ours.count == theirs["count"]
    # A newer count is what the feed tells every few seconds: a difference only if it did not.
    fresh = datetime.fromisoformat(theirs["changed_at"]) > counted_before
    if (same and kind in ("", "newer")) or (kind == "newer" and fresh):
        return
    told = {"count": ours.count, "revision": ours.stock_revision}
    said = {"count": theirs["count"], "revision": theirs["revision"]}
    yield Found("stock", ours.item_id, kind or "differs", told, said)


def _content(ours: OurListing | OurItem, theirs: Told) -> str:
    """How what a version says stands to ours; one of the same number may say something else."""
    kind = _standing(ours.version, theirs["version"])
    if kind or not (ours.digest and theirs.get("digest")):
        return kind
    return "differs" if ours.digest != theirs["digest"] else ""


def _contents(ours: OurListing | OurItem, theirs: Told) -> tuple[Told, Told]:
    """Both sides, with a digest where both have one."""
    if not (ours.digest and theirs.get("digest")):
        return {"version": ours.version}, {"version": theirs["version"]}
    told = {"version": ours.version, "digest": ours.digest}
    return told, {"version": theirs["version"], "digest": theirs["digest"]}


def _standing(ours: int, theirs: int) -> str:
    """How theirs stands to ours: '' where they are the same."""
    return "" if ours == theirs else "older" if theirs < ours else "newer"
