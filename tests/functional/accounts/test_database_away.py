"""Somebody signed in while the database is away: told so, in a page, and still signed in after."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask.testing import FlaskClient
from sqlalchemy import event

from app.core.database import db
from tests.factories import people


@contextmanager
def database_away() -> Iterator[None]:
    """No connection can be had."""

    def refuse(*_: Any) -> None:
        raise psycopg.OperationalError("the database system is starting up")

    engine = db.engine
    db.session.remove()
    engine.dispose()
    event.listen(engine, "do_connect", refuse)
    try:
        yield
    finally:
        event.remove(engine, "do_connect", refuse)


@pytest.fixture
def seller(client: FlaskClient, session: Any) -> FlaskClient:
    return people.signed_in(client, people.owner_of(people.seller()))


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_says_so_and_keeps_the_session(seller: FlaskClient, method: str) -> None:
    with database_away():
        answer = seller.open("/listings", method=method)
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "5"
    assert "Set-Cookie" not in answer.headers
    assert "<h1" in answer.text
    assert "Content-Security-Policy" in answer.headers
    assert seller.get("/listings").status_code == 200
