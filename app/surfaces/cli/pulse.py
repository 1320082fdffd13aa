"""Whether worker and beat of this machine still do anything, as the supervisor asks.

A worker that hangs lives on, so nobody would start it again. What it owes is a row: `core.pulse`
comes round every ten seconds, and every task that ends renews the row of its machine.
"""

import socket
from collections.abc import Callable

import psycopg

# Two tasks of the longest kind (120 s each), one behind the other, and a pulse after them.
SILENCE_SECONDS = 300
ANSWER_SECONDS = 2

# Nothing is said of a machine that never had a worker.
SILENT = "SELECT now() - at > make_interval(secs => %s) FROM heartbeat WHERE name = %s"


def silent(database_url: str) -> Callable[[], bool]:
    """A check: is the last sign of life from here older than SILENCE_SECONDS?

    A database that does not answer within ANSWER_SECONDS says nothing against anybody.
    """
    address = database_url.replace("+psycopg", "", 1)

    def check() -> bool:
        try:
            with psycopg.connect(
                address,
                connect_timeout=ANSWER_SECONDS,
                options=f"-c statement_timeout={ANSWER_SECONDS * 1000}",
            ) as database:
                row = database.execute(SILENT, (SILENCE_SECONDS, socket.gethostname())).fetchone()
        except psycopg.Error:
            return False
        return row is not None and bool(row[0])

    return check
