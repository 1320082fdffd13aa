"""One PostgreSQL schema a receiver, reached through a plain engine of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import Table, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session, sessionmaker

from app.core import connections, jsons

# A request that waits longer is asked again by its sender; nothing may hold a lock for ever.
GUARDS = (
    "SET lock_timeout = '5s'; SET statement_timeout = '15s';"
    " SET idle_in_transaction_session_timeout = '30s'"
)


class Store:
    """The database of one receiver."""

    def __init__(self, url: str, pool: int) -> None:
        self.engine = create_engine(
            url,
            pool_size=pool,
            max_overflow=0,
            pool_timeout=5,
            pool_recycle=connections.RECYCLE_SECONDS,
            hide_parameters=True,
            json_serializer=jsons.dumps,
            json_deserializer=jsons.loads,
        )
        event.listen(self.engine, "connect", _guard)
        connections.watch(self.engine)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """One transaction: committed on leaving, rolled back on any error."""
        with self._sessions.begin() as session:
            yield session

    def at_once(self, statement: str, given: dict[str, Any]) -> list[Any]:
        """The rows that one statement answers, which is a transaction by itself: one round trip.

        It goes past SQLAlchemy's cursors and results, which cost more than such a statement, but
        raises what those would.
        """
        held = self.engine.raw_connection()
        driver: Any = held.driver_connection
        try:
            driver.autocommit = True
            try:
                found: list[Any] = driver.execute(statement, given).fetchall()
                return found
            finally:
                if not driver.closed:
                    driver.autocommit = False
        except psycopg.Error as error:
            if driver.closed:
                held.invalidate(error)
            raise DBAPIError.instance(
                statement, None, error, psycopg.Error, hide_parameters=True
            ) from error
        finally:
            held.close()

    def answers(self) -> bool:
        """Whether the database does; raises what it raises."""
        with self.engine.connect() as connection:
            return connection.execute(text("SELECT 1")).scalar_one() == 1


def table_of(model: type[Any]) -> Table:
    """The table behind a model, for statements of many rows."""
    found: Table = model.__table__
    return found


def _guard(connection: Any, _record: Any) -> None:
    connection.autocommit = True
    connection.execute(GUARDS)
    connection.autocommit = False
