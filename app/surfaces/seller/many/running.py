"""Doing it: one transaction a listing, so that what was done stands whatever comes after.

An edge: it opens the units of work. A batch that was cut short goes on where it stopped, for each
listing's line is written with its change, once.
"""

import logging
from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from app.core.database import db
from app.core.errors import NotFound, Refusal
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.surfaces.seller.many.acts import ACTS
from app.surfaces.seller.many.choosing import own
from app.surfaces.seller.many.models import Batch, BatchLine
from app.surfaces.seller.many.plans import Plan, Wish
from app.surfaces.seller.many.subjects import subjects_of
from app.surfaces.seller.many.words import GONE

log = logging.getLogger(__name__)

_MOVED = Words(
    "그사이 내용이 바뀌었습니다. 바뀐 내용을 보고 다시 하세요.",
    "It changed meanwhile. Look at it as it is now, then do it again.",
)
_FAILED = Words(
    "처리하지 못했습니다. 잠시 뒤 다시 하세요.", "It could not be done. Try again in a moment."
)
_ALREADY = Words("이미 그대로입니다.", "It is so already.")


def open_batch(
    seller_id: int, who: int, token: str, act: str, wish: Wish, sealed: Sequence[tuple[int, str]]
) -> int:
    """The batch of this token: a new one, or the one that a first click made.

    Listings of others are left out; `NotFound` where none is left.
    """
    mine = own(seller_id, [number for number, _ in sealed])
    kept = [[number, seal] for number, seal in dict(sealed).items() if number in mine]
    if not kept:
        raise NotFound()
    values = {"seller_id": seller_id, "who": who, "token": token}
    made = db.session.scalar(
        insert(Batch)
        .values(act=act, wish=wish, sealed=kept, **values)
        .on_conflict_do_nothing(index_elements=["seller_id", "token"])
        .returning(Batch.id)
    )
    if made is not None:
        return made
    present = select(Batch.id).where(Batch.seller_id == seller_id, Batch.token == token)
    return db.session.scalars(present).one()


def batch_of(seller_id: int, batch_id: int) -> Batch:
    """The seller's own batch. `NotFound`."""
    batch = db.session.get(Batch, batch_id)
    if batch is None or batch.seller_id != seller_id:
        raise NotFound()
    return batch


def left_of(batch: Batch) -> dict[int, str]:
    """The listings of which nothing has become yet, with their seals."""
    told = set(
        db.session.scalars(select(BatchLine.listing_id).where(BatchLine.batch_id == batch.id))
    )
    return {number: seal for number, seal in batch.sealed if number not in told}


def run(batch_id: int) -> None:
    """Do what is left of a batch, listing by listing."""
    batch = db.session.get_one(Batch, batch_id)
    left = left_of(batch)
    given = {"batch_id": batch_id, "seller_id": batch.seller_id, "who": batch.who}
    act, wish = batch.act, batch.wish
    db.session.rollback()
    for listing_id, seal in left.items():
        try:
            with unit_of_work():
                _do(given, act, wish, listing_id, seal)
        except Refusal as refused:
            _note_refused(batch_id, listing_id, refused.said)
        except Exception:
            log.exception("batch %s: listing %s could not be done", batch_id, listing_id)
            _note_refused(batch_id, listing_id, _FAILED)


def _do(given: Mapping[str, int], code: str, wish: Wish, listing_id: int, seal: str) -> None:
    # The line first: a second run of the same batch waits here, and then has nothing to do.
    if not _claim(given["batch_id"], listing_id):
        return
    act = ACTS[code]
    subject = next(iter(subjects_of(given["seller_id"], [listing_id], act.with_items)), None)
    if subject is None:
        raise NotFound("gone", GONE)
    planned = act.plan([subject], wish)[0]
    if planned.seal != seal:
        raise Refusal("moved-on", planned.refusal or _MOVED)
    if planned.refusal:
        raise Refusal("refused", planned.refusal)
    made = act.do(subject, planned, wish, given["who"]) if planned.outcome == "done" else None
    _tell(given["batch_id"], planned, made)


def _claim(batch_id: int, listing_id: int) -> bool:
    values = {"batch_id": batch_id, "listing_id": listing_id}
    made = db.session.scalar(
        insert(BatchLine)
        .values(outcome="done", told={}, **values)
        .on_conflict_do_nothing()
        .returning(BatchLine.listing_id)
    )
    return made is not None


def _tell(batch_id: int, planned: Plan, made: int | None) -> None:
    line = db.session.get_one(BatchLine, (batch_id, planned.listing_id))
    line.outcome, line.made_id = planned.outcome, made
    line.told = (planned.told if planned.outcome == "done" else _ALREADY).as_dict()


def _note_refused(batch_id: int, listing_id: int, why: Words) -> None:
    with unit_of_work():
        values = {"batch_id": batch_id, "listing_id": listing_id}
        told = {"outcome": "refused", "told": why.as_dict()}
        db.session.execute(insert(BatchLine).values(**values, **told).on_conflict_do_nothing())
