"""The timeline: one entry a step, written in the step's own transaction."""

from collections.abc import Iterable
from typing import Any

from app.core import bulk
from app.core.database import db
from app.listings.models import TimelineEntry


def note(
    listing_id: int, event: str, who: int | None = None, role: str = "system", **detail: Any
) -> None:
    """Write that *event* (a code of `listings/steps.py`) happened, by *who* in which *role*."""
    db.session.add(
        TimelineEntry(listing_id=listing_id, event=event, who=who, role=role, detail=detail)
    )


def note_all(listing_ids: Iterable[int], event: str, **detail: Any) -> None:
    """The same step of the system's for many listings, in one statement."""
    rows = [
        {"listing_id": listing_id, "event": event, "role": "system", "detail": detail}
        for listing_id in listing_ids
    ]
    names = ("listing_id", "event", "role", "detail")
    db.session.execute(bulk.insert_all(TimelineEntry.__table__, rows, names))
