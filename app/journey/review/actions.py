"""Verbs of a case: opened, closed, decided, undone, applied. None commits.

The lease has its own file (`claims.py`). Every write is an UPDATE conditional on what it expects to
find; the loser of a race gets a Conflict that says who was first and when.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final

from sqlalchemy import func, select, update

from app.accounts.suspending import is_suspended
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Invalid
from app.core.retry import VERDICT
from app.core.unit_of_work import record
from app.core.words import Words
from app.journey.review import appeals
from app.journey.review.claims import changed, lease_of
from app.journey.review.conditions import held, may_apply, running, undecided
from app.journey.review.eligibility import case_to_judge
from app.journey.review.events import VerdictHeld
from app.journey.review.models import ReviewCase
from app.journey.review.parts import check_parts
from app.journey.review.pins import NOTE_TOO_LONG, Pin, check_places, frozen, pinned
from app.journey.review.queries import kind_after, latest_applied
from app.journey.review.queues import PRACTICE, times_of
from app.journey.review.refusals import VERDICTS, why_not_mine, why_not_undone
from app.journey.review.search import words_of
from app.listings import actions as listings
from app.listings.events import (
    VerdictDecided,
    VerdictUndone,
    VersionSubmitted,
    VersionWithdrawn,
)
from app.listings.lifecycle import APPROVALS
from app.listings.locks import hold_newest
from app.listings.models import Listing, Version
from app.taxonomy.queries import category_by_version, is_retired

NOTE_LENGTH: Final = 2000
REASON_NEEDED = Words(
    "사유를 하나 이상 고르세요. 판매자는 사유를 보고 고칩니다.",
    "Pin at least one reason: the seller fixes what it says.",
)
REASONS_LEFT = Words(
    "붙여 둔 사유가 있어 승인하지 않았습니다. 사유를 지우거나, 부분 승인이나 수정 요청을 고르세요.",
    "Not approved: reasons are still pinned. Remove them, approve in part, or request changes.",
)
NO_VERDICT = Words(
    "승인, 수정 요청, 반려 가운데 고르세요.", "Choose approve, request changes or reject."
)


def open_case(event: VersionSubmitted) -> None:
    """Put a submitted version into its category's queue, or the practice queue."""
    version = db.session.get_one(Version, event.version_id)
    listing = db.session.get_one(Listing, event.listing_id)
    before = latest_applied(listing.id)
    queue = _queue(listing, version)
    db.session.add(
        ReviewCase(
            version_id=version.id,
            listing_id=listing.id,
            seller_id=listing.seller_id,
            kind=kind_after(before),
            queue=queue,
            promised_at=database_now() + timedelta(minutes=times_of(queue).promise_minutes),
            words=words_of(listing, version),
            known_to=before.decided_by if before else None,
        )
    )
    db.session.flush()


def close_case(event: VersionWithdrawn) -> None:
    """The seller took the version back: nobody decides it any more, a held verdict included."""
    db.session.execute(
        update(ReviewCase)
        .where(ReviewCase.version_id == event.version_id, ReviewCase.closed_at.is_(None))
        .values(closed_at=database_now(), holder=None, held_until=None)
    )


def decide(
    case_id: int,
    who: int,
    verdict: str,
    reasons: Iterable[Pin] = (),
    note: str = "",
    inside_note: str = "",
    hold: int | None = None,
) -> None:
    """Record the verdict of the case's holder, to be applied when its hold is over.

    The hold is the queue's, or *hold* seconds. Invalid without a reason for a refusal; Conflict if
    the lease is over or another was first.
    """
    case = case_to_judge(case_id, who)
    told = _checked(verdict, frozen(reasons), note, inside_note)
    _check_fit(told, verdict, case)
    at = db.session.scalars(select(database_now())).one()
    hold = times_of(case.queue).hold_seconds if hold is None else hold
    release_at = at + timedelta(seconds=hold)
    written = {"reasons": told, "note": note, "inside_note": inside_note}
    decided = changed(
        case_id,
        undecided(),
        ReviewCase.holder == who,
        running(),
        verdict=verdict,
        decided_by=who,
        decided_at=at,
        release_at=release_at,
        not_before=release_at,
        holder=None,
        held_until=None,
        draft={**written, "by": who},
        **written,
    )
    if not decided:
        raise why_not_mine(case_id, who)
    listings.note(case.listing_id, "decided", who, "reviewer")
    record(
        VerdictDecided(
            case.listing_id, case.version_id, case_id, who, verdict, tuple(told), note,
            inside_note, release_at,
        )
    )  # fmt: skip
    record(VerdictHeld(case_id, hold))


