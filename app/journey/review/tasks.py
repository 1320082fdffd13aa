"""Celery in: the bell for verdicts whose hold is over."""

from celery import shared_task

from app.core.celery import ring
from app.journey.review.sweep import apply_due


@shared_task(name="review.apply_due")
def apply_due_verdicts() -> None:
    """Apply verdicts that are due, and ring for those that may be left."""
    if apply_due():
        ring("review.apply_due")
