"""`make bench-handoff`: from the outbox to both receivers' databases. Last line: JSON.

One installation, as `make run` starts it, with LISTINGS products of four items. All of them wait
and are sent as fast as it goes, beside the floor of the same rows claimed and marked with nothing
else (`bench_handoff_floor`); then RATE a second are opened for SECONDS; then QUIET verdicts are
applied one at a time. `cores` is processor time of workers, beat, receivers and PostgreSQL by the
clock, of what ended meanwhile too: connections live a minute. Whoever opens the deliveries, and the
backends that serve it and us, are left out.
"""

import json
import os
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import psycopg

from app.core.postgres import Cluster
from tests.benchmarks import bench_handoff_floor
from tests.stack import Stack, wait_for

LISTINGS, ITEMS = 8_000, 4
RATE, SECONDS, QUIET = 694, 60, 30
LEAST_BYTES = 2_000
DRIVER = "tests.benchmarks.bench_handoff_driver"
KINDS = {
    "orders.wsgi": "orders",
    "catalogue.wsgi": "catalogue",
    "granian": "web",
    " beat ": "beat",
    "celery": "workers",
}
TICKS = os.sysconf("SC_CLK_TCK")

# The shelf: listings with items, and beside each the payload that its deliveries have: one of the
# demo's without its longest parts, for what is asked is 2 kB.
SHELF = (
    "CREATE UNLOGGED TABLE bench (no bigint PRIMARY KEY, listing_id bigint, payload jsonb)",
    "WITH made AS (INSERT INTO listing (seller_id, category_code) SELECT (SELECT min(id) FROM"
    " seller), 'mugs' FROM generate_series(1, {all}) RETURNING id) INSERT INTO bench SELECT"
    " row_number() OVER (ORDER BY id), id FROM made",
    "INSERT INTO item (listing_id, seller_id, position, sku) SELECT listing_id, (SELECT min(id)"
    " FROM seller), n, 'BENCH-' || listing_id || '-' || n FROM bench,"
    " generate_series(1, {items}) n",
    "INSERT INTO offer (item_id, price) SELECT id, 12900 FROM item WHERE sku LIKE 'BENCH-%'",
    "INSERT INTO stock (item_id, count) SELECT id, 50 FROM item WHERE sku LIKE 'BENCH-%'",
    "UPDATE bench SET payload = told.payload FROM (SELECT item.listing_id, (like_it.payload"
    " - ARRAY['notice', 'attributes', 'certifications', 'description', 'shipping'])"
    " || jsonb_build_object('listing_id', item.listing_id, 'version', 1, 'items', jsonb_agg("
    " (like_it.payload -> 'items' -> 0) || jsonb_build_object('item_id', item.id, 'sku', item.sku,"
    " 'version', 1) ORDER BY item.id)) AS payload FROM item, (SELECT payload FROM delivery WHERE"
    " subject = 'product' ORDER BY abs(octet_length(payload::text) - 2500) LIMIT 1)"
    " AS like_it WHERE sku LIKE 'BENCH-%' GROUP BY item.listing_id, like_it.payload) AS told"
    " WHERE told.listing_id = bench.listing_id",
    "ANALYZE",
)


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="onshelf-bench-") as folder:
        # No version approved what is handed over here: a reconciliation would recall it all.
        settings = {"VERDICT_HOLD_SECONDS": "0", "RECONCILE_MINUTES": "0"}
        stack = Stack(Path(folder) / "instance", **settings).start()
        try:
            print(json.dumps(_measured(stack)))
        finally:
            stack.kill()
    return 0


def _measured(stack: Stack) -> dict[str, Any]:
    _fill(stack)
    floor = bench_handoff_floor.rate(_database(stack))
    print(f"floor: {floor:,.0f} deliveries/s claimed and marked", flush=True)
    ours = _as_fast_as_it_goes(stack)
    print(f"ours: {ours:,.0f} deliveries/s", flush=True)
    cores, late = _held(stack)
    quiet = _quiet(stack)
    return {
        "deliveries_per_second": round(ours),
        "ours_vs_floor": round(ours / floor, 3),
        "cores_at_694_listings_per_second": round(cores, 2),
        **_lost_and_doubled(stack),
        "p95_seconds_at_694": round(late, 2),
        "p95_seconds_quiet": round(quiet, 2),
    }


def _fill(stack: Stack) -> None:
    with psycopg.connect(_database(stack), autocommit=True) as database:
        for statement in SHELF:
            database.execute(statement.format(all=LISTINGS + RATE * SECONDS, items=ITEMS))  # type: ignore[arg-type]
        row = database.execute("SELECT min(octet_length(payload::text)) FROM bench").fetchone()
    assert row is not None and row[0] >= LEAST_BYTES, row
    print(f"payload: {row[0]} bytes, {ITEMS} items", flush=True)


