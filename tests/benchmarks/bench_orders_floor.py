"""The floor of `bench_orders`: a conditional UPDATE and an INSERT in one transaction, no more.

CONNECTIONS processes with psycopg, a connection each: no request, no signature, no key, no web
server, one row instead of an order, a line and a stock feed.
"""

import multiprocessing
import random
import time
from typing import Any

import psycopg

CONNECTIONS = 16
TABLES = (
    "DROP TABLE IF EXISTS floor_order, floor_item",
    "CREATE TABLE floor_item (id bigint PRIMARY KEY, price int NOT NULL, stock bigint NOT NULL)",
    "CREATE TABLE floor_order (id bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,"
    " item_id bigint NOT NULL, quantity int NOT NULL, price int NOT NULL,"
    " placed_at timestamptz NOT NULL DEFAULT clock_timestamp())",
    "INSERT INTO floor_item SELECT n, 12900, 1000000000 FROM generate_series(1, {items}) n",
    "ANALYZE floor_item",
)
TAKE = "UPDATE floor_item SET stock = stock - 1 WHERE id = %s AND price = 12900 AND stock >= 1"
NOTE = "INSERT INTO floor_order (item_id, quantity, price) VALUES (%s, 1, 12900)"


def prepare(database: str, items: int) -> None:
    """Its tables, with so many *items*."""
    with psycopg.connect(database, autocommit=True) as connection:
        for statement in TABLES:
            connection.execute(statement.format(items=items))  # type: ignore[arg-type]


def rate(database: str, items: int, seconds: float) -> float:
    """Transactions a second over the first so many *items*."""
    context = multiprocessing.get_context("fork")
    ready = context.Barrier(CONNECTIONS)
    done: Any = context.Queue()
    given = (database, items, seconds, ready, done)
    buyers = [context.Process(target=_buy, args=given) for _ in range(CONNECTIONS)]
    for buyer in buyers:
        buyer.start()
    total = sum(done.get(timeout=seconds + 60) for _ in buyers)
    for buyer in buyers:
        buyer.join()
    return float(total)


def _buy(database: str, items: int, seconds: float, ready: Any, done: Any) -> None:
    bought, chance = 0, random.Random()
    with psycopg.connect(database) as connection:
        ready.wait()
        begun = time.monotonic()
        while time.monotonic() - begun < seconds:
            item_id = chance.randint(1, items)
            if connection.execute(TAKE, (item_id,)).rowcount:
                connection.execute(NOTE, (item_id,))
                bought += 1
            connection.commit()
        done.put(bought / (time.monotonic() - begun))
