"""What one autosave costs the server in a listing of 200 items, against one of a single item.

One field of one item is saved, as a page's script saves it: findings computed, the answer drawn.
Every item lacks its stock, as in the middle of the work. Both listings are of one seller in one
database; each round saves one field in each, the other one first in every second round, so that a
busy machine slows both.
"""

import random
import time
from statistics import median
from typing import Any

from flask import Flask
from flask.testing import FlaskClient

from tests.factories import listings, pages, people

FEW, MANY = 1, 200
WARM, ROUNDS, SEED = 10, 60, 20261125
CATEGORY = "building-blocks"
FRAGMENT = {"HX-Request": "true", "HX-Request-Type": "partial"}
Forms = dict[int, tuple[int, dict[str, Any]]]


def measure(app: Flask) -> float:
    """How many times as long the save with many items takes; prints both medians."""
    client, forms = _listings(app)
    times = _measured(client, forms)
    found = {count: median(taken) * 1000 for count, taken in times.items()}
    for count, milliseconds in found.items():
        print(f"one autosave with {count} items: {milliseconds:.1f} ms (median of {ROUNDS})")
    return round(found[MANY] / found[FEW], 2)


def _listings(app: Flask) -> tuple[FlaskClient, Forms]:
    """A signed-in client, and for each count of items the listing and its form as drawn."""
    with app.app_context():
        seller = people.seller()
        client = people.signed_in(app.test_client(), people.owner_of(seller))
        forms = {}
        for count in (FEW, MANY):
            changes = {f"items.{n}.stock": None for n in range(1, count + 1)}
            made = listings.draft(seller, category=CATEGORY, items=count, changes=changes)
            forms[count] = made.id
    return client, {count: (number, _form(client, number)) for count, number in forms.items()}


def _form(client: FlaskClient, listing_id: int) -> dict[str, Any]:
    text = client.get(f"/listings/{listing_id}/draft").text
    return pages.fields_of(text, form_id="draft-form")


def _measured(client: FlaskClient, forms: Forms) -> dict[int, list[float]]:
    chance = random.Random(SEED)
    times: dict[int, list[float]] = {FEW: [], MANY: []}
    for turn in range(WARM + ROUNDS):
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
