"""Doorbells of what is wished for many listings."""

from celery import shared_task

from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.surfaces.seller.many.batches import due, prune
from app.surfaces.seller.many.running import run

# A task ends long before its time limit, and before its lease, and rings for the rest.
BUSY_SECONDS = 20.0


@shared_task(name="many.go_on")
def go_on(batch_id: int) -> None:
    """Do what is left of a batch."""
    if run(batch_id, BUSY_SECONDS):
        ring("many.go_on", batch_id)


@shared_task(name="many.sweep")
def sweep() -> None:
    """Ring for every batch that was left where it is."""
    with unit_of_work():
        waiting = due()
    for batch_id in waiting:
        ring("many.go_on", batch_id)


@shared_task(name="many.prune")
def tidy() -> None:
    """Delete what nobody reads any more."""
    with unit_of_work():
        prune()
