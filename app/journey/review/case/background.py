"""What was before a case: the steps so far, earlier verdicts, the seller's latest record."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select

from app.accounts.models import Person
from app.accounts.queries import names_of
from app.core.database import db
from app.journey.review.models import ReviewCase
from app.listings.models import Version
from app.listings.queries import judged_versions, timeline_of
from app.listings.steps import told

RECORD_OF = 20


@dataclass(frozen=True)
class Past:
    """An earlier verdict on the listing."""

    case: ReviewCase
    version_no: int
    who: str


def history(listing_id: int) -> list[dict[str, Any]]:
    """The timeline as its macro takes it, with everybody's name: for staff alone."""
    entries = timeline_of(listing_id)
    names = names_of([entry.who for entry in entries if entry.who])
    return [
        {"at": entry.at, "who": names.get(entry.who or 0, "Onshelf"), "what": told(entry)}
        for entry in entries
    ]


def judged_last(version: Version) -> Version | None:
    """The latest earlier version that a reviewer decided, if any: what this one is read against.

    A draft may go back to an older one (`listings.queries.judged_before`).
    """
    earlier = judged_versions(version.listing_id).where(Version.no < version.no)
    return db.session.scalar(earlier.limit(1))


def earlier_verdicts(case: ReviewCase) -> list[Past]:
    """Those that took effect, the latest first."""
    rows = db.session.execute(
        select(ReviewCase, Version.no, Person.name)
        .join(Version, Version.id == ReviewCase.version_id)
        .join(Person, Person.id == ReviewCase.decided_by)
        .where(
            ReviewCase.listing_id == case.listing_id,
            ReviewCase.id != case.id,
            ReviewCase.applied_at.is_not(None),
        )
        .order_by(ReviewCase.id.desc())
    )
    return [Past(found, no, name) for found, no, name in rows]


def seller_record(seller_id: int) -> dict[str, int]:
    """How the seller's latest cases ended: verdict -> count."""
    latest = (
        select(ReviewCase.verdict)
        .where(ReviewCase.seller_id == seller_id, ReviewCase.applied_at.is_not(None))
        .order_by(ReviewCase.id.desc())
        .limit(RECORD_OF)
        .subquery()
    )
    counted = select(latest.c.verdict, func.count()).group_by(latest.c.verdict)
    return dict(db.session.execute(counted).all())
