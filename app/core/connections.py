"""How pools of connections to PostgreSQL are kept, the application's and the receivers'."""

import select
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.exc import InvalidatePoolError

# A connection is made anew after so long. PostgreSQL keeps the plans of prepared statements, and of
# its own checks of references, as long as the connection lives: one made while a table was empty
# reads all of it for each row when it has grown (a batch of 800 items then cost a second). It also
# finds a line that a firewall has dropped without a word.
RECYCLE_SECONDS = 60


def watch(engine: Engine) -> None:
    """Have *engine* hand out no connection that the server has ended."""
    event.listen(engine, "checkout", _still_there)


def _still_there(connection: Any, _record: Any, _proxy: Any) -> None:
    """A server that has gone has said so, or closed the line: no question on every request."""
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    if line.poll(0):
        raise InvalidatePoolError()
