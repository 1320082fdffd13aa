"""What readiness is made of. A probe answers facts, and raises when it finds something wrong."""

import os
import tempfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import text

from app.core.celery import celery
from app.core.database import db
from app.core.heartbeat import silence
from app.journey.imaging.tidying import deleted_lately
from app.settings import settings
from app.surfaces.health.due import ages

# Three rounds of the pulse and the longest quiet stretch of a busy worker.
WORKER_SILENCE = timedelta(seconds=60)
BROKER_SECONDS = 2.0

Facts = dict[str, Any]


class NotReadyError(RuntimeError):
    """The text says what is wrong, for an operator."""


def database() -> Facts:
    """The database answers a query."""
    db.session.execute(text("SELECT 1"))
    return {}


def broker() -> Facts:
    """The broker lets itself be connected to."""
    with celery.connection_for_write(connect_timeout=BROKER_SECONDS) as connection:
        connection.ensure_connection(max_retries=1, timeout=BROKER_SECONDS)
        return {"transport": connection.transport_cls}


def worker() -> Facts:
    """Some worker gave a sign of life lately."""
    quiet = silence()
    if quiet is None:
        raise NotReadyError("no worker has ever given a sign of life")
    seconds = round(quiet.total_seconds(), 1)
    if quiet > WORKER_SILENCE:
        raise NotReadyError(f"the last sign of life of a worker is {seconds:g} s old")
    return {"seconds_since_sign_of_life": seconds}


def storage() -> Facts:
    """A file can be written where pictures are kept."""
    folder = settings().storage_path or settings().onshelf_instance
    with tempfile.NamedTemporaryFile(prefix=".probe-", dir=folder) as file:
        file.write(b"x")
        file.flush()
        os.fsync(file.fileno())
    return {"forgotten_files_deleted": deleted_lately()}


def work() -> Facts:
    """No row that is due has been waiting for long: the sweepers and workers keep up."""
    waiting = ages()
    late = [name for name, age in waiting.items() if age > settings().ready_oldest_due_seconds]
    if late:
        raise NotReadyError(f"{late[0]}: the oldest due row has waited {waiting[late[0]]:g} s")
    return {"oldest_due_seconds": waiting}


PROBES: dict[str, Callable[[], Facts]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "storage": storage,
    "work": work,
}
