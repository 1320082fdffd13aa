"""Doing it: one transaction a listing, so that what was done stands whatever comes after.

An edge: it opens the units of work. A page waits a little for it; what is left then a worker does.
"""

import logging
import time
from typing import NamedTuple

from app.core.database import db
from app.core.errors import NotFound, Refusal
from app.core.retry import BATCH
from app.core.unit_of_work import unit_of_work
from app.core.words import Words
from app.listings.locks import hold_listing
from app.surfaces.seller.many.acts import ACTS
from app.surfaces.seller.many.batches import claim, claim_line, left_of, let_go, note_refused
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


class Job(NamedTuple):
    """What a batch wants, held on to from one transaction to the next."""

    batch_id: int
    seller_id: int
    who: int
    act: str
    wish: Wish


def run(batch_id: int, seconds: float) -> bool:
    """Do what is left of a batch, listing by listing; answers whether to ring for the rest.

    Ends after about *seconds*, with one listing done at least. Where it is finished, or somebody
    else is at work on it, nothing is done.
    """
    until = time.monotonic() + seconds
    with unit_of_work():
        batch = claim(batch_id)
        if batch is None:
            return False
        job, attempt, left = _job(batch), batch.attempts, left_of(batch)
    if left and attempt > BATCH.attempts:
        # Whoever came so far as the first of them did not come back.
        _refuse(job, next(iter(left)), _FAILED)
    for listing_id, seal in left.items():
        _one(job, listing_id, seal)
        if time.monotonic() >= until:
            break
    with unit_of_work():
        return not let_go(batch_id)


def _job(batch: Batch) -> Job:
    return Job(batch.id, batch.seller_id, batch.who, batch.act, batch.wish)


def _one(job: Job, listing_id: int, seal: str) -> None:
    try:
        with unit_of_work():
            _do(job, listing_id, seal)
    except Refusal as refused:
        _refuse(job, listing_id, refused.said)
    except Exception:
        log.exception("batch %s: listing %s could not be done", job.batch_id, listing_id)
        _refuse(job, listing_id, _FAILED)


def _refuse(job: Job, listing_id: int, why: Words) -> None:
    with unit_of_work():
        note_refused(job.batch_id, listing_id, why)


def _do(job: Job, listing_id: int, seal: str) -> None:
    # The line first: a second run of the same batch waits here, and then has nothing to do.
    if not claim_line(job.batch_id, listing_id):
        return
    hold_listing(listing_id)
    act = ACTS[job.act]
    subject = next(iter(subjects_of(job.seller_id, [listing_id], act.with_items)), None)
    if subject is None:
        raise NotFound("gone", GONE)
    planned = act.plan([subject], job.wish)[0]
    if planned.seal != seal:
        raise Refusal("moved-on", planned.refusal or _MOVED)
    if planned.refusal:
        raise Refusal("refused", planned.refusal)
    made = act.do(subject, planned, job.wish, job.who) if planned.outcome == "done" else None
    _tell(job.batch_id, planned, made)


def _tell(batch_id: int, planned: Plan, made: int | None) -> None:
    line = db.session.get_one(BatchLine, (batch_id, planned.listing_id))
    line.outcome, line.made_id = planned.outcome, made
    line.told = (planned.told if planned.outcome == "done" else _ALREADY).as_dict()
