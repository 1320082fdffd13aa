"""One private PostgreSQL a run, one database a process of the run, empty before every test.

`app` and `client` are what most tests need. What a test has put into `session` is committed
before each request of `client`, and read again after it: the two never share a transaction.
"""

import contextvars
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

RUN_FOLDER = Path(os.environ.get("ONSHELF_TEST_FOLDER") or tempfile.mkdtemp(prefix="onshelf-test-"))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
os.environ.update(
    ONSHELF_ENV="test",
    ONSHELF_TEST_FOLDER=str(RUN_FOLDER),
    ONSHELF_INSTANCE=str(RUN_FOLDER / WORKER),
    SECRET_KEY="a key for tests alone, of no worth",
    CATALOGUE_SECRET="catalogue secret for tests alone",
    ORDERS_SECRET="orders secret for tests alone",
    BROKER_URL="memory://",
    PUBLIC_URL="http://localhost",
    VERDICT_HOLD_SECONDS="0",
    HANDOFF_LINGER_SECONDS="0",
    RING_EVERY_SECONDS="0",
)
for name in ("SMTP_URL", "PORT"):
    os.environ.pop(name, None)

from app.core.postgres import Cluster, Server  # noqa: E402

CLUSTER = Cluster.under(RUN_FOLDER / "postgres", fast=True)
os.environ["DATABASE_URL"] = CLUSTER.url(f"test_{WORKER}")

from flask import Flask, has_app_context  # noqa: E402
from flask.testing import FlaskClient  # noqa: E402
from sqlalchemy import text  # noqa: E402

from app import create_app  # noqa: E402
from app.core import celery as doorbells  # noqa: E402
from app.core import migration  # noqa: E402
from app.core.celery import celery  # noqa: E402
from app.core.database import db  # noqa: E402
from app.core.garbage import loaded  # noqa: E402

_server = Server(CLUSTER)
# A process that stood still for two seconds would take its own memory for a broker that hangs.
doorbells.RING_SECONDS = 60.0

BROWSERS, BROWSING = "tests/browser/", ("gw0", "gw1")
# Between the first of the browser's something else: each process of the run that has some starts
# an installation, and not both at the same time.
LONGEST_FIRST = (
    "tests/browser/test_story_with_script.py",
    "tests/functional/brokers/",
    "tests/functional/security/",
    "tests/functional/cli/test_run.py",
    "tests/browser/test_story_without_script.py",
    "tests/browser/",
    "tests/functional/",
    "",
)


def pytest_configure(config: pytest.Config) -> None:
    """With several processes the first one runs the server; alone, the first test that needs it."""
    if WORKER == "main" and getattr(config.option, "numprocesses", None):
        _server.start()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: at the end of a run no process waits for another."""

    def place(item: pytest.Item) -> int:
        return next(n for n, name in enumerate(LONGEST_FIRST) if item.nodeid.startswith(name))

    items.sort(key=place)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """By files; only two processes of the run have browsers, for each starts an installation."""
    from xdist.scheduler import LoadFileScheduling

    class Scheduling(LoadFileScheduling):
        def _assign_work_unit(self, node: Any) -> None:
            if node.gateway.id not in BROWSING:
                others = (scope for scope in self.workqueue if not scope.startswith(BROWSERS))
                if (first := next(others, None)) is not None:
                    self.workqueue.move_to_end(first, last=False)
            super()._assign_work_unit(node)

    return Scheduling(config, log)


def pytest_collection_finish() -> None:
    """As servers do once they have loaded: a sixth of the time of all tests."""
    loaded()


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """At once, for a run that somebody breaks off."""
    if WORKER == "main" and report.failed:
        print(f"\n{report.nodeid} ({report.when}): {report.longreprtext[-1500:]}", flush=True)


def pytest_unconfigure(config: pytest.Config) -> None:
    if WORKER == "main":
        _server.stop()
        shutil.rmtree(RUN_FOLDER, ignore_errors=True)


class Client(FlaskClient):
    """Every request runs as a server would run it: in no context but its own."""

    def open(self, *args: Any, **kwargs: Any) -> Any:
        if has_app_context():
            db.session.commit()
        answer = contextvars.Context().run(super().open, *args, **kwargs)
        if has_app_context():
            db.session.expire_all()
        return answer


@pytest.fixture(scope="session")
def database() -> None:
    """The database of this process of the run, with every table, by the migrations."""
    if WORKER == "main" and _server.process is None:
        _server.start()
    CLUSTER.ensure_database(f"test_{WORKER}")
    migration.upgrade("onshelf", os.environ["DATABASE_URL"])


@pytest.fixture(scope="session")
def cluster(database: None) -> Cluster:
    """The run's server, for tests that want a database of their own on it."""
    return CLUSTER


@pytest.fixture(scope="session")
def application(database: None) -> Flask:
    made = create_app()
    made.test_client_class = Client
    return made


@pytest.fixture
def app(application: Flask) -> Iterator[Flask]:
    """The application on an empty database."""
    yield application
    with application.app_context():
        _empty()
    _take_messages()


@pytest.fixture
def session(app: Flask) -> Iterator[Any]:
    """The database session of an application context that lasts for the test."""
    with app.app_context():
        yield db.session
        db.session.rollback()
        db.session.remove()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor nobody knows yet."""
    return app.test_client()


@pytest.fixture
def run_tasks(app: Flask) -> Callable[[], list[str]]:
    """Does what has been rung for, as a worker would, until no doorbell is left.

    Call it after the commit; answers the names of the tasks in the order they ran. A task's
    error is raised.
    """

    def run() -> list[str]:
        names = []
        while waiting := _take_messages():
            for name, args in waiting:
                contextvars.Context().run(celery.tasks[name], *args)
                names.append(name)
        if has_app_context():
            db.session.expire_all()
        return names

    return run


def _take_messages() -> list[tuple[str, list[Any]]]:
    taken = []
    with celery.connection_for_read() as connection, connection.channel() as channel:
        queue = celery.amqp.queues[celery.conf.task_default_queue](channel)
        queue.declare()
        while (message := queue.get(no_ack=True)) is not None:
            taken.append((message.headers["task"], message.decode()[0]))
    return taken


def _empty() -> None:
    # No order of tables, no trigger: one round trip, a few milliseconds however many tables.
    tables = [
        f'"{table.schema or "public"}"."{table.name}"' for table in db.metadata.tables.values()
    ]
    statements = "; ".join(f"DELETE FROM {table}" for table in tables)
    with db.engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        connection.exec_driver_sql(statements)
