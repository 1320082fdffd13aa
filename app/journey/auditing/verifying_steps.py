"""The timeline held against the entries: each step of a case stands once in either.

Rows keep the end of a story alone: a claim that was given back, or a verdict that was undone, left
none. The timeline has them, written by other hands in the same transaction.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import func, select

from app.core.database import db
from app.journey.auditing.problem import Problem
from app.journey.auditing.told import Told
from app.listings.actions.judging import STEP
from app.listings.models import TimelineEntry

# Step of the timeline -> event of the trail. A lease that had run out is taken over, which the
# timeline calls a claim.
EVENTS = {
    "submitted": "submitted",
    "withdrawn": "withdrawn",
    "claimed": "claimed",
    "taken-over": "claimed",
    "decided": "decided",
    "undone": "undone",
    **dict.fromkeys(STEP.values(), "applied"),
    "appealed": "appealed",
    "appeal-closed": "appeal-closed",
    "appeal-put-away": "appeal-closed",
}
Steps = Counter[tuple[str, int | None]]


def steps_of(listing_ids: Sequence[int]) -> Mapping[int, Steps]:
    """How often who did what, by the timelines of these listings."""
    step = TimelineEntry
    rows = select(step.listing_id, step.event, step.who, func.count()).where(
        step.listing_id.in_(listing_ids), step.event.in_(EVENTS)
    )
    steps: dict[int, Steps] = defaultdict(Counter)
    for listing, event, who, count in db.session.execute(
        rows.group_by(step.listing_id, step.event, step.who)
    ):
        steps[listing][EVENTS[event], who] += count
    return steps


def step_problems(told: Told, steps: Steps) -> Iterator[Problem]:
    """Deeds that the entries tell of more often than the timeline, or less often."""
    for (event, who), count in sorted((steps - told.steps).items(), key=str):
        yield Problem("not-on-record", f"{_times(told, event, who, count)} in its timeline alone")
    for (event, who), count in sorted((told.steps - steps).items(), key=str):
        yield Problem("record-differs", f"{_times(told, event, who, count)} in its entries alone")


def _times(told: Told, event: str, who: int | None, count: int) -> str:
    by = f"by {who}" if who else "by the system"
    return f"listing {told.listing_id}: {event} {by} stands {count} times"
