"""Celery in: the bell for verdicts whose hold is over."""

from celery import shared_task

from app.journey.review.sweep import apply_due


@shared_task(name="review.apply_due")
def apply_due_verdicts() -> None:
    """Apply every verdict that is due."""
    apply_due()
