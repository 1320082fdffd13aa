"""What a seller may expect of a review: how many stand before theirs, how long such took lately.

All of it is read from what happened, never promised; too few cases tell nothing, and it says so.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from sqlalchemy import func, literal, select, tuple_

from app.core.database import db
from app.core.words import Words
from app.journey.review.conditions import undecided
from app.journey.review.models import ReviewCase
from app.journey.review.queries import kind_after, latest_applied
from app.journey.review.queues import PRACTICE
from app.listings.models import Listing, Version
from app.taxonomy.queries import category

# Fewer decided cases than these say nothing about the next; more than those are another season's.
LEAST, LATEST = 30, 200
COUNT_TO: Final = 1000
_UNITS = (
    (86_400, Words("{n}일", "{n} days"), Words("1일", "1 day")),
    (3_600, Words("{n}시간", "{n} hours"), Words("1시간", "1 hour")),
    (60, Words("{n}분", "{n} minutes"), Words("1분", "1 minute")),
)


@dataclass(frozen=True)
class Expectation:
    """`ahead` is None before a submission; `half` and `most` where too few cases tell."""

    ahead: int | None
    half: Words | None
    most: Words | None

    @property
    def many(self) -> bool:
        """Whether more stand before it than were counted."""
        return self.ahead is not None and self.ahead > COUNT_TO


def expected(listing: Listing, version: Version) -> Expectation:
    """What its seller may expect: of the case that waits, or of a draft that is to be sent."""
    case = _waiting(version)
    if case is not None:
        half, most = _lately(case.queue, case.kind, case.known_to is not None)
        return Expectation(_ahead(case), half, most)
    before = latest_applied(listing.id)
    return Expectation(None, *_lately(_queue(listing), kind_after(before), before is not None))


def spoken(waited: timedelta) -> Words:
    """*waited* in the largest unit of which it is one or more, rounded up; at least a minute."""
    seconds = max(60.0, waited.total_seconds())
    for unit, many, one in _UNITS:
        if seconds >= unit:
            count = -int(-seconds // unit)
            return one if count == 1 else many.filled(n=count)
    return _UNITS[-1][2]


def _waiting(version: Version) -> ReviewCase | None:
    here = select(ReviewCase).where(ReviewCase.version_id == version.id, undecided())
    return db.session.scalars(here).first()


def _queue(listing: Listing) -> str:
    return PRACTICE if listing.practice else category(listing.category_code).queue


def _ahead(case: ReviewCase) -> int:
    earlier = (
        select(literal(1))
        .where(
            undecided(),
            ReviewCase.queue == case.queue,
            tuple_(ReviewCase.promised_at, ReviewCase.id) < (case.promised_at, case.id),
        )
        .limit(COUNT_TO + 1)
    )
    return db.session.scalar(select(func.count()).select_from(earlier.subquery())) or 0


def _lately(queue: str, kind: str, known: bool) -> tuple[Words | None, Words | None]:
    """In what time half, and nine tenths, of such cases that were decided latest were.

    Those *known* to a reviewer go to that one first; how long they wait tells nothing of the rest.
    """
    waited = (ReviewCase.decided_at - ReviewCase.created_at).label("waited")
    latest = (
        select(waited)
        .where(
            ReviewCase.queue == queue,
            ReviewCase.kind == kind,
            ReviewCase.known_to.is_not(None) if known else ReviewCase.known_to.is_(None),
            ReviewCase.applied_at.is_not(None),
        )
        .order_by(ReviewCase.decided_at.desc())
        .limit(LATEST)
        .subquery()
    )
    row = db.session.execute(
        select(
            func.count(),
            func.percentile_disc(0.5).within_group(latest.c.waited),
            func.percentile_disc(0.9).within_group(latest.c.waited),
        ).select_from(latest)
    ).one()
    return (None, None) if row[0] < LEAST else (spoken(row[1]), spoken(row[2]))