def undo(case_id: int, who: int) -> None:
    """Take back one's own verdict while it is held; the case is claimed again as it was.

    Whoever is away may still stop what they decided: the case then waits for anybody.
    """
    case = case_to_judge(case_id, who)
    verdict = str(case.verdict)
    undone = changed(
        case_id,
        held(),
        ReviewCase.decided_by == who,
        ReviewCase.release_at > database_now(),
        verdict=None,
        decided_by=None,
        decided_at=None,
        release_at=None,
        not_before=None,
        attempts=0,
        reasons=[],
        note="",
        inside_note="",
        holder=who,
        held_until=lease_of(who),
    )
    if not undone:
        raise why_not_undone(case_id, who)
    listings.note(case.listing_id, "undone", who, "reviewer")
    record(VerdictUndone(case.listing_id, case.version_id, case_id, who, verdict))


def take_due(limit: int = 100) -> list[int]:
    """Cases whose verdict is due to be applied, each counted and put off before it is tried."""
    due = (
        select(ReviewCase.id)
        .where(may_apply(), ReviewCase.not_before <= database_now())
        .order_by(ReviewCase.not_before, ReviewCase.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    step = func.least(VERDICT.cap, VERDICT.first * func.power(2, ReviewCase.attempts))
    taken = (
        update(ReviewCase)
        .where(ReviewCase.id.in_(due.scalar_subquery()))
        .values(
            attempts=ReviewCase.attempts + 1,
            not_before=database_now() + func.make_interval(0, 0, 0, 0, 0, 0, step),
        )
        .returning(ReviewCase.id)
        .execution_options(synchronize_session=False)
    )
    return list(db.session.scalars(taken))


def apply_verdict(case_id: int) -> bool:
    """Let a verdict whose hold is over take effect, once; False if there is nothing to do."""
    case = db.session.get(ReviewCase, case_id, populate_existing=True)
    if case is None or case.verdict is None or is_suspended(case.seller_id):
        return False
    if case.kind == "appeal":
        # Before the version appealed, as a submission does; granted, it fixes what a draft has.
        hold_newest(case.listing_id)
    # The version first, as a withdrawal does: two orders of locking would be a deadlock.
    # Shared with whoever only refers to it: a revision, which holds the listing, then waits not.
    version = select(Version.id).where(Version.id == case.version_id)
    db.session.execute(version.with_for_update(key_share=True))
    # As it is now: before the row was ours it may have been undone and decided otherwise.
    case = changed(
        case_id,
        may_apply(),
        ReviewCase.release_at <= database_now(),
        applied_at=database_now(),
        closed_at=database_now(),
    )
    if case is None:
        return False
    if case.verdict in APPROVALS and is_retired(_category_of(case)):
        _return(case, frozen([pinned("category-retired", "")]))
    elif case.verdict in APPROVALS and (lacking := appeals.lacking(case)):
        _return(case, lacking)
    else:
        _take_effect(case, str(case.verdict), case.decided_by)
    return True


def _category_of(case: ReviewCase) -> str:
    return db.session.get_one(Listing, case.listing_id).category_code


def _return(case: ReviewCase, reasons: list[Pin]) -> None:
    """What was approved can no longer be sold as it is: it goes back, by the system.

    What the reviewer had against some of it is told besides.
    """
    case.reasons = [*case.reasons, *reasons]
    _take_effect(case, "request-changes", None)


def _take_effect(case: ReviewCase, verdict: str, who: int | None) -> None:
    listings.apply_verdict(
        case.version_id, verdict, case.reasons, case.note, who, appeal=case.kind == "appeal"
    )


def _checked(verdict: str, told: list[Pin], note: str, inside_note: str) -> list[Pin]:
    if verdict not in VERDICTS:
        raise Invalid("no-verdict", NO_VERDICT, path="verdict")
    if max(len(note), len(inside_note)) > NOTE_LENGTH:
        raise Invalid("note-too-long", NOTE_TOO_LONG, path="note", limit=NOTE_LENGTH)
    if verdict == "approve" and told:
        raise Invalid("reasons-left", REASONS_LEFT, path="reasons")
    if verdict != "approve" and not told:
        raise Invalid("reason-needed", REASON_NEEDED, path="reasons")
    return told


def _check_fit(told: list[Pin], verdict: str, case: ReviewCase) -> None:
    """Reasons lie where the version has something; a part is left where it is approved in part."""
    if told:
        version = db.session.get_one(Version, case.version_id)
        check_places(told, version)
        if verdict == "approve-in-part":
            check_parts(told, version)


def _queue(listing: Listing, version: Version) -> str:
    if listing.practice:
        return PRACTICE
    return category_by_version(version.category_version_id or 0).queue
