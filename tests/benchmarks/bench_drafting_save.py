"""What one autosave costs the server in a listing of 200 items, against one of a single item.

One field of one item is saved, as a page's script saves it: findings computed, the answer drawn.
Every item lacks its stock, as in the middle of the work. Both listings are of one seller in one
database; each round saves one field in each, the other one first in every second round, so that a
busy machine slows both. Prints the medians in milliseconds; the last line is JSON.
"""

import argparse
import contextlib
import json
import os
import random
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from app.core.postgres import Cluster, Server

FEW, MANY = 1, 200
WARM, ROUNDS, SEED = 10, 60, 20261125
CATEGORY = "building-blocks"
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}


def main() -> int:
    """Measure and print."""
    asked = argparse.ArgumentParser(prog="bench_drafting_save", description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    options = asked.parse_args()
    with ExitStack() as stack:
        stack.enter_context(_database())
        client, saves = _listings(stack)
        times = _measured(client, saves, options.rounds)
    found = {count: median(taken) * 1000 for count, taken in times.items()}
    for count, milliseconds in found.items():
        print(
            f"one autosave with {count} items: {milliseconds:.1f} ms (median of {options.rounds})"
        )
    print(json.dumps({"save_200_vs_1": round(found[MANY] / found[FEW], 2)}))
    return 0


@contextlib.contextmanager
def _database() -> Iterator[None]:
    """A private server, and the environment that names it."""
    with tempfile.TemporaryDirectory(prefix="onshelf-bench-") as made:
        folder = Path(made)
        cluster = Cluster.under(folder / "postgres")
        with Server(cluster):
            cluster.ensure_database("bench")
            os.environ.update(
                ONSHELF_ENV="test",
                ONSHELF_INSTANCE=str(folder),
                DATABASE_URL=cluster.url("bench"),
                BROKER_URL="memory://",
                PUBLIC_URL="http://localhost",
                SECRET_KEY=secrets.token_hex(32),
                CATALOGUE_SECRET=secrets.token_hex(32),
                ORDERS_SECRET=secrets.token_hex(32),
            )
            yield


def _listings(stack: ExitStack):
    """A signed-in client, and for each count of items what makes one save's form."""
    from app import create_app
    from app.core import migration
    from tests.factories import listings, pages, people

    migration.upgrade("onshelf", os.environ["DATABASE_URL"])
    app = create_app()
    saves = {}
    with app.app_context():
        seller = people.seller()
        client = people.signed_in(app.test_client(), people.owner_of(seller))
        for count in (FEW, MANY):
            changes = {f"items.{n}.stock": None for n in range(1, count + 1)}
            made = listings.draft(seller, category=CATEGORY, items=count, changes=changes)
            saves[count] = made.id
    forms = {}
    for count, listing_id in saves.items():
        text = client.get(f"/listings/{listing_id}/draft").text
        page = pages.fields_of(text, form_id="draft-form")
        forms[count] = (listing_id, page)
    return client, forms


def _measured(client, forms, rounds: int) -> dict[int, list[float]]:
    chance = random.Random(SEED)
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for turn in range(WARM + rounds):
        for count in (FEW, MANY) if turn % 2 else (MANY, FEW):
            listing_id, page = forms[count]
            prices = [name for name in page if name.endswith(".price")]
            name = chance.choice(prices)
            always = {k: v for k, v in page.items() if k == "tab" or k.startswith("rev-")}
            sent = always | {name: f"{19_910 + turn * 10:,}"}
            start = time.perf_counter()
            answer = client.post(f"/listings/{listing_id}/draft", data=sent, headers=FRAGMENT)
            taken = time.perf_counter() - start
            assert answer.status_code == 200, answer.status_code
            if turn >= WARM:
                times[count].append(taken)
    return times


if __name__ == "__main__":
    sys.exit(main())
