"""The figures: journals and rows in, numbers out. Reads no database, no file and no clock."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Record = Mapping[str, Any]
FIGURES = ("lost", "doubled", "phantom", "stale", "undrained")
OPEN = ("due", "waiting")


@dataclass(frozen=True)
class Opened:
    """A row of the outbox. `value` is its price, its sale state or its signed amount."""

    key: str
    state: str
    value: Any = None

    @property
    def subject(self) -> str:
        return self.key.partition(":")[0]

    @property
    def about(self) -> str:
        """What it supersedes older ones of: `offer:12`."""
        return self.key.rpartition(":")[0]

    @property
    def revision(self) -> int:
        return int(self.key.rpartition(":")[2])


@dataclass
class Receiver:
    """What one receiver has: effects by key, and of each thing its (revision, value).

    `stock`: (count, revision) by item; a revision is 1 more with each change.
    """

    effects: Mapping[str, str] = field(default_factory=dict)
    has: Mapping[str, tuple[int, Any]] = field(default_factory=dict)
    stock: Mapping[int, tuple[int, int]] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """What the driver asked for: key and value; those known to be done; what it wrote about."""

    maybe: Mapping[str, Any]
    done: Collection[str]
    about: Collection[str]


def figures(
    opened: Sequence[Opened],
    receiver: Receiver,
    wire: Sequence[Record],
    asked: Asked,
    poison: Collection[str],
    start: Mapping[int, int],
    subjects: Collection[str],
) -> dict[str, list[str]]:
    """The keys behind each of FIGURES, for one target that hears of *subjects*.

    *wire*: the proxy's records of that target. *start*: the counts at first, by item.
    """
    known = {one.key for one in opened}
    asked_here = {k for k in asked.maybe if k.partition(":")[0] in subjects}
    return {
        "lost": [
            *(one.key for one in opened if not _arrived(one, receiver, poison)),
            # Acknowledged, and not even in the outbox.
            *sorted(k for k in asked.done if k in asked_here and k not in known),
        ],
        "doubled": [*_twice(wire), *_miscounted(opened, receiver, start)],
        "phantom": [
            *sorted(receiver.effects.keys() - known),
            *(one.key for one in opened if one.about in asked.about and _unasked(one, asked)),
        ],
        "stale": _stale(opened, receiver, poison),
        "undrained": [one.key for one in opened if one.state in OPEN],
    }


def _arrived(one: Opened, receiver: Receiver, poison: Collection[str]) -> bool:
    if one.key in receiver.effects:
        return True
    if one.key in poison:
        return one.state in ("refused", "superseded")
    present = receiver.has.get(one.about, (0, None))[0]
    return one.state == "superseded" and present >= one.revision


def _twice(wire: Sequence[Record]) -> list[str]:
    """Keys for which the receiver said more than once that it did something."""
    said = Counter(
        key
        for record in wire
        for key, outcome in record.get("outcomes", ())
        if outcome == "applied"
    )
    return sorted(key for key, times in said.items() if times > 1)


def _miscounted(
    opened: Sequence[Opened], receiver: Receiver, start: Mapping[int, int]
) -> list[str]:
    """Items whose count, or number of changes, is not what the amounts that took effect make."""
    amounts: dict[int, list[int]] = {}
    for one in opened:
        if one.subject == "stock" and receiver.effects.get(one.key) == "applied":
            amounts.setdefault(int(one.about.partition(":")[2]), []).append(one.value)
    wrong = []
    for item, (count, revision) in receiver.stock.items():
        took = amounts.get(item, [])
        if item in start and (count, revision) != (start[item] + sum(took), 1 + len(took)):
            wrong.append(f"stock of {item}: {count} at {revision}, amounts {took}")
    return wrong


def _unasked(one: Opened, asked: Asked) -> bool:
    """Opened though nobody asked for it, or with another value."""
    return asked.maybe.get(one.key, _NOBODY) != one.value


_NOBODY = object()


def _stale(opened: Sequence[Opened], receiver: Receiver, poison: Collection[str]) -> list[str]:
    """Things of which the receiver has an older revision than the newest opened, or other words."""
    newest: dict[str, Opened] = {}
    for one in opened:
        if one.subject == "stock" or one.key in poison:
            continue
        if one.about not in newest or newest[one.about].revision < one.revision:
            newest[one.about] = one
    found = []
    for about, one in newest.items():
        revision, value = receiver.has.get(about, (0, None))
        other = revision == one.revision and one.value is not None and value != one.value
        if revision < one.revision or other:
            found.append(f"{one.key}: has {revision} {value}, newest {one.value}")
    return found
