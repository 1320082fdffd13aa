"""A seller's listings, the first page and the last of 100,000. Part of `bench-drafting`."""

import time
from collections.abc import Callable
from functools import partial
from statistics import median

from sqlalchemy import text

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.surfaces.seller.filters import Filters
from app.surfaces.seller.queries import PAGE_SIZE, Cursor, Shelf, shelf
from app.taxonomy.actions import load_categories
from tests.factories import people

LISTINGS, ROUNDS = 100_000, 30

# Each a listing with a draft, its product part, one item with its offer and stock.
STATEMENTS = (
    "INSERT INTO listing (seller_id, category_code, changed_at)"
    " SELECT :seller, 'mugs', now() - n * interval '1 minute' FROM generate_series(1, :n) n",
    "INSERT INTO version (listing_id, no, state) SELECT id, 1, 'draft' FROM listing",
    "INSERT INTO version_part (version_id, content)"
    " SELECT id, jsonb_build_object('name', jsonb_build_object('ko', '머그 ' || id)) FROM version",
    "INSERT INTO item (listing_id, seller_id, sku) SELECT id, seller_id, 'SKU-' || id FROM listing",
    "INSERT INTO version_part (version_id, item_id, content)"
    " SELECT v.id, i.id, '{}' FROM version v JOIN item i ON i.listing_id = v.listing_id",
    "INSERT INTO offer (item_id, price) SELECT id, 12900 FROM item",
    "INSERT INTO stock (item_id, count) SELECT id, 5 FROM item",
    "ANALYZE",
)


def measure() -> float:
    """How many times the first page the last one costs, both measured in turn."""
    with unit_of_work():
        load_categories()
    seller_id = people.seller().id
    with unit_of_work():
        for statement in STATEMENTS:
            parameters = {"n": LISTINGS, "seller": seller_id} if ":n" in statement else {}
            db.session.execute(text(statement), parameters)
    last = _last_cursor()
    pages = {None: list[float](), last: list[float]()}
    for page in pages:
        # What drafts lack is found once and kept.
        assert len(shelf(seller_id, Filters(), after=page).rows) == PAGE_SIZE
    for _ in range(ROUNDS):
        for page, taken in pages.items():
            taken.append(_seconds(partial(shelf, seller_id, Filters(), after=page)))
    first_page, last_page = pages.values()
    print(
        f"listings: first page {median(first_page) * 1000:.1f} ms (the floor),"
        f" last page {median(last_page) * 1000:.1f} ms"
    )
    return round(median(last_page) / median(first_page), 2)


def _last_cursor() -> Cursor:
    """Where the last full page begins."""
    row = db.session.execute(
        text("SELECT changed_at, id FROM listing ORDER BY changed_at, id OFFSET 50 LIMIT 1")
    ).one()
    return Cursor(row.changed_at, row.id)


def _seconds(act: Callable[[], Shelf]) -> float:
    db.session.expunge_all()
    started = time.perf_counter()
    act()
    return time.perf_counter() - started
