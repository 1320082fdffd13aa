"""Celery in: send what is due, and the sweep that rings again."""

from celery import shared_task

from app.core.celery import ring
from app.core.unit_of_work import unit_of_work
from app.journey.notifying.forgetting import forget_letters, forget_notices
from app.journey.notifying.sending import send_due


@shared_task(name="notifying.send")
def send() -> None:
    """Send every mail that is due."""
    send_due()


@shared_task(name="notifying.prune")
def prune() -> None:
    """Forget old notices and letters, a slice a task."""
    with unit_of_work():
        more = forget_notices()
    if forget_letters() or more:
        ring("notifying.prune")
