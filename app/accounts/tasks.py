"""Celery in: what has outlived its use is deleted."""

from celery import shared_task

from app.accounts.forgetting import forget_invitations, forget_people
from app.accounts.limits import prune_attempts
from app.accounts.sessions import prune_sessions
from app.core.unit_of_work import unit_of_work


@shared_task(name="accounts.prune")
def prune() -> None:
    """Delete sessions that are over, attempts that no limit looks back to, and who is long gone."""
    with unit_of_work():
        prune_sessions()
        prune_attempts()
        forget_invitations()
    with unit_of_work():
        forget_people()
