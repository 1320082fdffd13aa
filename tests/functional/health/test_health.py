"""Alive is not ready: what each says, and to whom."""

from datetime import timedelta
from threading import Thread

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from sqlalchemy import update
from werkzeug.serving import make_server

from app.core.clock import database_now
from app.core.database import db
from app.core.heartbeat import Heartbeat, Pulse
from app.core.unit_of_work import record, unit_of_work
from app.journey.handoff.actions import pause
from app.journey.handoff.models import Delivery, TargetState
from app.listings.events import VersionApproved
from app.listings.queries import live_version
from app.settings import settings
from app.surfaces.cli.processes import answers, worker_lives
from tests.factories.handoff import approved_listing


@pytest.fixture
def living_worker(session) -> None:
    assert Pulse().beat("a-worker")


def handed_over(age: timedelta) -> None:
    """An approved listing, whose deliveries to both targets are due since *age*."""
    listing = approved_listing(items=1)
    db.session.commit()
    with unit_of_work():
        record(VersionApproved(listing.id, live_version(listing.id).id))
    db.session.execute(update(Delivery).values(not_before=database_now() - age))
    db.session.commit()


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


def test_metrics_tell_what_waits_and_where(client: FlaskClient, session, living_worker) -> None:
    handed_over(timedelta(seconds=90))
    with unit_of_work():
        pause("orders", None)
    told = client.get("/metrics")
    assert told.content_type.startswith("text/plain")
    found = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(told.text)
        for sample in family.samples
    }
    assert found["onshelf_oldest_due_seconds", "delivery"] >= 90
    assert found["onshelf_deliveries", "catalogue", "due"] == 1
    assert found["onshelf_deliveries", "catalogue", "parked"] == 0
    assert found["onshelf_target_closed", "orders", "person"] == 1
    assert found[("onshelf_worker_silence_seconds",)] < 60


def test_a_target_that_takes_nothing_is_told_and_keeps_nobody_from_being_ready(
    client: FlaskClient, session, living_worker
) -> None:
    handed_over(timedelta(hours=1))
    answer = client.get("/readyz")
    assert answer.status_code == 503, "it would be our fault"
    hold = database_now() + timedelta(seconds=30)
    for target in ("catalogue", "orders"):
        session.add(TargetState(target=target, failures=9, hold_until=hold))
    session.commit()
    assert client.get("/readyz").status_code == 200
    # Between two probes it is no better.
    session.execute(update(TargetState).values(hold_until=database_now()))
    session.commit()
    assert client.get("/readyz").status_code == 200
    told = client.get("/metrics").text
    for target in ("catalogue", "orders"):
        (line,) = (
            each
            for each in told.splitlines()
            if each.startswith(f'onshelf_oldest_delivery_seconds{{target="{target}"}}')
        )
        assert float(line.split()[-1]) >= 3600


def test_a_start_ends_when_a_worker_lives_whatever_else_is_not_ready(
    app, session, living_worker
) -> None:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    serving = Thread(target=server.serve_forever, daemon=True)
    serving.start()
    port = server.server_port
    try:
        assert worker_lives(port)()
        handed_over(timedelta(hours=1))
        assert not answers(port, "/readyz")()
        assert worker_lives(port)()
        session.execute(update(Heartbeat).values(at=database_now() - timedelta(seconds=90)))
        session.commit()
        assert not worker_lives(port)()
    finally:
        server.shutdown()
        serving.join()
        server.server_close()
    assert not worker_lives(port)(), "nobody answers"


def test_metrics_are_for_who_knows_the_token(client: FlaskClient, monkeypatch) -> None:
    monkeypatch.setenv("METRICS_TOKEN", "a token for tests")
    settings.cache_clear()
    try:
        assert client.get("/metrics").status_code == 404
        assert client.get("/metrics", headers={"Authorization": "Bearer wrong"}).status_code == 404
        known = {"Authorization": "Bearer a token for tests"}
        assert client.get("/metrics", headers=known).status_code == 200
    finally:
        monkeypatch.undo()
        settings.cache_clear()
