"""Signs of life of the workers, as rows: asking them through the broker would be slow.

A worker writes one when it finishes any task, at most once in PULSE_SECONDS a process; `core.pulse`
comes round often enough that an idle one writes, too. So a fresh row says that broker, beat, worker
and database work together.
"""

import time
from datetime import timedelta
from typing import Any

from sqlalchemy import Interval, func, select, type_coerce
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import database_now
from app.core.database import CreatedAt, db

PULSE_SECONDS = 5.0


class Heartbeat(db.Model):  # type: ignore[name-defined]
    """The last sign of life of one worker process's host."""

    name: Mapped[str] = mapped_column(primary_key=True)
    at: Mapped[CreatedAt]


class Pulse:
    """Writes the rows of one process, not more often than is of use."""

    def __init__(self) -> None:
        self._next = 0.0

    def beat(self, name: str) -> bool:
        """Write now if due; whether it was. Commits."""
        if time.monotonic() < self._next:
            return False
        self._next = time.monotonic() + PULSE_SECONDS
        values: dict[str, Any] = {"name": name, "at": database_now()}
        statement = insert(Heartbeat).values(values)
        statement = statement.on_conflict_do_update(
            index_elements=[Heartbeat.name], set_={"at": database_now()}
        )
        db.session.execute(statement)
        db.session.commit()
        return True


def silence() -> timedelta | None:
    """How long ago the last sign of life of any worker was; None when there was none ever."""
    age = type_coerce(database_now() - func.max(Heartbeat.at), Interval())
    return db.session.scalar(select(age))
