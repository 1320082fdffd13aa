"""Celery in. No row is held while the network is waited for; the sweep finds what is left."""

import time

from celery import shared_task
from sqlalchemy.exc import OperationalError

from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import queries, sending
from app.journey.handoff.actions import note_cursor, park_abandoned
from app.journey.handoff.claiming import Claimed, claim_due
from app.journey.handoff.recording import record_answers
from app.journey.handoff.target import TARGETS, Target
from app.listings.actions import record_stock_levels

# A task ends long before its time limit and rings for the rest.
BUSY_SECONDS = 20.0
TRIES = 3


@shared_task(name="handoff.send")
def send(target: str) -> None:
    """Send what is due to one target, a batch a request, until nothing is."""
    until = time.monotonic() + BUSY_SECONDS
    while time.monotonic() < until:
        many = send_batch(TARGETS[target])
        one = send_batch(TARGETS[target], alone=True)
        if not many + one:
            return
    ring("handoff.send", target)


def send_batch(target: Target, alone: bool = False) -> int:
    """Claim, send and record one batch; how many were claimed."""
    with unit_of_work():
        batch = claim_due(target.code, sending.BATCH, alone)
    if batch:
        reply = sending.post(target, batch)
        _record(target, batch, reply)
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
    if page is None or page.cursor in ("", cursor):
        return False
    with unit_of_work():
        if not note_cursor(target.code, cursor, page.cursor):
            return False
        record_stock_levels(page.levels)
    return page.more
