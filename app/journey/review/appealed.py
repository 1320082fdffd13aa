"""Reading appeals: how one stands for its seller, how they ended by queue and by reviewer."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, func, select

from app.accounts.models import Person, ReviewerQueue, SellerMember
from app.core.clock import database_now
from app.core.database import db
from app.journey.review.appeals import appeal_case
from app.journey.review.conditions import undecided
from app.journey.review.models import ReviewCase
from app.journey.review.queries import claimed_now
from app.listings.models import Listing, Version
from app.listings.queries import judged_versions, newest_version
from app.taxonomy.queries import category_by_version

COUNTED_DAYS: Final = 90
# How an appeal ended, by what became of the version: the system may have turned a verdict.
ENDS: Final = {
    "approved": "granted",
    "partly_approved": "granted-in-part",
    "changes_requested": "eased",
    "rejected": "upheld",
}


@dataclass(frozen=True)
class Appealed:
    """How the appeal of the newest judged version stands.

    `state` is `possible` (none was made yet), `waiting`, `claimed` (being read, or its verdict is
    held), `closed` (by something newer), or one of `ENDS`.
    """

    version: Version
    state: str
    case: ReviewCase | None

    @property
    def pending(self) -> bool:
        """Whether somebody is still to decide it, or it is decided and not yet applied."""
        return self.state in ("waiting", "claimed")


@dataclass(frozen=True)
class Tally:
    """Appeals of the last COUNTED_DAYS days that were decided; those that wait now."""

    decided: int = 0
    # Of the decided ones, those that did not end as a rejection again.
    otherwise: int = 0
    waiting: int = 0


def appealed(listing: Listing) -> Appealed | None:
    """The appeal of the listing's newest judged version; None where there can be none."""
    version = db.session.scalar(judged_versions(listing.id).limit(1))
    if version is None:
        return None
    case = appeal_case(version.id)
    if case is not None:
        return Appealed(version, _state(case, version), case)
    return Appealed(version, "possible", None) if _may_be(listing, version) else None


def appeal_waits(listing: Listing) -> bool:
    """Whether a submission now would close an appeal."""
    found = appealed(listing)
    return found is not None and found.pending


def tallies() -> dict[str, Tally]:
    """How appeals ended, by queue."""
    return {queue: Tally(*counts) for queue, *counts in _counted(ReviewCase.queue)}


def tally_of(person_id: int) -> Tally:
    """How appeals of one reviewer's rejections ended."""
    rows = _counted(ReviewCase.barred, ReviewCase.barred == person_id)
    return Tally(*rows[0][1:]) if rows else Tally()


def without_judge() -> dict[str, int]:
    """How many appeals wait in each queue that none of its reviewers may decide."""
    able = (
        select(ReviewerQueue.person_id)
        .join(Person, Person.id == ReviewerQueue.person_id)
        .where(
            ReviewerQueue.queue == ReviewCase.queue,
            Person.active,
            Person.id != ReviewCase.barred,
            Person.id.not_in(
                select(SellerMember.person_id).where(SellerMember.seller_id == ReviewCase.seller_id)
            ),
        )
        .correlate(ReviewCase)
    )
    stuck = (
        select(ReviewCase.queue, func.count())
        .where(ReviewCase.kind == "appeal", undecided(), ~able.exists())
        .group_by(ReviewCase.queue)
    )
    return dict(db.session.execute(stuck).all())


def _state(case: ReviewCase, version: Version) -> str:
    if case.applied_at is not None:
        return ENDS[version.state]
    if case.closed_at is not None:
        return "closed"
    return "claimed" if version.id in claimed_now([version.id]) else "waiting"


def _may_be(listing: Listing, version: Version) -> bool:
    """As `appeals.appeal` has it."""
    return (
        version.state == "rejected"
        and listing.retired_at is None
        and newest_version(listing.id).state != "submitted"
        and category_by_version(version.category_version_id or 0).code == listing.category_code
    )


def _counted(by: Any, *which: ColumnElement[bool]) -> list[Any]:
    """Rows of (*by*, decided, otherwise, waiting) over the appeals that are *which*."""
    lately = ReviewCase.applied_at > database_now() - timedelta(days=COUNTED_DAYS)
    counts = (
        func.count().filter(lately),
        func.count().filter(lately, ReviewCase.verdict != "reject"),
        func.count().filter(ReviewCase.closed_at.is_(None)),
    )
    appeals = select(by, *counts).where(ReviewCase.kind == "appeal", *which)
    return list(db.session.execute(appeals.group_by(by)))
