"""Celery in: send what is due, and the sweep that rings again."""

from celery import shared_task

from app.journey.notifying.sending import send_due


@shared_task(name="notifying.send")
def send() -> None:
    """Send every mail that is due."""
    send_due()
