"""The heads of the chains: an installation that had a trail before it had heads."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from app.core import migration
from app.core.postgres import Cluster

ADDED = """
INSERT INTO audit_entry (listing_id, no, at, role, event, body, previous, hash)
VALUES (:listing, :no, '2026-01-01 00:00Z'::timestamptz + make_interval(days => :no), 'system', 'x',
  '{}', :previous, :hash)
"""
NONE = "0" * 64


@pytest.fixture
def url(cluster: Cluster) -> str:
    name = f"heads_{uuid4().hex[:8]}"
    cluster.ensure_database(name)
    return cluster.url(name)


@pytest.fixture
def migrated(url: str) -> Callable[[str], Connection]:
    """The database at a revision, as a transaction to be used with `with`."""

    def run(revision: str):
        command.upgrade(migration._configuration("onshelf", url), revision)
        return create_engine(url).begin()

    return run


def _add(connection: Connection, listing: int, no: int, previous: str, hashed: str) -> None:
    given = {"listing": listing, "no": no, "previous": previous, "hash": hashed}
    connection.execute(text(ADDED), given)


def _heads(connection: Connection) -> list[tuple[int, int, str]]:
    rows = connection.execute(text("SELECT * FROM audit_head ORDER BY listing_id"))
    return [tuple(row) for row in rows]


def test_chains_that_were_there_have_their_heads_and_go_on(migrated) -> None:
    with migrated("0030") as connection:
        _add(connection, 2, 1, NONE, "two")
        _add(connection, 1, 1, NONE, "one")
        _add(connection, 1, 2, "one", "one more")
    with migrated("0032") as connection:
        assert _heads(connection) == [(1, 2, "one more"), (2, 1, "two")]
        _add(connection, 2, 2, "two", "two more")
        assert _heads(connection) == [(1, 2, "one more"), (2, 2, "two more")]
        # Since there is a trail, and not since there are heads.
        began = connection.scalars(text("SELECT trail_began() = '2026-01-02 00:00Z'"))
        assert began.one() is True


def test_where_there_was_no_trail_it_begins_now(migrated) -> None:
    with migrated("0032") as connection:
        began = "SELECT trail_began() BETWEEN now() - interval '1 hour' AND now()"
        assert connection.scalars(text(began)).one() is True
        assert _heads(connection) == []
