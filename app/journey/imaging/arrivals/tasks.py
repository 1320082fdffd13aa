"""Doorbells of arrivals. `imaging.sweep` rings again for those that are due."""

import logging
from collections.abc import Callable

from celery import shared_task

from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.imaging.arrivals import actions
from app.journey.imaging.arrivals.actions import Job, Superseded
from app.journey.imaging.arrivals.events import ArrivalSent
from app.journey.imaging.arrivals.fetching import fetch_in
from app.journey.imaging.arrivals.refusals import Unfit
from app.journey.imaging.arrivals.unpacking import unpack

log = logging.getLogger(__name__)
WAYS: dict[str, Callable[[Job], bool]] = {"zip": unpack, "address": fetch_in}


@shared_task(name="imaging.arrive")
def arrive(arrival_id: int) -> None:
    """Take in what came; no transaction is open while a file is read or fetched."""
    with unit_of_work():
        job = actions.claim(arrival_id)
    if job is None:
        return
    try:
        _work(job)
    except Superseded:
        log.info("arrival %s is another's by now", arrival_id)


def _work(job: Job) -> None:
    try:
        finished = WAYS[job.kind](job)
    except Unfit as unfit:
        log.info("arrival %s, attempt %s: %s", job.arrival_id, job.attempt, unfit.code)
        with unit_of_work():
            if unfit.again:
                actions.put_off(job, unfit)
            else:
                actions.refuse(job, unfit)
    except OSError as error:
        # A file that is gone may be the arrival's own fault; a full disk never is.
        log.warning("arrival %s, attempt %s: %s", job.arrival_id, job.attempt, error)
        with unit_of_work():
            actions.put_off(job, counted=isinstance(error, FileNotFoundError))
    else:
        with unit_of_work():
            (actions.finish if finished else actions.go_on_later)(job)
        if not finished:
            ring("imaging.arrive", job.arrival_id)


def ring_for(event: ArrivalSent) -> None:
    """After something was sent: take it in now."""
    ring("imaging.arrive", event.arrival_id)
