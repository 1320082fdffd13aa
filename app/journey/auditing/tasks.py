"""Celery in: the bell for a checkpoint."""

from celery import shared_task

from app.journey.auditing.sealing import seal


@shared_task(name="auditing.seal")
def seal_heads() -> None:
    """Seal what was added to the trail."""
    seal()
