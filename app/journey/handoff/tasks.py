"""Celery in. No row is held while the network is waited for; the sweep finds what is left.

One sender at a time has a target: what is opened while a request is on its way goes together in
the next one. With a sender for every ring each request would carry a few deliveries, and a request
costs as much as thirty of them.
"""

import secrets
import time

from celery import shared_task
from sqlalchemy.exc import OperationalError

from app.core.celery import ring
from app.core.crashes import crash_point
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import queries, sending
from app.journey.handoff.actions import note_cursor, note_fed, park_abandoned
from app.journey.handoff.claiming import Claimed, Turn, claim_due, end_turn, is_served
from app.journey.handoff.recording import record_answers
from app.journey.handoff.releasing import release_needless, ring_waiting
from app.journey.handoff.target import TARGETS, Target
from app.listings.actions import record_stock_levels
from app.settings import settings

# A task ends long before its time limit and rings for the rest: others wait for its worker, too.
BUSY_SECONDS = 5.0
TRIES = 3


@shared_task(name="handoff.send")
def send(target: str) -> None:
    """Send what is due to one target, a batch a request, until nothing is."""
    if is_served(target):
        return
    turn = Turn(target, secrets.token_hex(8))
    until = time.monotonic() + BUSY_SECONDS
    while time.monotonic() < until:
        many = send_batch(turn)
        one = send_batch(turn, alone=True)
        if many + one == 0 and is_over(turn):
            return
        if many < sending.BATCH and not one:
            # What comes meanwhile goes together.
            time.sleep(settings().handoff_linger_seconds)
    with unit_of_work():
        end_turn(turn)
    ring("handoff.send", target)


def is_over(turn: Turn) -> bool:
    """Give up the turn; False where something is due whose ring may have found it taken."""
    with unit_of_work():
        if not end_turn(turn):
            return True
    turn.since = None
    with unit_of_work():
        return turn.target not in queries.targets_with_due()


def send_batch(turn: Turn, alone: bool = False) -> int:
    """Claim, send and record one batch; how many were claimed."""
    target = TARGETS[turn.target]
    with unit_of_work():
        batch = claim_due(turn, sending.BATCH, alone)
    if batch:
        reply = sending.post(target, batch)
        crash_point("before-mark")
        _record(target, batch, reply)
        ring_waiting(target.code)
    return len(batch)


def _record(target: Target, batch: list[Claimed], reply: sending.Reply) -> None:
    """Again when the database ended the transaction: no answer is lost for a deadlock."""
    for left in reversed(range(TRIES)):
        try:
            with unit_of_work():
                record_answers(target.code, batch, reply)
            break
        except OperationalError:
            if not left:
                raise


@shared_task(name="handoff.sweep")
def sweep() -> None:
    """Take back what dead senders held, and ring for every target that has something due."""
    with unit_of_work():
        park_abandoned()
        release_needless()
        due = queries.targets_with_due()
    for target in due:
        ring("handoff.send", target)


@shared_task(name="handoff.refresh_stock")
def refresh_stock() -> None:
    """Read on in the stock feed of whoever owns stock."""
    for target in TARGETS:
        if target.owns_stock:
            while _read_page(target):
                pass


def _read_page(target: Target) -> bool:
    with unit_of_work():
        cursor = queries.cursor_of(target.code)
    page = sending.stock_after(target, cursor)
    if page is None or not page.cursor:
        return False
    moved = page.cursor != cursor
    with unit_of_work():
        if moved and not note_cursor(target.code, cursor, page.cursor):
            return False
        if moved:
            record_stock_levels(page.levels)
        if not page.more:
            note_fed(target.code)
    return moved and page.more
