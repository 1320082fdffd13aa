"""Celery in: what has outlived its use is deleted."""

from celery import shared_task

from app.accounts.limits import prune_attempts
from app.accounts.sessions import prune_sessions
from app.core.unit_of_work import unit_of_work


@shared_task(name="accounts.prune")
def prune() -> None:
    """Delete sessions that are over and attempts that no limit looks back to."""
    with unit_of_work():
        prune_sessions()
        prune_attempts()