def _as_fast_as_it_goes(stack: Stack) -> float:
    stack.query("UPDATE target_state SET paused_at = now() RETURNING 1")
    opened = (
        "INSERT INTO delivery (target, subject, subject_id, revision, listing_id, urgency, payload)"
        " SELECT target, 'product', listing_id, 1, listing_id, 2, payload FROM bench,"
        f" (VALUES ('catalogue'), ('orders')) AS t (target) WHERE no <= {LISTINGS} RETURNING 1"
    )
    stack.query(opened)
    stack.query("UPDATE target_state SET paused_at = NULL RETURNING 1")
    begun = time.monotonic()
    stack.python(DRIVER, "ring")
    _until_delivered(stack)
    row = stack.query(
        "SELECT count(*), extract(epoch FROM max(delivered_at) - min(delivered_at))::float"
        f" FROM delivery JOIN bench USING (listing_id) WHERE no <= {LISTINGS}"
    )
    print(
        f"{row[0]:,} in {row[1]:.1f} s ({time.monotonic() - begun:.1f} s with the ring)", flush=True
    )
    return float(row[0] / row[1])


def _held(stack: Stack) -> tuple[float, float]:
    """Cores while RATE listings a second come, and the 95th percentile of seconds on the way."""
    before, begun = _processor_seconds(stack), time.monotonic()
    stack.python(DRIVER, "open", str(LISTINGS + 1), str(RATE), str(SECONDS))
    passed = time.monotonic() - begun
    asking = _until_delivered(stack)
    # All that the listings of these seconds cost, whenever it was spent.
    spent = {kind: each - before[kind] for kind, each in _processor_seconds(stack).items()}
    spent["postgres"] -= asking + stack.query("SELECT ticks FROM bench_driver")[0] / TICKS
    row = stack.query(
        "SELECT count(*), percentile_disc(0.95) WITHIN GROUP (ORDER BY late) FROM (SELECT"
        " extract(epoch FROM max(delivered_at) - min(created_at))::float AS late FROM delivery"
        f" JOIN bench USING (listing_id) WHERE no > {LISTINGS} GROUP BY listing_id) AS each"
    )
    shares = ", ".join(f"{kind} {each / SECONDS:.2f}" for kind, each in sorted(spent.items()))
    print(f"{row[0] / passed:,.0f} listings/s for {passed:.0f} s; cores: {shares}", flush=True)
    return sum(spent.values()) / SECONDS, float(row[1])


def _quiet(stack: Stack) -> float:
    stack.python(DRIVER, "approve", str(QUIET))
    row = stack.query(
        "SELECT percentile_disc(0.95) WITHIN GROUP (ORDER BY late), count(*) FROM (SELECT extract("
        "epoch FROM max(d.delivered_at) - min(c.applied_at))::float AS late FROM review_case c"
        " JOIN delivery d USING (listing_id) JOIN bench_approved USING (listing_id)"
        " GROUP BY listing_id) AS each"
    )
    assert row[1] == QUIET, row
    return float(row[0])


def _lost_and_doubled(stack: Stack) -> dict[str, int]:
    counted = "SELECT count(*) FROM delivery JOIN bench USING (listing_id)"
    opened = stack.query(counted)[0]
    had = sum(
        stack.query(
            f"SELECT count(*) FROM {schema}.received r JOIN bench ON r.key ="
            " 'product:' || listing_id || ':1'"
        )[0]
        for schema in ("catalogue", "orders")
    )
    rows = stack.query("SELECT count(*) FROM bench")[0]
    products = stack.query("SELECT count(*) FROM catalogue.product JOIN bench USING (listing_id)")[
        0
    ]
    offered = stack.query("SELECT count(*) FROM orders.item JOIN bench USING (listing_id)")[0]
    return {
        "lost": opened - had,
        "doubled": (products - rows) + (offered - rows * ITEMS),
    }


def _until_delivered(stack: Stack) -> float:
    """How many seconds of processor the backend took that is asked for it."""
    with psycopg.connect(_database(stack), autocommit=True) as database:
        due = "SELECT count(*) FROM delivery WHERE state = 'due'"
        wait_for(lambda: database.execute(due).fetchone() == (0,), 600)
        return _spent(database.info.backend_pid)


def _processor_seconds(stack: Stack) -> dict[str, float]:
    """By kind, of every process of the installation but the web server's: it serves nobody here."""
    spent: dict[str, float] = defaultdict(float)
    ours = {pid: _kind(line) for pid, line in stack.children().items()}
    # PostgreSQL's own children do not say whose they are.
    children = {pid: ours[_parent(pid)] for pid in _pids() if _parent(pid) in ours}
    for pid, kind in (children | ours).items():
        spent[kind] += _spent(pid)
    del spent["web"]
    return spent


def _kind(line: str) -> str:
    return next((kind for part, kind in KINDS.items() if part in line), "postgres")


def _pids() -> list[int]:
    return [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]


def _parent(pid: int) -> int:
    return int((_stat(pid) or ["", "0"])[1])


def _spent(pid: int) -> float:
    """Of a process and of its children that have ended: backends, recycled workers."""
    fields = _stat(pid)
    return sum(map(int, fields[11:15])) / TICKS


def _stat(pid: int) -> list[str]:
    """What follows the name in /proc/<pid>/stat; empty for a process that has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def _database(stack: Stack) -> str:
    sockets = Cluster.under(stack.instance / "postgres").sockets
    return f"host={sockets} user=postgres dbname=onshelf"


if __name__ == "__main__":
    raise SystemExit(main())
