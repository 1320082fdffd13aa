"""Celery: doorbells between processes. A message carries ids and may be lost or rung twice."""

import logging
from typing import Any

from celery import Celery

log = logging.getLogger(__name__)
celery = Celery("onshelf")


def ring(task: str, *args: Any) -> None:
    """Send *task* now if the broker answers; if it does not, the sweeper rings again later."""
    try:
        celery.send_task(task, args=args, retry=False)
    except Exception:
        log.warning("could not ring %s%r; the sweeper will", task, args, exc_info=True)
