"""What would happen to a listing: worked out before anything is done, and again when it is."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from app.core.words import NOTHING, Words
from app.listings.actions import PriceJump
from app.surfaces.seller.many.subjects import Subject


@dataclass(frozen=True)
class Change:
    """One number of one item, old and new. `kind` is `price` or `stock`.

    `live` is for an item on sale, where it is only noted until it is applied.
    """

    kind: str
    item_id: int
    item: Words
    old: int | None
    new: int
    live: bool = False

    @property
    def sealed(self) -> tuple[Any, ...]:
        """What is agreed to. Of a stock on sale the amount: orders change the count meanwhile."""
        if self.live and self.kind == "stock":
            return (self.kind, self.item_id, self.new - (self.old or 0))
        return (self.kind, self.item_id, self.old, self.new, self.live)


@dataclass(frozen=True)
class Plan:
    """What would happen to one listing: its changes, or why it is refused.

    `acts` says of a listing without changes of numbers that something happens to it all the same,
    `note` what.
    """

    listing_id: int
    name: Words
    changes: tuple[Change, ...] = ()
    acts: bool = False
    refusal: Words | None = None
    jumps: tuple[PriceJump, ...] = ()
    note: Words = NOTHING

    @property
    def outcome(self) -> str:
        """`refused`, `done` or `unchanged`."""
        if self.refusal:
            return "refused"
        return "done" if self.changes or self.acts else "unchanged"

    @property
    def seal(self) -> str:
        """Names exactly this: what was shown is done, and nothing that came instead since."""
        told = [change.sealed for change in self.changes]
        return hashlib.sha256(repr((self.outcome, told, self.note)).encode()).hexdigest()[:16]

    @property
    def jumps_told(self) -> list[tuple[PriceJump, Words]]:
        """The jumps, each with what its item is called."""
        names = {change.item_id: change.item for change in self.changes}
        return [(jump, names[jump.item_id]) for jump in self.jumps]

    @property
    def told(self) -> Words:
        """The changes in a line: the first of them, and how many more."""
        if not self.changes:
            return self.refusal or self.note
        first, more = self.changes[0], len(self.changes) - 1
        words = _PRICE if first.kind == "price" else _STOCK
        sentence = words.filled(old="-" if first.old is None else first.old, new=first.new)
        return Words.joined([sentence, _MORE.filled(count=more)], by=" ") if more else sentence


_PRICE = Words("가격 {old} → {new}원", "Price {old} → ₩{new}")
_STOCK = Words("재고 {old} → {new}", "Stock {old} → {new}")
_MORE = Words("외 {count}건", "and {count} more")

Wish = dict[str, Any]


@dataclass(frozen=True)
class Act:
    """Something that can be done to many listings.

    `read` makes the wish of what was typed (`Invalid` names the field); `plan` answers for many
    subjects at once and changes nothing; `do` does what one plan says, in the caller's transaction,
    and answers the id of what it made.
    """

    code: str
    plan: Callable[[Sequence[Subject], Wish], list[Plan]]
    do: Callable[[Subject, Plan, Wish, int], int | None]
    read: Callable[[MultiDict[str, str]], Wish] = field(default=lambda _given: {})
    # The names of the fields that it asks for before it can be planned.
    asks: tuple[str, ...] = ()
    # What a seller can choose from there.
    offers: Callable[[int], Sequence[Any]] = field(default=lambda _seller: ())
    # Whether what it changes on sale waits to be applied.
    stages: bool = False
    # Whether it looks at items.
    with_items: bool = True
    # Whether goods that were on sale are withdrawn for good: what is ordered of them is told first.
    withdraws: bool = False


def tally(told: Iterable[Any]) -> dict[str, list[Any]]:
    """Plans, or lines of a batch, by outcome."""
    found: dict[str, list[Any]] = {"done": [], "unchanged": [], "refused": []}
    for each in told:
        found[each.outcome].append(each)
    return found
