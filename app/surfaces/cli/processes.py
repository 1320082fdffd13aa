"""Which processes one start consists of, in the order they start."""

import json
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import IO

from app.core.postgres import Cluster
from app.surfaces.cli.pulse import silent
from app.surfaces.cli.supervisor import Process

HOST = "127.0.0.1"


def database(cluster: Cluster) -> Process:
    """The private PostgreSQL; what a killed one left is cleared away before each start."""
    return Process(
        "postgres",
        cluster.command(),
        ready=cluster.is_ready,
        before=cluster.prepare,
        ending=signal.SIGINT,
        patience=30,
        launched=True,
    )


def web(port: int, environment: dict[str, str]) -> Process:
    """The pages. Ready when it is alive: `/readyz` waits for the workers, too."""
    command = _granian(port, workers=2, application="wsgi:app")
    return Process("web", command, ready=answers(port, "/healthz"), environment=environment)


def receiver(name: str, port: int, environment: dict[str, str]) -> Process:
    """One of the systems on the other side of the wire."""
    command = _granian(port, workers=1, application=f"app.receivers.{name}.wsgi:app")
    return Process(name, command, ready=answers(port, "/readyz"), environment=environment)


def worker(environment: dict[str, str]) -> Process:
    """Celery's worker. Like beat, it is stuck when no task of either ends."""
    command = _celery("worker", "--pool", "prefork", "--hostname", "onshelf@%h")
    command += ["--without-gossip", "--without-mingle", "--loglevel", "INFO"]
    # Tasks may take longer than pages, and are ended gently first.
    more = {"STATEMENT_TIMEOUT_SECONDS": "120", "REMAP_SIGTERM": "SIGQUIT"}
    stuck = silent(environment["DATABASE_URL"])
    return Process("worker", command, stuck=stuck, environment=environment | more, patience=40)


def beat(web_port: int, environment: dict[str, str]) -> Process:
    """Celery's clock. Its schedule is kept in memory: every job of it is a short sweep.

    The whole is ready when a task that beat or the worker rang for has come back: what waits for
    long, or a neighbour that is down, keeps no start from ending.
    """
    command = _celery("beat", "--scheduler", "celery.beat:Scheduler", "--loglevel", "INFO")
    ready, stuck = worker_lives(web_port), silent(environment["DATABASE_URL"])
    return Process("beat", command, ready=ready, stuck=stuck, environment=environment)


def answers(port: int, path: str) -> Callable[[], bool]:
    """A check: does this port of ours answer this path with 200?"""

    def check() -> bool:
        try:
            with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=5) as answer:
                return bool(answer.status == 200)
        except (OSError, urllib.error.HTTPError, ValueError):
            return False

    return check


def worker_lives(port: int) -> Callable[[], bool]:
    """A check: does `/readyz` on this port of ours, ready or not, say that a worker lives?"""

    def check() -> bool:
        try:
            with _asked(f"http://{HOST}:{port}/readyz") as answer:
                return bool(json.load(answer)["checks"]["worker"]["ok"])
        except (OSError, ValueError, KeyError, TypeError):
            return False

    return check


def _asked(url: str) -> IO[bytes]:
    try:
        answer: IO[bytes] = urllib.request.urlopen(url, timeout=5)  # noqa: S310 - our own
    except urllib.error.HTTPError as not_ready:
        return not_ready
    return answer


def _granian(port: int, workers: int, application: str) -> list[str]:
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--host", HOST, "--port", str(port), "--workers", str(workers)]
    # Threads: no more than the database pool has connections.
    command += ["--blocking-threads", "4", "--backpressure", "16", "--respawn-failed-workers"]
    return [*command, "--workers-kill-timeout", "5", application]


def _celery(*arguments: str) -> list[str]:
    application = "app.beat" if arguments[0] == "beat" else "wsgi:celery"
    return [sys.executable, "-m", "celery", "-A", application, *arguments]
