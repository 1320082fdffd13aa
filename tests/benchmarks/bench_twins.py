"""What asking for a draft's twins costs a seller of 100,000 listings, beside one warm select.

    .venv/bin/python -m tests.benchmarks.bench_twins [--listings 100000]

One private PostgreSQL, fixed seed. Names are of the kind that makes it hard: few words, many alike.
Each draft has ten items with barcodes. The last line is JSON; times are medians in milliseconds.
"""

import argparse
import json
import os
import random
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

from app.core.postgres import Cluster, Server

SEED, DRAFTS, ITEMS = 20261122, 200, 10
BRANDS = ("온셸프", "하늘", "바움", "한빛", "소담", "다온")
GOODS = ("머그컵", "접시", "주전자", "물병", "도마", "냄비", "그릇", "쟁반")
ADJECTIVES = (
    "도자기",
    "유리",
    "대형",
    "소형",
    "가벼운",
    "두꺼운",
    "둥근",
    "네모난",
    "무광",
    "유광",
)
COLOURS = ("블랙", "화이트", "그린", "블루", "레드", "그레이", "베이지", "네이비")

_FILLING = (
    "INSERT INTO listing (seller_id, category_code)"
    " SELECT :seller, 'mugs' FROM generate_series(1, :count)",
    "INSERT INTO version (listing_id, no, state) SELECT id, 1, 'draft' FROM listing",
    "INSERT INTO item (listing_id, seller_id, sku) SELECT id, :seller, 'S' || id FROM listing",
    """INSERT INTO version_part (version_id, item_id, content)
       SELECT v.id, NULL, jsonb_build_object('name', jsonb_build_object('ko', told.name))
         FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM version) AS v
         JOIN unnest(CAST(:names AS text[])) WITH ORDINALITY AS told(name, n) USING (n)""",
    """INSERT INTO version_part (version_id, item_id, content)
       SELECT v.id, i.id, jsonb_build_object('gtin', told.gtin)
         FROM (SELECT id, listing_id, row_number() OVER (ORDER BY id) AS n FROM version) AS v
         JOIN item AS i ON i.listing_id = v.listing_id
         JOIN unnest(CAST(:gtins AS text[])) WITH ORDINALITY AS told(gtin, n) USING (n)""",
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--listings", type=int, default=100_000)
    count = asked.parse_args().listings
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onshelf-twins-")))
        cluster = Cluster.under(folder / "postgres", fast=True)
        stack.enter_context(Server(cluster))
        cluster.ensure_database("bench")
        os.environ.update(
            ONSHELF_ENV="test", ONSHELF_INSTANCE=str(folder),
            SECRET_KEY="for one measurement alone",
            STATEMENT_TIMEOUT_SECONDS="600",
            DATABASE_URL=cluster.url("bench"), BROKER_URL="memory://",
            CATALOGUE_SECRET="not used in this measurement",
            ORDERS_SECRET="not used in this measurement",
        )  # fmt: skip
        print(json.dumps(_measured(count)))
    return 0


def _measured(count: int) -> dict[str, float]:
    from app import create_app
    from app.core import migration
    from app.core.database import db
    from app.listings.models import Listing
    from app.listings.neighbours import neighbours
    from tests.factories import people

    migration.upgrade("onshelf", os.environ["DATABASE_URL"])
    with create_app().app_context():
        seller_id = people.seller().id
        db.session.commit()
        chance = random.Random(SEED)
        ids = _fill(seller_id, count, chance)
        db.session.connection().exec_driver_sql("ANALYZE")
        chosen = [db.session.get_one(Listing, ids[chance.randrange(count)]) for _ in range(DRAFTS)]
        drafts = [(listing, _content(chance)) for listing in chosen]
        for listing, content in drafts[:20]:
            neighbours(listing, content)
        asked = [_timed(lambda d=d: neighbours(*d)) for d in drafts]
        known = sum(bool(neighbours(*d)["names"]) for d in drafts)
        one = [_timed(lambda i=i: _by_key(i)) for i in ids[:DRAFTS]]
        return {
            "listings": count,
            "twins_ms": round(median(asked), 2),
            "twins_p95_ms": round(quantiles(asked, n=20)[-1], 2),
            "select_ms": round(median(one), 2),
            "drafts_with_alike_names": known,
        }


def _fill(seller_id: int, count: int, chance: random.Random) -> list[int]:
    """Listings with one version and one item each; answers their ids."""
    from sqlalchemy import text

    from app.core.database import db
    from app.listings.actions import note_missing_names

    given = {
        "seller": seller_id,
        "count": count,
        "names": [_name(chance) for _ in range(count)],
        "gtins": [_gtin(chance) for _ in range(count)],
    }
    for statement in _FILLING:
        db.session.execute(text(statement), given)
    db.session.commit()
    note_missing_names()
    db.session.commit()
    return list(db.session.scalars(text("SELECT id FROM listing ORDER BY id")))


def _name(chance: random.Random) -> str:
    words = [chance.choice(each) for each in (BRANDS, ADJECTIVES, ADJECTIVES, GOODS, COLOURS)]
    return f"{' '.join(words)} {chance.randrange(1, 500)}호"


def _gtin(chance: random.Random) -> str:
    from stdnum import ean

    body = f"880{chance.randrange(10**9):09d}"
    return body + str(ean.calc_check_digit(body))


def _content(chance: random.Random) -> dict[str, object]:
    items = [{"id": n, "gtin": _gtin(chance)} for n in range(ITEMS)]
    return {"product": {"name": {"ko": _name(chance)}}, "items": items}


def _by_key(listing_id: int) -> None:
    from sqlalchemy import text

    from app.core.database import db

    db.session.execute(
        text("SELECT changed_at FROM listing WHERE id = :i"), {"i": listing_id}
    ).all()


def _timed(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    raise SystemExit(main())
