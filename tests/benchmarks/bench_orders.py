"""`make bench-orders`: orders a second over signed HTTP beside the floor. Last line: JSON.

The order system as `make run` starts it, on a PostgreSQL of its own that writes to disk as in
production; 16 connections. Each round measures ours and the floor (`bench_orders_floor`) on one
hot item and on 1,000, the floor first in every second round; medians. Then the hot item is down to
LAST pieces, and everybody wants one. The buyers run on the same cores: read the ratios, not the
rates.
"""

import argparse
import json
import os
import secrets
import tempfile
from contextlib import ExitStack
from pathlib import Path
from statistics import median

import psycopg

from app.core.migration import upgrade
from app.core.postgres import Cluster, Server
from app.surfaces.cli import processes
from tests.benchmarks import bench_orders_floor
from tests.benchmarks.bench_orders_buyers import buy, requests
from tests.benchmarks.bench_web_server import serving
from tests.stack import free_port

ITEMS, LAST, STOCK = 1_000, 50, 1_000_000
# More than any machine of ours does in a second.
MOST = 4_000
KINDS = {"hot": 1, "many": ITEMS}
SHELF = (
    "INSERT INTO orders.listing (listing_id, version, practice, seller_id, name, catalogue)"
    ' SELECT n, 1, false, 7, \'{"ko": "달항아리 머그", "en": "Moon jar mug"}\', \'{}\''
    " FROM generate_series(1, 250) n",
    "INSERT INTO orders.item (item_id, listing_id, practice, sku, option, version, price,"
    " offer_revision, sale, sale_revision, stock, stock_revision) SELECT n, 1 + (n - 1) / 4, false,"
    f" 'BENCH-' || n, 'white', 1, 12900, 1, 'on', 1, {STOCK}, 1 FROM generate_series(1, {ITEMS}) n",
    # Not of all: tables that were looked at while empty are read whole until the next look.
    "ANALYZE orders.listing, orders.item",
)
# Pieces that are neither on the shelf nor ordered, or both: by item, whichever way.
ASTRAY = (
    "SELECT coalesce(sum(greatest(0, ordered - (%s - stock))), 0)::int,"
    " coalesce(sum(greatest(0, (%s - stock) - ordered)), 0)::int FROM (SELECT stock,"
    " (SELECT coalesce(sum(quantity), 0) FROM orders.order_line l WHERE l.item_id = i.item_id)"
    " AS ordered FROM orders.item i) AS each"
)


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="make bench-orders", description=__doc__)
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--seconds", type=float, default=2.0, help="of each measurement")
    options = asked.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onshelf-bench-")))
        cluster = Cluster.under(folder / "postgres")
        stack.enter_context(Server(cluster))
        cluster.ensure_database("bench")
        url, secret, port = cluster.url("bench"), secrets.token_hex(32), free_port()
        database = f"host={cluster.sockets} user=postgres dbname=bench"
        _fill(url, database)
        environment = os.environ | {"DATABASE_URL": url, "ORDERS_SECRET": secret}
        command = processes.receiver("orders", port, environment).command
        stack.enter_context(serving((port, command), environment, folder / "orders.log"))
        ratios = _rounds(options, port, secret, database)
        print(json.dumps(ratios | {"oversold": _oversold(port, secret, database)}))
    return 0


def _fill(url: str, database: str) -> None:
    upgrade("orders", url)
    bench_orders_floor.prepare(database, ITEMS)
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in SHELF:
            connection.execute(statement)  # type: ignore[arg-type]


def _rounds(options: argparse.Namespace, port: int, secret: str, database: str) -> dict[str, float]:
    found: dict[tuple[str, str], list[float]] = {}
    for no in range(options.rounds + 1):
        for kind, items in KINDS.items():
            for side in ("ours", "floor")[:: -1 if no % 2 else 1]:
                if side == "floor":
                    rate = bench_orders_floor.rate(database, items, options.seconds)
                else:
                    wanted = list(requests(secret, items, round(MOST * options.seconds)))
                    rate, answers = buy(port, wanted, options.seconds)
                    assert set(answers) == {201}, answers
                print(f"round {no}: {kind} {side} {rate:,.0f}/s", flush=True)
                # The first round only warms up.
                if no:
                    found.setdefault((kind, side), []).append(rate)
    middle = {key: median(rates) for key, rates in found.items()}
    for (kind, side), rate in middle.items():
        print(f"{kind} {side}: {rate:,.0f} orders/s", flush=True)
    return {
        "hot_item_vs_floor": round(middle["hot", "ours"] / middle["hot", "floor"], 3),
        "many_items_vs_floor": round(middle["many", "ours"] / middle["many", "floor"], 3),
    }


def _oversold(port: int, secret: str, database: str) -> int:
    """Pieces ordered that were not there: of all before, and of the last ones of the hot item."""
    with psycopg.connect(database, autocommit=True) as connection:
        row = connection.execute(ASTRAY, (STOCK, STOCK)).fetchone()
        assert row is not None and row[1] == 0, f"{row} pieces lost"
        connection.execute("UPDATE orders.item SET stock = %s WHERE item_id = 1", (LAST,))
        _, answers = buy(port, list(requests(secret, 1, LAST * 20)), 30)
        left = connection.execute("SELECT stock FROM orders.item WHERE item_id = 1").fetchone()
    print(f"the last {LAST}: {dict(answers)}, left {left}", flush=True)
    assert left == (0,) and set(answers) == {201, 409}, (left, answers)
    return int(row[0]) + max(0, answers[201] - LAST)


if __name__ == "__main__":
    raise SystemExit(main())
