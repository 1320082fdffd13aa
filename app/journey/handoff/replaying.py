"""Sending deliveries again at an operator's word: one, some, or all that stopped for one cause.

However many they are, a slice of them is one statement. What is in a sender's hands is left alone,
and so is what has arrived; what has a newer delivery of the same subject is superseded rather than
sent. A refused amount of stock is never sent again: the seller has counted since, or will. The deed
counts each slice in the slice's own transaction, so it tells the truth whenever it ends.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import ColumnElement, and_, case, exists, func, select, update
from sqlalchemy.orm import aliased

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Conflict, Invalid, NotFound
from app.core.words import Words
from app.journey.handoff.models import Delivery, HandoffDeed
from app.journey.handoff.stopping import may_be_repeated, not_to_repeat
from app.journey.handoff.target import TARGETS
from app.listings.actions import note_all

SLICE = 2000
# What an operator ticks on one page.
MOST_CHOSEN = 500
STOPPED = ("parked", "refused")
_REPLAYABLE = (*STOPPED, "due")
_NONE_CHOSEN = Words("다시 보낼 것을 표시하세요.", "Tick what is to be sent again.")
_COUNT_ANEW = Words(
    "거절된 재고 변경은 다시 보내지 않습니다. 그 사이 재고가 달라졌습니다. 판매자가 다시 세어"
    " 입력합니다.",
    "A refused change of stock is not sent again: the stock is another by now. The seller counts"
    " anew.",
)
_NOTHING = Words(
    "이미 전달되었거나 새 내용으로 대체되어 다시 보낼 것이 없습니다.",
    "It is delivered or superseded already; there is nothing to send again.",
)


def replay(delivery_id: int, who: int | None = None) -> str:
    """Send a parked, refused or delayed delivery again, now; its target. `Conflict` if none is."""
    row = db.session.get(Delivery, delivery_id)
    if row is None:
        raise NotFound()
    if not may_be_repeated(row.subject, row.state):
        raise Conflict("count-anew", _COUNT_ANEW)
    deed = _begun(who, 1, row.target)
    _resend(deed, Delivery.id == delivery_id)
    if not deed.sent:
        raise Conflict("not-to-replay", _NOTHING)
    return row.target


def replay_chosen(delivery_ids: Collection[int], who: int | None) -> HandoffDeed:
    """Send those of *delivery_ids* again that can be. `Invalid` where none or too many are told."""
    if not 0 < len(delivery_ids) <= MOST_CHOSEN:
        raise Invalid("none-chosen", _NONE_CHOSEN, path="delivery")
    deed = _begun(who, len(delivery_ids))
    _resend(deed, Delivery.id.in_(delivery_ids))
    return deed


def begin_replay(target: str, state: str, cause: str, upto: int, who: int | None) -> HandoffDeed:
    """Note that all of *cause* are to be sent again whose number is at most *upto*.

    What stopped after the operator looked is not among them. `replay_more` does it.
    """
    if target not in TARGETS.load() or state not in STOPPED:
        raise NotFound()
    which = _of_cause(target, state, cause, upto)
    counted = select(func.count()).select_from(Delivery).where(which, ~not_to_repeat())
    asked = db.session.scalar(counted) or 0
    return _begun(who, asked, target, state, cause)


def replay_more(deed_id: int, upto: int) -> bool:
    """Send a slice of what `begin_replay` noted; False once nothing is left."""
    deed = db.session.get_one(HandoffDeed, deed_id, populate_existing=True)
    return _resend(deed, _of_cause(deed.target, deed.state, deed.cause, upto)) > 0


def _begun(
    who: int | None, asked: int, target: str = "", state: str = "", cause: str = ""
) -> HandoffDeed:
    deed = HandoffDeed(act="replay", who=who, asked=asked, target=target, state=state, cause=cause)
    db.session.add(deed)
    db.session.flush()
    return deed


def _of_cause(target: str, state: str, cause: str, upto: int) -> ColumnElement[bool]:
    return and_(
        Delivery.target == target,
        Delivery.state == state,
        Delivery.answer_code == cause,
        Delivery.id <= upto,
    )


def _resend(deed: HandoffDeed, which: ColumnElement[bool]) -> int:
    """One slice, in the order of the rows' numbers as everybody locks them; how many it was."""
    chosen = (
        select(Delivery.id)
        .where(
            which,
            Delivery.state.in_(_REPLAYABLE),
            Delivery.lease_until.is_(None),
            ~not_to_repeat(),
        )
        .order_by(Delivery.id)
        .limit(SLICE)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    stale, instant = _has_newer(), database_now()
    rows = db.session.execute(
        update(Delivery)
        .where(Delivery.id == chosen.c.id)
        .values(
            state=case((stale, "superseded"), else_="due"),
            attempts=0,
            not_before=instant,
            answered_at=case((stale, instant), else_=Delivery.answered_at),
            answer_code=case((stale, ""), else_=Delivery.answer_code),
            deed_id=deed.id,
        )
        .returning(Delivery.target, Delivery.listing_id, Delivery.state)
        .execution_options(synchronize_session=False)
    ).all()
    sent = [(row.target, row.listing_id) for row in rows if row.state == "due"]
    deed.sent += len(sent)
    deed.superseded += len(rows) - len(sent)
    _note(sent)
    return len(rows)


def _has_newer() -> ColumnElement[bool]:
    """A stock change never has: each is an amount of its own."""
    newer = aliased(Delivery)
    return and_(
        Delivery.subject != "stock",
        exists().where(
            newer.target == Delivery.target,
            newer.subject == Delivery.subject,
            newer.subject_id == Delivery.subject_id,
            newer.revision > Delivery.revision,
        ),
    )


def _note(sent: Iterable[tuple[str, int]]) -> None:
    by_target: dict[str, set[int]] = defaultdict(set)
    for target, listing_id in sent:
        by_target[target].add(listing_id)
    for target, listings in by_target.items():
        note_all(sorted(listings), "delivery-replayed", target=TARGETS[target].names.as_dict())
