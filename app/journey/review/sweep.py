"""The edge that lets verdicts take effect: one transaction a case, so that none stops another."""

import logging
import time

from app.core.unit_of_work import unit_of_work
from app.journey.review import actions
from app.journey.review.events import VerdictHeld

log = logging.getLogger(__name__)
# Taken at once: each is put off further whenever it is taken, so what a dying worker has in hand
# waits for long without ever having been tried.
HANDFUL = 5
# The next sweep goes on: others wait for this worker, too.
BUSY_SECONDS = 5.0


def apply_due(limit: int = 100) -> int:
    """Apply verdicts that are due, for a few seconds, and return how many; any number may run."""
    applied = taken = 0
    until = time.monotonic() + BUSY_SECONDS
    while taken < limit and time.monotonic() < until:
        with unit_of_work():
            due = actions.take_due(min(HANDFUL, limit - taken))
        if not due:
            break
        taken += len(due)
        applied += sum(apply_one(case_id) for case_id in due)
    return applied


def apply_one(case_id: int) -> bool:
    """Apply one verdict; one that fails is logged and stays due for a later sweep."""
    try:
        with unit_of_work():
            return actions.apply_verdict(case_id)
    except Exception:
        log.exception("the verdict of case %d was not applied; it is tried again", case_id)
        return False


def apply_at_once(event: VerdictHeld) -> None:
    """A verdict without a hold need not wait for the sweep."""
    if event.hold_seconds == 0:
        apply_one(event.case_id)
