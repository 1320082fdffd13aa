"""Doorbells of the imaging station."""

import logging
import time

from celery import shared_task

from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.imaging import actions, queries, tidying
from app.journey.imaging.arrivals import actions as arrivals
from app.journey.imaging.arrivals import queries as arrivals_due
from app.journey.imaging.darkroom import ChildLost
from app.journey.imaging.verdict import examine
from app.listings.events import PictureReceived
from app.listings.store import store

log = logging.getLogger(__name__)


@shared_task(name="imaging.process")
def process(picture_id: int) -> None:
    """Find out about one picture; no transaction is open while its file is decoded."""
    with unit_of_work():
        job = actions.claim(picture_id)
    if job is None:
        return
    try:
        verdict = examine(job.sha256, job.limits, job.edits)
    except (ChildLost, FileNotFoundError) as error:
        _put_off(job, error, counted=True)
    except OSError as error:
        _put_off(job, error, counted=False)
    else:
        with unit_of_work():
            actions.settle(job, verdict)


@shared_task(name="imaging.sweep")
def sweep() -> None:
    """Ring again for every picture and arrival that is due and that nobody is at work on."""
    with unit_of_work():
        waiting, arriving = queries.due(), arrivals_due.due()
    for picture_id in waiting:
        ring("imaging.process", picture_id)
    for arrival_id in arriving:
        ring("imaging.arrive", arrival_id)


@shared_task(name="imaging.tidy")
def tidy() -> None:
    """Forget files that nothing refers to: each run looks at one of 256 parts of the storage."""
    part = f"{int(time.time() // tidying.SECONDS) % 256:02x}"
    with unit_of_work():
        arrivals.prune()
        forgotten = tidying.forgotten(part)
    deleted = tidying.delete(forgotten)
    dropped = store().discard_unfinished(tidying.GRACE.total_seconds())
    if deleted or dropped:
        log.info("tidied: %d forgotten files deleted, %d unfinished dropped", deleted, dropped)


def ring_for(event: PictureReceived) -> None:
    """After a picture was received: process it now."""
    ring("imaging.process", event.picture_id)


def _put_off(job: actions.Job, error: Exception, counted: bool) -> None:
    log.warning("picture %s, attempt %s: %s", job.picture_id, job.attempt, error)
    with unit_of_work():
        actions.put_off(job, counted)
