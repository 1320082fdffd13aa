"""Verbs of the lease: claim, renew, release."""

from collections.abc import Collection, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, literal, select, union_all, update

from app.accounts.events import ReviewingEnded
from app.accounts.models import Person, SellerMember
from app.accounts.queries import reviewing
from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Forbidden
from app.core.unit_of_work import record
from app.core.words import Words
from app.journey.review.conditions import free, running, undecided
from app.journey.review.eligibility import case_to_judge
from app.journey.review.models import ReviewCase
from app.journey.review.refusals import why_not_mine
from app.listings.actions import note
from app.listings.events import CaseClaimed
from app.settings import settings

NOT_LEAD = Words(
    "이 대기열의 책임 심사자만 다른 심사자의 건을 가져올 수 있습니다.",
    "Only a lead of this queue may take a case from another reviewer.",
)

AWAY = Words(
    "자리 비움으로 표시되어 있어 건을 맡지 않습니다. 심사 대기열에서 [돌아왔습니다]를 누르세요.",
    "You are marked as away and take no cases. Press “I am back” in the review queue.",
)


def lease_end() -> ColumnElement[Any]:
    """When a lease taken now ends."""
    return database_now() + timedelta(minutes=settings().claim_minutes)


def claim(case_id: int, who: int) -> None:
    """Take the case; one's own is renewed. Conflict says who has it and until when.

    Conflict for whoever is away, too, here and wherever else a case is taken.
    """
    _be_here(who)
    case = case_to_judge(case_id, who)
    mine = and_(ReviewCase.holder == who, running())
    if changed(case_id, undecided(), mine, held_until=lease_end()):
        return
    _take(case, who)


def _take(case: ReviewCase, who: int) -> None:
    case_id, before = case.id, case.holder
    if not changed(case_id, undecided(), free(), holder=who, held_until=lease_end()):
        raise why_not_mine(case_id, who)
    note(case.listing_id, "claimed", who, "reviewer")
    record(CaseClaimed(case.listing_id, case.version_id, case_id, who, before))


def claim_next(who: int, of_queues: Collection[str] = (), kind: str = "") -> int | None:
    """The case to work on now: the one in hand, else one known to *who*, else the oldest promise.

    Nothing but what is in hand is outside of *of_queues* and of *kind*, where they are given. None
    when the queues of *who* hold nothing of that which they may judge.
    """
    _be_here(who)
    in_hand = _in_hand(who)
    if in_hand is not None:
        return in_hand
    waiting = _waiting_for(who)
    if kind:
        waiting = waiting.where(ReviewCase.kind == kind)
    queues = [queue for queue in reviewing(who) if not of_queues or queue in of_queues]
    known = waiting.where(ReviewCase.known_to == who, ReviewCase.queue.in_(queues))
    found = _first(known) or _oldest(waiting, queues)
    if found is not None:
        _take(case_to_judge(found, who), who)
    return found


def take_over(case_id: int, who: int) -> None:
    """A lead of the queue takes a claimed case, with all that was written; on record.

    `Forbidden` for anybody else, Conflict where nobody else holds it any more.
    """
    _be_here(who)
    case = case_to_judge(case_id, who)
    if not reviewing(who)[case.queue]:
        raise Forbidden("not-lead", NOT_LEAD)
    before = case.holder
    others = and_(ReviewCase.holder == before, ReviewCase.holder != who, running())
    if not changed(case_id, undecided(), others, holder=who, held_until=lease_end()):
        raise why_not_mine(case_id, who)
    note(case.listing_id, "taken-over", who, "reviewer", before=before)
    record(CaseClaimed(case.listing_id, case.version_id, case_id, who, before))


def renew(case_id: int, who: int) -> None:
    """Start the running lease of *who* afresh."""
    case_to_judge(case_id, who)
    mine = and_(ReviewCase.holder == who, running())
    if not changed(case_id, undecided(), mine, held_until=lease_end()):
        raise why_not_mine(case_id, who)


def release(case_id: int, who: int) -> None:
    """Give the case back; nothing happens if it was no longer theirs."""
    case = case_to_judge(case_id, who)
    if changed(case_id, undecided(), ReviewCase.holder == who, holder=None, held_until=None):
        note(case.listing_id, "released", who, "reviewer")


def return_claims(event: ReviewingEnded) -> None:
    """End the leases of somebody who takes no more cases of these queues, or none for now.

    They end as if they had run out: what is still being written is kept until another claims.
    """
    theirs = and_(ReviewCase.holder == event.person_id, ReviewCase.queue.in_(event.queues))
    back = (
        update(ReviewCase)
        .where(undecided(), running(), theirs)
        .values(held_until=database_now())
        .returning(ReviewCase.listing_id)
        .execution_options(synchronize_session=False)
    )
    for listing_id in db.session.scalars(back).all():
        note(listing_id, "released", None, "system")


def lease_of(who: int) -> ColumnElement[Any]:
    """When a lease ends that *who* has again: at once while they are away, and take no cases."""
    return database_now() if _is_away(who) else lease_end()


def _be_here(who: int) -> None:
    if _is_away(who):
        raise Conflict("away", AWAY)


def _is_away(who: int) -> bool:
    # One at a time for one person, so that a double click takes one case; and nobody is marked as
    # away between this and the claim.
    found = select(Person.away_at).where(Person.id == who).with_for_update(key_share=True)
    return db.session.scalar(found) is not None


def _in_hand(who: int) -> int | None:
    held = select(ReviewCase.id).where(undecided(), running(), ReviewCase.holder == who)
    return db.session.scalar(held.order_by(ReviewCase.held_until).limit(1))


def _waiting_for(who: int) -> Select[int]:
    return select(ReviewCase.id).where(
        undecided(),
        free(),
        ReviewCase.barred.is_distinct_from(who),
        ReviewCase.seller_id.not_in(
            select(SellerMember.seller_id).where(SellerMember.person_id == who)
        ),
    )


def _oldest(waiting: Select[int], queues: Sequence[str]) -> int | None:
    """Of the queues' heads the oldest: each is read from its own end of the index."""
    of_queue = [waiting.where(ReviewCase.queue == queue) for queue in queues]
    if not of_queue:
        return None
    heads = union_all(
        *(
            each.with_only_columns(ReviewCase.promised_at, ReviewCase.id, literal(no).label("no"))
            .order_by(ReviewCase.promised_at, ReviewCase.id)
            .limit(1)
            .subquery()
            .select()
            for no, each in enumerate(of_queue)
        )
    )
    for _promised_at, _id, no in sorted(db.session.execute(heads)):
        found = _first(of_queue[no])
        if found is not None:
            return found
    return None


def _first(waiting: Select[int]) -> int | None:
    oldest = waiting.order_by(ReviewCase.promised_at, ReviewCase.id).limit(1)
    return db.session.scalar(oldest.with_for_update(skip_locked=True))


def changed(case_id: int, *conditions: ColumnElement[bool], **values: Any) -> ReviewCase | None:
    """Set *values* on the case if it still meets *conditions*: the case as it is now, or None."""
    statement = update(ReviewCase).where(ReviewCase.id == case_id, *conditions).values(**values)
    options = {"synchronize_session": False, "populate_existing": True}
    return db.session.scalar(statement.returning(ReviewCase).execution_options(**options))
