"""Celery in: a run when it is time, and the doorbell that goes on with one."""

from celery import shared_task

from app.core import chores
from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.forgetting import forget_payloads
from app.journey.handoff.reconciling import runs, walking

# A task ends long before its time limit and rings for the rest.
BUSY_SECONDS = 20.0


@shared_task(name="reconciling.go_on")
def go_on(run_id: int) -> None:
    """Go on with a run."""
    if walking.go_on(run_id, BUSY_SECONDS):
        ring("reconciling.go_on", run_id)
    ring("handoff.sweep")


@shared_task(name="reconciling.sweep")
def sweep() -> None:
    """Begin a run when it is time; go on with one that a dead worker left."""
    with unit_of_work():
        run_id = runs.due()
    if run_id is not None:
        ring("reconciling.go_on", run_id)


@shared_task(name="reconciling.prune")
def prune() -> None:
    """Forget old runs, and slice by slice the payloads of what was delivered long ago."""
    with unit_of_work():
        runs.prune()
    with unit_of_work():
        more = chores.go_on("payloads", forget_payloads)
    if more:
        ring("reconciling.prune")
