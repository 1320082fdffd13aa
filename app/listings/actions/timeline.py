"""The timeline: one entry a step, written in the step's own transaction."""

from typing import Any

from app.core.database import db
from app.listings.models import TimelineEntry


def note(
    listing_id: int, event: str, who: int | None = None, role: str = "system", **detail: Any
) -> None:
    """Write that *event* (a code of `listings/steps.py`) happened, by *who* in which *role*."""
    db.session.add(
        TimelineEntry(listing_id=listing_id, event=event, who=who, role=role, detail=detail)
    )
