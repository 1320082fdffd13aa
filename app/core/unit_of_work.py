"""One transaction of one edge: verbs change rows and record events in it, and never commit.

On leaving: the events' `within` reactions run, then the commit, then the `after` reactions. What
runs after may fail without harm (a sweeper rings again), so its errors are logged and swallowed.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from app.core.crashes import crash_point
from app.core.database import db
from app.core.events import Event, reaction_to

log = logging.getLogger(__name__)
_current: ContextVar[list[Event] | None] = ContextVar("unit_of_work", default=None)


@contextmanager
def unit_of_work() -> Iterator[None]:
    """Open the transaction; commit on leaving, roll back on any error. Not to be nested."""
    if _current.get() is not None:
        raise RuntimeError("a unit of work is open already: verbs never open one")
    events: list[Event] = []
    token = _current.set(events)
    try:
        try:
            yield
            _react_within(events)
            crash_point("before-commit")
            db.session.commit()
        except BaseException:
            db.session.rollback()
            raise
    finally:
        _current.reset(token)
    if events:
        crash_point("before-publish")
    _react_after(events)


def record(event: Event) -> None:
    """Note *event* in the open unit of work."""
    events = _current.get()
    if events is None:
        raise RuntimeError(f"{type(event).__name__} recorded outside a unit of work")
    events.append(event)


def _react_within(events: list[Event]) -> None:
    # The list grows while it is walked: a reaction's verbs may record events of their own.
    for event in events:
        reaction = reaction_to(event)
        for act in reaction.within if reaction else ():
            act(event)


def _react_after(events: list[Event]) -> None:
    for event in events:
        reaction = reaction_to(event)
        for act in reaction.after if reaction else ():
            try:
                act(event)
            except Exception:
                log.exception("after %s: left for the sweeper", type(event).__name__)
