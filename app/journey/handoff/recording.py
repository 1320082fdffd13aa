"""Writing down what a target answered. Safe to repeat: the receiver was asked by a key."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import aliased

from app.core.bulk import any_of
from app.core.clock import database_now
from app.core.database import db
from app.core.retry import DELIVERY
from app.core.unit_of_work import record
from app.journey.handoff.answers import DELIVERED, REFUSED, RETRY, SUPERSEDED, Answer, Reply
from app.journey.handoff.claiming import Claimed, state_of
from app.journey.handoff.models import Delivery, DeliveryAnswer, TargetState
from app.journey.handoff.placing import place
from app.journey.handoff.releasing import release
from app.journey.handoff.target import TARGETS
from app.listings.actions import note, note_all, record_receiver_finding
from app.listings.events import DeliveryParked, DeliveryRefused
from app.listings.models import Item, Listing, Version
from app.settings import settings

Pair = tuple[Claimed, Answer]
# Failures that a delivery sent alone may have caused by itself, so that others need not wait.
OWN_FAULT = frozenset({"failed", "unreadable", "not-accepted"})
LONGEST_PROBE = 30.0


def record_answers(target: str, batch: Sequence[Claimed], reply: Reply) -> None:
    """Record one request's answers: what is delivered, what is asked again and when, what never.

    Papers first and delivery rows last, each in order of their ids: the order in which verbs lock.
    """
    pairs = [(one, reply.to(one.key)) for one in batch]
    place(target, [pair for pair in pairs if pair[1].outcome != RETRY])
    release(target, [pair for pair in pairs if pair[1].outcome == DELIVERED])
    _settle(target, [one for one, answer in pairs if answer.outcome == DELIVERED], "delivered")
    _settle(target, [one for one, answer in pairs if answer.outcome == SUPERSEDED], "superseded")
    _leave([pair for pair in pairs if pair[1].outcome in (REFUSED, RETRY)], reply)
    lone = batch[0] if len(batch) == 1 and batch[0].alone else None
    _note_health(target, reply, lone)


def _leave(left: Sequence[Pair], reply: Reply) -> None:
    """What has not arrived: some of it never will, the others are asked again."""
    open_still = _lock([one.id for one, _ in left]) if left else {}
    divide = reply.divide and len(left) > 1
    asked = [] if reply.failure else [one for one, answer in left if answer.outcome == RETRY]
    met = _met(asked) if asked else set()
    for one, answer in left:
        if one.id not in open_still:
            continue
        if answer.outcome == REFUSED:
            _refuse(one, answer)
        elif open_still[one.id] != one.attempts:
            continue  # It is in somebody else's hands by now.
        elif one.id in met:
            _write(one, answer, not_before=database_now())
        else:
            _again(one, answer, reply, divide)


def _lock(ids: list[int]) -> dict[int, int]:
    """Attempts by id of the deliveries still due; superseded ones stay as they are."""
    rows = db.session.execute(
        select(Delivery.id, Delivery.attempts)
        .where(Delivery.id == any_of(ids), Delivery.state == "due")
        .order_by(Delivery.id)
        .with_for_update()
    )
    return {row.id: row.attempts for row in rows}


def _settle(target: str, answered: list[Claimed], state: str) -> None:
    """Those still due are over now; superseded ones stay as they are."""
    if not answered:
        return
    instant = database_now()
    due = (
        select(Delivery.id)
        .where(Delivery.id == any_of([one.id for one in answered]), Delivery.state == "due")
        .order_by(Delivery.id)
        .with_for_update()
        .cte("due")
    )
    rows = db.session.execute(
        update(Delivery)
        .where(Delivery.id == due.c.id)
        .values(
            state=state,
            lease_until=None,
            answered_at=instant,
            answer_code="",
            answer_message=None,
            **({"delivered_at": instant} if state == "delivered" else {}),
        )
        .returning(Delivery.listing_id, Delivery.subject)
        .execution_options(synchronize_session=False)
    )
    products = {row.listing_id for row in rows if row.subject == "product"}
    if products and state == "delivered":
        note_all(sorted(products), "delivered", target=_name(target))
        _wake(target, products)


def _name(target: str) -> dict[str, str]:
    return TARGETS[target].names.as_dict()


def _wake(target: str, listings: set[int]) -> None:
    """What waited because its item was not known there yet can go now."""
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.target == target,
            Delivery.listing_id == any_of(sorted(listings)),
            Delivery.state == "due",
            Delivery.lease_until.is_(None),
            Delivery.not_before > database_now(),
        )
        .values(not_before=database_now())
        .execution_options(synchronize_session=False)
    )


def _met(early: Sequence[Claimed]) -> set[int]:
    """Those whose product arrived while they were in hand, where `_wake` passes them over.

    A product whose arrival is being recorded counts: its row is locked. One whose row is free is
    held, so that whoever records it next waits, and then wakes what is written down here.
    """
    products = aliased(Delivery, name="products")
    of_these = and_(
        products.target == early[0].target,
        products.subject == "product",
        products.listing_id == any_of(sorted({one.listing_id for one in early})),
    )
    to_come = db.session.scalars(
        select(products.id)
        .where(of_these, products.state == "due")
        .order_by(products.id)
        .with_for_update(skip_locked=True)
    ).all()
    lease = timedelta(seconds=settings().delivery_lease_seconds)
    arrived = and_(
        products.state == "delivered", products.delivered_at > Delivery.lease_until - lease
    )
    arriving = and_(products.state == "due", products.id.not_in(to_come))
    met = (
        select(Delivery.id)
        .join(products, products.listing_id == Delivery.listing_id)
        .where(Delivery.id == any_of([one.id for one in early]), of_these, or_(arrived, arriving))
    )
    return set(db.session.scalars(met))


def _refuse(one: Claimed, answer: Answer) -> None:
    _end(one, "refused", answer)
    # An amount of stock says nothing of a version: no edit of it can mend that.
    version_id = None if one.subject == "stock" else _version_of(one)
    if version_id is not None:
        params = {"target": one.target, "message": answer.message or {}}
        item_id = None if one.subject == "product" else one.subject_id
        record_receiver_finding(version_id, "", answer.code, params, item_id)
    note(one.listing_id, "delivery-refused", target=_name(one.target), subject=one.subject)
    record(DeliveryRefused(one.listing_id, one.id, one.target))


def _version_of(one: Claimed) -> int | None:
    """The version that the refused delivery came from."""
    if one.subject == "product":
        # A product's number leads its version's by as much as repairs have added.
        number = one.revision - Listing.version_lead
        return db.session.scalar(
            select(Version.id)
            .join(Listing, Listing.id == Version.listing_id)
            .where(Version.listing_id == one.listing_id, Version.no == number)
        )
    return db.session.scalar(select(Item.approved_version_id).where(Item.id == one.subject_id))


def _again(one: Claimed, answer: Answer, reply: Reply, divide: bool) -> None:
    if DELIVERY.exhausted(one.attempts):
        _end(one, "parked", answer)
        note(one.listing_id, "delivery-parked", target=_name(one.target), subject=one.subject)
        record(DeliveryParked(one.listing_id, one.id, one.target))
        return
    wait = max(DELIVERY.delay(one.attempts), timedelta(seconds=reply.hold or 0))
    if divide:  # asked again soon, by itself, to find out which one it was
        wait = timedelta(seconds=reply.hold or 0)
    _write(one, answer, not_before=database_now() + wait, alone=one.alone or divide)


def _end(one: Claimed, state: str, answer: Answer) -> None:
    _write(one, answer, state=state)


def _write(one: Claimed, answer: Answer, **columns: Any) -> None:
    db.session.execute(
        update(Delivery)
        .where(Delivery.id == one.id)
        .values(
            lease_until=None,
            answered_at=database_now(),
            answer_code=answer.code,
            answer_message=answer.message,
            **columns,
        )
        .execution_options(synchronize_session=False)
    )


def _note_health(target: str, reply: Reply, lone: Claimed | None) -> None:
    """A request that failed holds the target back for a growing while; one answered frees it.

    What the delivery *lone*, sent by itself, may have caused counts once in a row: one that is
    poison closes the target to nobody, while of a target that is down each one fails in its turn.
    Several that are poison fail by turns: one that has done so before others arrived holds the
    target back, too, but for no longer than it was held before.
    A wait that the target asks for is always kept.
    """
    values: dict[str, Any]
    row = update(TargetState).where(TargetState.target == target)
    if not reply.failure:
        stale = database_now() - timedelta(seconds=5)
        outdated = func.coalesce(TargetState.answer_at < stale, True)
        row = row.where(or_(TargetState.failures > 0, TargetState.answer_code != "", outdated))
        values = {"failures": 0, "hold_until": None, "answer_code": ""}
    else:
        state = state_of(target)
        suspect = lone if reply.failure in OWN_FAULT else None
        if suspect is not None and suspect.id == state.suspect_id and not reply.hold:
            return
        counts = suspect is None or not _is_poison(suspect)
        hold = max(min(LONGEST_PROBE, 2.0 ** min(state.failures, 10)), reply.hold or 0)
        values = {
            "failures": TargetState.failures + int(counts),
            "hold_until": database_now() + timedelta(seconds=hold),
            "answer_code": reply.failure,
            "suspect_id": suspect.id if suspect else None,
        }
    db.session.execute(
        row.values(answer_at=database_now(), **values).execution_options(synchronize_session=False)
    )


def _is_poison(one: Claimed) -> bool:
    """It failed by itself before, and its target has taken others since.

    Its first attempt may have failed for the fault of another in the same request.
    """
    failed_at = (
        select(func.min(DeliveryAnswer.at))
        .where(
            DeliveryAnswer.delivery_id == one.id,
            DeliveryAnswer.attempt > 1,
            DeliveryAnswer.attempt < one.attempts,
        )
        .scalar_subquery()
    )
    since = select(Delivery.id).where(
        Delivery.target == one.target,
        Delivery.state == "delivered",
        Delivery.delivered_at > failed_at,
    )
    return bool(db.session.scalar(select(since.exists())))
