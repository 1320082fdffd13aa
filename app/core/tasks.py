"""The pulse of the workers, and what writes it down."""

import logging
import socket
from typing import Any

from celery import shared_task
from celery.signals import task_postrun, worker_process_init, worker_ready
from sqlalchemy.exc import SQLAlchemyError

from app.core import broker
from app.core.celery import celery, ring
from app.core.database import db
from app.core.heartbeat import Pulse

log = logging.getLogger(__name__)
_pulse = Pulse()


@shared_task(name="core.pulse")
def pulse() -> None:
    """Nothing to do: having run is the message."""


@worker_ready.connect
def _first(**_: Any) -> None:
    broker.prepare(celery)
    ring("core.pulse")


@worker_process_init.connect
def _own_connections(**_: Any) -> None:
    # A forked child must not speak through its parent's connections.
    with celery.flask_app.app_context():
        db.engine.dispose(close=False)


@task_postrun.connect
def _after_any_task(**_: Any) -> None:
    try:
        with celery.flask_app.app_context():
            _pulse.beat(socket.gethostname())
    except SQLAlchemyError:
        log.warning("no sign of life could be written", exc_info=True)
