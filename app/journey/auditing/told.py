"""What the entries of one listing say in the end, to be held against its rows. Pure.

Entries are heard in their order; each has been held against its hash before. What stands in one
may be anything all the same, if somebody was at it who can reckon hashes.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Body = Mapping[str, Any]


class Entry(Protocol):
    """The columns of an entry that are heard."""

    no: int
    who: int | None
    role: str
    event: str
    body: Body


@dataclass
class Deed:
    """One entry, with as much of its body as is asked for later."""

    no: int
    who: int | None
    role: str
    body: Body


@dataclass
class VersionTold:
    """A version: its state in the end ('' while nothing was said of it), and by which entries."""

    stands: str = ""
    submitted: Deed | None = None
    applied: Deed | None = None


@dataclass
class CaseTold:
    """A case: who took it last, the verdict that stands, and what ended it, '' while it is open."""

    version: int
    holder: int | None = None
    appeal: Deed | None = None
    decided: Deed | None = None
    applied: Deed | None = None
    end: str = ""


@dataclass
class Told:
    """A listing as its entries have it."""

    listing_id: int
    # Whether all was heard; of an entry that is not what its hash was made of nothing is.
    whole: bool = True
    versions: dict[int, VersionTold] = field(default_factory=lambda: defaultdict(VersionTold))
    cases: dict[int, CaseTold] = field(default_factory=dict)
    # How often who did what.
    steps: Counter[tuple[str, int | None]] = field(default_factory=Counter)

    def hear(self, entry: Entry) -> bool:
        """Take in the listing's next entry; False if it says nothing that could be understood."""
        try:
            act = _ACTS[entry.event]
            act(self, _number(entry.body["version"]["id"]), entry)
        except (KeyError, TypeError, ValueError, AttributeError):
            self.whole = False
            return False
        self.steps["claimed" if entry.event == "taken-over" else entry.event, entry.who] += 1
        return True

    def _case(self, version: int, entry: Entry) -> CaseTold:
        number = _number(entry.body["case"])
        return self.cases.setdefault(number, CaseTold(version))

    def _submitted(self, version: int, entry: Entry) -> None:
        kept = ("version", "submitted_at", "rules_as_of", "category", "files", "findings")
        body = {key: entry.body[key] for key in kept}
        self.versions[version].stands = "submitted"
        self.versions[version].submitted = Deed(entry.no, entry.who, entry.role, body)

    def _withdrawn(self, version: int, _entry: Entry) -> None:
        self.versions[version].stands = "withdrawn"
        for case in self.cases.values():
            if case.version == version and not case.end:
                case.end = "closed"

    def _claimed(self, version: int, entry: Entry) -> None:
        self._case(version, entry).holder = entry.who

    def _decided(self, version: int, entry: Entry) -> None:
        self._case(version, entry).decided = _deed(entry)

    def _undone(self, version: int, entry: Entry) -> None:
        case = self._case(version, entry)
        case.decided, case.holder = None, entry.who

    def _applied(self, version: int, entry: Entry) -> None:
        self.versions[version].stands = entry.body["state"]
        self.versions[version].applied = _deed(entry)
        for case in self.cases.values():
            if case.version == version and not case.end:
                case.end, case.applied = "applied", _deed(entry)

    def _appealed(self, version: int, entry: Entry) -> None:
        self._case(version, entry).appeal = _deed(entry)

    def _appeal_closed(self, version: int, entry: Entry) -> None:
        self._case(version, entry).end = "closed"


def _number(value: Any) -> int:
    if not isinstance(value, int) or not 0 < value < 2**63:
        raise ValueError(f"{value} is no number of a row")
    return value


def _deed(entry: Entry) -> Deed:
    return Deed(entry.no, entry.who, entry.role, entry.body)


_ACTS = {
    "submitted": Told._submitted,
    "withdrawn": Told._withdrawn,
    "claimed": Told._claimed,
    "taken-over": Told._claimed,
    "decided": Told._decided,
    "undone": Told._undone,
    "applied": Told._applied,
    "appealed": Told._appealed,
    "appeal-closed": Told._appeal_closed,
}
