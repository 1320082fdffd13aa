"""What the beat process loads, `celery -A app.beat beat`: the table and the broker alone."""

from app.core.celery import celery, configure
from app.schedule import SCHEDULE
from app.settings import settings

configure(settings(), SCHEDULE)
__all__ = ["celery"]
