"""What the loser of a race is told: who was first, and when."""

from datetime import datetime

from sqlalchemy import select

from app.accounts.models import Person
from app.core.clock import MARKET_ZONE
from app.core.database import db
from app.core.errors import Conflict
from app.core.words import Words
from app.journey.review.conditions import running
from app.journey.review.models import ReviewCase

VERDICTS = {
    "approve": Words("승인", "approved"),
    "approve-in-part": Words("부분 승인", "approved in part"),
    "reject": Words("반려", "rejected"),
    "request-changes": Words("수정 요청", "sent back for changes"),
}
WITHDRAWN = Words(
    "판매자가 {at}에 제출을 취소했습니다. 이 건은 닫혔습니다.",
    "The seller withdrew this at {at}. The case is closed.",
)
APPEAL_CLOSED = Words(
    "{at}에 새 제출이나 상품 보관으로 이의 신청이 끝났습니다. 이 건은 닫혔습니다.",
    "Closed at {at}: the seller submitted something newer, or put the listing away.",
)
SUSPENDED = Words(
    "판매자의 판매가 정지되어 지금은 심사하지 않습니다. 정지가 풀리면 제자리로 돌아옵니다."
    " 쓴 내용은 남아 있습니다.",
    "This seller is suspended: the case waits and comes back to its place once that is lifted."
    " What you wrote is kept.",
)
DECIDED = Words(
    "{who} 님이 {at}에 이미 결정했습니다: {verdict}.", "{who} decided this at {at}: {verdict}."
)
HELD = Words("{who} 님이 {at}까지 맡고 있습니다.", "{who} has claimed this case until {at}.")
LEASE_OVER = Words(
    "맡은 시간이 끝났습니다. 쓴 내용은 남아 있습니다. 다시 맡으세요.",
    "Your claim ended. Your notes are kept. Claim again.",
)
APPLIED = Words(
    "{at}에 적용되어 되돌릴 수 없습니다: {verdict}.",
    "This took effect at {at} and cannot be undone: {verdict}.",
)
NOT_HELD = Words("되돌릴 결정이 없습니다.", "There is no verdict to undo.")


def why_not_mine(case_id: int, who: int) -> Conflict:
    """Why a claim, a renewal or a verdict by *who* changed nothing."""
    case = _as_it_is(case_id)
    if case.verdict is not None:
        return Conflict(
            "already-decided",
            DECIDED,
            who=named(case.decided_by),
            at=clock(case.decided_at),
            verdict=VERDICTS[case.verdict],
        )
    if case.closed_at is not None:
        return _closed(case)
    if case.suspended:
        return Conflict("seller-suspended", SUSPENDED)
    if case.holder != who and _claimed_now(case_id):
        return Conflict("claimed", HELD, who=named(case.holder), at=clock(case.held_until))
    return Conflict("claim-over", LEASE_OVER)


def why_not_undone(case_id: int, who: int) -> Conflict:
    """Why an undo by *who* changed nothing."""
    case = _as_it_is(case_id)
    if case.verdict is None or case.decided_by != who:
        return (
            why_not_mine(case_id, who)
            if case.closed_at or case.verdict
            else Conflict("nothing-to-undo", NOT_HELD)
        )
    if case.closed_at is not None and case.applied_at is None:
        return _closed(case)
    return Conflict(
        "already-applied",
        APPLIED,
        at=clock(case.applied_at or case.release_at),
        verdict=VERDICTS[case.verdict],
    )


def _closed(case: ReviewCase) -> Conflict:
    if case.kind == "appeal":
        return Conflict("appeal-closed", APPEAL_CLOSED, at=clock(case.closed_at))
    return Conflict("withdrawn", WITHDRAWN, at=clock(case.closed_at))


def _claimed_now(case_id: int) -> bool:
    """Whether a lease runs: the name of a holder outlives theirs."""
    claimed = select(ReviewCase.id).where(ReviewCase.id == case_id, running())
    return db.session.scalar(claimed) is not None


def _as_it_is(case_id: int) -> ReviewCase:
    return db.session.get_one(ReviewCase, case_id, populate_existing=True)


def named(person_id: int | None) -> str:
    """Who it was, by name; '?' where nobody is known."""
    person = db.session.get(Person, person_id) if person_id else None
    return person.name if person else "?"


def clock(at: datetime | None) -> str:
    """The minute of it where we are: `14:05`; '?' for none."""
    return at.astimezone(MARKET_ZONE).strftime("%H:%M") if at else "?"
