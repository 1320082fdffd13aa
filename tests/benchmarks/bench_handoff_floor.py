"""The floor of `bench_handoff`: the same rows claimed and marked, and nothing else done to them.

CLAIMERS processes, as many as send, take batches of BATCH with psycopg: one statement claims and
reads the payloads, one marks; each commits. No request, no receiver.
"""

import sys
import time
from concurrent.futures import ProcessPoolExecutor

import psycopg

CLAIMERS, BATCH = 2, 100
ROWS = (
    "DROP TABLE IF EXISTS floor",
    "CREATE TABLE floor (LIKE delivery INCLUDING ALL)",
    "INSERT INTO floor (target, subject, subject_id, revision, listing_id, urgency, payload)"
    " SELECT target, 'product', listing_id, 1, listing_id, 2, payload FROM bench,"
    " (VALUES ('catalogue'), ('orders')) AS t (target) WHERE no <= 8000",
    "ANALYZE floor",
)
CLAIM = (
    "WITH due AS (SELECT id FROM floor WHERE target = %s AND state = 'due' AND NOT alone AND"
    " not_before <= now() AND lease_until IS NULL ORDER BY urgency, not_before, id LIMIT %s"
    " FOR UPDATE SKIP LOCKED) UPDATE floor SET lease_until = now() + interval '1 minute',"
    " attempts = attempts + 1 FROM due WHERE floor.id = due.id RETURNING floor.id, payload"
)
MARK = (
    "UPDATE floor SET state = 'delivered', delivered_at = now(), lease_until = NULL"
    " WHERE id = ANY(%s)"
)


def rate(database: str) -> float:
    """Rows a second that all claimers together claim and mark."""
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in ROWS:
            connection.execute(statement)
    begun = time.monotonic()
    with ProcessPoolExecutor(CLAIMERS) as pool:
        done = sum(pool.map(_claim_all, [(database, "catalogue"), (database, "orders")]))
    return done / (time.monotonic() - begun)


def _claim_all(given: tuple[str, str]) -> int:
    database, target = given
    done = 0
    with psycopg.connect(database) as connection:
        while True:
            rows = connection.execute(CLAIM, (target, BATCH)).fetchall()
            connection.commit()
            if not rows:
                return done
            connection.execute(MARK, ([row[0] for row in rows],))
            connection.commit()
            done += len(rows)


if __name__ == "__main__":
    print(rate(sys.argv[1]))
