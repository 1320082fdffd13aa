"""Alive is not ready: what each says, and to whom."""

from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from app.core.clock import database_now
from app.core.database import db
from app.core.heartbeat import Heartbeat, Pulse


@pytest.fixture
def living_worker(session) -> None:
    assert Pulse().beat("a-worker")


def test_alive_asks_nothing_of_anybody(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 200
    assert answer.json == {"status": "ok"}


def test_ready_when_everything_is(client: FlaskClient, living_worker: None) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 200, answer.json
    assert answer.json["status"] == "ok"
    assert all(age == 0 for age in answer.json["checks"]["work"]["oldest_due_seconds"].values())


def test_not_ready_before_any_worker_lived(client: FlaskClient) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json["checks"]["worker"] == {
        "ok": False,
        "reason": "no worker has ever given a sign of life",
    }
    assert answer.json["checks"]["database"]["ok"]


def test_not_ready_when_the_workers_fell_silent(
    client: FlaskClient, session, living_worker: None
) -> None:
    session.execute(update(Heartbeat).values(at=database_now() - timedelta(seconds=90)))
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert "sign of life" in answer.json["checks"]["worker"]["reason"]


def test_a_pulse_writes_only_now_and_then(session) -> None:
    pulse = Pulse()
    assert pulse.beat("a-worker")
    assert not pulse.beat("a-worker")
    assert db.session.get(Heartbeat, "a-worker") is not None
