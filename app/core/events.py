"""Events are past-tense facts that verbs record in the unit of work.

`app/journey/reactions.py` says which event makes which station act; it is handed over once, at
start, so that no package has to know another to be heard by it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Event:
    """A fact. Subclasses are frozen dataclasses that carry ids, never rows."""


@dataclass(frozen=True)
class Reaction:
    """One row of the table: what follows an event, inside its transaction and after it."""

    event: type[Event]
    within: tuple[Callable[[Any], None], ...] = ()
    after: tuple[Callable[[Any], None], ...] = ()


_table: dict[type[Event], Reaction] = {}


def install(reactions: Iterable[Reaction]) -> None:
    """Make *reactions* the table in force; a second row for one event is a mistake."""
    fresh: dict[type[Event], Reaction] = {}
    for row in reactions:
        if row.event in fresh:
            raise ValueError(f"two reaction rows for {row.event.__name__}")
        fresh[row.event] = row
    _table.clear()
    _table.update(fresh)


def reaction_to(event: Event) -> Reaction | None:
    """The row for this event, if anybody acts on it."""
    return _table.get(type(event))
