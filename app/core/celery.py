"""Celery: doorbells between processes. A message carries ids and may be lost or rung twice.

What must happen is a row in the database that a sweeper finds again; so there is no result
backend, no countdown, no chord. Every task runs inside the application's context.
"""

import importlib
import logging
import os
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from celery import Celery, Task
from flask import Flask

from app.core import broker
from app.settings import ROOT, Settings

log = logging.getLogger(__name__)
# A page must not wait for a broker that hangs.
RING_SECONDS = 2.0
# Nor may it do so once for each of its doorbells: who hung is left alone for a while. Shorter
# than the sweepers' rounds, so that each of them tries.
QUIET_SECONDS = 5.0
_quiet_until = 0.0
_hanging: set[threading.Thread] = set()
# When each bell was last rung, and those that are to be rung in a moment.
MOST_BELLS = 10_000
_ringing = threading.Lock()
_rung: dict[tuple[str, tuple[Any, ...]], float] = {}
_to_ring: dict[tuple[str, tuple[Any, ...]], threading.Timer] = {}


@dataclass(frozen=True)
class Periodic:
    """A row of the beat table: ring *task* every *seconds*."""

    task: str
    seconds: float


class ContextTask(Task):
    """A task that runs inside the application's context, with a database session of its own."""

    abstract = True

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        flask_app: Flask | None = getattr(self.app, "flask_app", None)
        if flask_app is None:
            raise RuntimeError("Celery has no application: call create_app() first")
        with flask_app.app_context():
            return super().__call__(*args, **kwargs)


celery = Celery("onshelf", task_cls=ContextTask, set_as_current=True)


def install(app: Flask, settings: Settings, schedule: Iterable[Periodic]) -> None:
    """Configure Celery for *app*: its broker, its beat table, the tasks of every package."""
    configure(settings, schedule)
    celery.flask_app = app
    celery.set_default()
    for module in task_modules():
        importlib.import_module(module)


def configure(settings: Settings, schedule: Iterable[Periodic]) -> None:
    """What ringing needs and no more: the broker and the beat table."""
    celery.conf.update(_configuration())
    celery.conf.update(broker.configuration(settings))
    celery.conf.update(onshelf_ring_every=settings.ring_every_seconds)
    queues = {queue.name for queue in celery.conf.task_queues or ()}
    where = {"queue": broker.BEAT_QUEUE} if broker.BEAT_QUEUE in queues else {}
    celery.conf.beat_schedule = {
        row.task: {
            "task": row.task,
            "schedule": row.seconds,
            "options": _fleeting(row.seconds) | where,
        }
        for row in schedule
    }


def task_modules() -> list[str]:
    """Every `tasks.py` of the application, as a module's name."""
    files = sorted((ROOT / "app").rglob("tasks.py"))
    return [".".join(file.relative_to(ROOT).with_suffix("").parts) for file in files]


def ring(task: str, *args: Any) -> None:
    """Send *task* if the broker answers; if it does not, the sweeper rings again later.

    The same bell is rung at once, and then at most every `ring_every_seconds` by one process: many
    changes a second need few bells, and the last change is always followed by one.
    """
    every, bell = celery.conf.get("onshelf_ring_every", 0.0), (task, args)
    with _ringing:
        wait = _rung.get(bell, 0.0) + every - time.monotonic()
        if bell in _to_ring:
            return
        if wait > 0:
            later = _to_ring[bell] = threading.Timer(wait, _ring_later, bell)
            later.daemon = True
            later.start()
            return
        if len(_rung) > MOST_BELLS:
            _rung.clear()
        _rung[bell] = time.monotonic()
    _ring_now(task, args)


def _ring_later(task: str, args: tuple[Any, ...]) -> None:
    with _ringing:
        _to_ring.pop((task, args), None)
        _rung[task, args] = time.monotonic()
    _ring_now(task, args)


def _ring_now(task: str, args: tuple[Any, ...]) -> None:
    """Gives up after RING_SECONDS, whatever the broker does, and for QUIET_SECONDS does not try."""
    global _quiet_until  # noqa: PLW0603 - of the process: the broker is one, too
    if time.monotonic() < _quiet_until or any(thread.is_alive() for thread in _hanging):
        log.warning("the broker still hangs: %s%r is left for the sweeper", task, args)
        return
    _hanging.clear()
    ringing = threading.Thread(target=_send, args=(task, args), daemon=True)
    ringing.start()
    ringing.join(RING_SECONDS)
    if ringing.is_alive():
        _hanging.add(ringing)
        _quiet_until = time.monotonic() + QUIET_SECONDS
        log.warning("the broker hangs: %s%r is left for the sweeper", task, args)


def _forget_bells() -> None:
    global _ringing  # noqa: PLW0603 - somebody may have held it at the fork
    _ringing = threading.Lock()
    _rung.clear()
    _to_ring.clear()


# A child has none of its parent's threads: what they were to ring is left to them.
os.register_at_fork(after_in_child=_forget_bells)


def _send(task: str, args: tuple[Any, ...]) -> None:
    try:
        celery.send_task(task, args=args, retry=False)
    except Exception:
        log.warning("could not ring %s%r; the sweeper will", task, args, exc_info=True)


def _fleeting(seconds: float) -> dict[str, Any]:
    # A beat that nobody took in time is worth nothing: the next one does the same work.
    return {"expires": max(seconds * 2, 10)}


def _configuration() -> dict[str, Any]:
    return {
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
        # We park in the database; a message that failed has done its part.
        "task_acks_on_failure_or_timeout": True,
        "task_ignore_result": True,
        # There is none; but a bell has a thread of its own, and each would look for one among all
        # installed packages: a sixth of a busy worker's time.
        "result_backend_thread_safe": True,
        "task_serializer": "json",
        "accept_content": ["json"],
        "task_time_limit": 120,
        "task_soft_time_limit": 90,
        "task_default_queue": "onshelf",
        "worker_soft_shutdown_timeout": 10,
        # Nothing waits in a worker by an ETA, so an idle one may go at once.
        "worker_enable_soft_shutdown_on_idle": False,
        # A task ended in its middle would keep its row leased; one done twice does no harm.
        "worker_cancel_long_running_tasks_on_connection_loss": False,
        # Those that send to a target mostly wait, and nobody else was left of two, which is what a
        # machine of two cores would get.
        "worker_concurrency": 4,
        "worker_max_tasks_per_child": 500,
        "worker_hijack_root_logger": False,
        "worker_pool": "app.core.pool:TaskPool",
        "worker_send_task_events": False,
        "broker_connection_retry_on_startup": True,
        "broker_connection_max_retries": None,
        "enable_utc": True,
        "timezone": "UTC",
    }
