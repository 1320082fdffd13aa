"""One process of `bench_review`: fills its database, then measures whenever it is told to."""

import json
import sys
import threading
import time
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text

from app import create_app
from app.core import migration
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, claims
from app.settings import settings
from tests.factories import people

QUEUES = ("kitchen", "food", "apparel", "beauty", "electronics")
SELLERS, CLAIMS, PAGES, WRITERS = 200, 40, 20, 2
# Between two acts of one writer: what a large house does in a busy hour, and not the machine's all.
PAUSE = 0.05

# A seller, a listing, a version, its product part and its case each; the last of them wait.
STATEMENTS = (
    "INSERT INTO seller (name, business_number)"
    " SELECT 'Seller ' || n, lpad(n::text, 10, '0') FROM generate_series(1, :sellers) n",
    "INSERT INTO listing (seller_id, category_code)"
    " SELECT (SELECT min(id) FROM seller) + n % :sellers, 'mugs' FROM generate_series(1, :all) n",
    "INSERT INTO version (listing_id, no, state, submitted_at, rules_as_of, decided_at)"
    " SELECT id, 1, CASE WHEN n > :all - :waiting THEN 'submitted' ELSE 'approved' END, now(),"
    " current_date, CASE WHEN n > :all - :waiting THEN NULL ELSE now() END"
    " FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM listing) AS numbered",
    "INSERT INTO version_part (version_id, content) SELECT id, jsonb_build_object('name',"
    " jsonb_build_object('ko', '머그 ' || id, 'en', 'Mug ' || id)) FROM version",
    "INSERT INTO review_case (version_id, listing_id, seller_id, queue, created_at, promised_at,"
    " words, reasons, draft, note, inside_note, kind, verdict, decided_by, decided_at, release_at,"
    " not_before, applied_at, closed_at, attempts)"
    " SELECT v.id, l.id, l.seller_id, (CAST(:queues AS text[]))[1 + v.id % :queue_count],"
    " at, at + interval '3 hours', '머그 ' || v.id, '[]', '{}', '', '', 'review',"
    " CASE WHEN done THEN 'approve' END, CASE WHEN done THEN CAST(:decider AS bigint) END,"
    " CASE WHEN done THEN at END, CASE WHEN done THEN at END, CASE WHEN done THEN at END,"
    " CASE WHEN done THEN at END, CASE WHEN done THEN at END, 0"
    " FROM version v JOIN listing l ON l.id = v.listing_id,"
    " LATERAL (SELECT v.state = 'approved' AS done,"
    " now() - interval '30 days' * (1 - v.id::float / :all) AS at) AS made",
)
SUBMIT = (
    "WITH one AS (INSERT INTO listing (seller_id, category_code)"
    " SELECT min(id), 'mugs' FROM seller RETURNING id, seller_id),"
    " version AS (INSERT INTO version (listing_id, no, state, submitted_at, rules_as_of)"
    " SELECT id, 1, 'submitted', now(), current_date FROM one RETURNING id, listing_id),"
    " part AS (INSERT INTO version_part (version_id, content) SELECT id, '{}' FROM version)"
    " INSERT INTO review_case (version_id, listing_id, seller_id, kind, queue, promised_at,"
    " reasons, attempts, draft) SELECT version.id, one.id, one.seller_id, 'review', :queue,"
    " now() + interval '3 hours', '[]', 0, '{}' FROM one, version"
)


def main() -> None:
    """Fill, say so, and answer every line with what was measured."""
    app = create_app()
    count, waiting = int(sys.argv[1]), int(sys.argv[2])
    migration.upgrade("onshelf", settings().database_url)
    with app.app_context():
        reviewers = [people.reviewer(*QUEUES).id for _ in range(WRITERS + 1)]
        client = people.signed_in(app.test_client(), people.reviewer(*QUEUES))
        db.session.commit()
        begun = time.monotonic()
        _fill(count, waiting, reviewers[0])
        print(f"{count:,} versions, {waiting:,} wait: {time.monotonic() - begun:.0f} s", flush=True)
        for _line in sys.stdin:
            print(json.dumps(_measured(app, client, reviewers)), flush=True)


def _fill(count: int, waiting: int, decider: int) -> None:
    given = {
        "all": count,
        "waiting": waiting,
        "sellers": SELLERS,
        "queues": list(QUEUES),
        "queue_count": len(QUEUES),
        "decider": decider,
    }
    db.session.execute(text("SET statement_timeout = 0"))
    for statement in STATEMENTS:
        needed = {name: value for name, value in given.items() if f":{name}" in statement}
        db.session.execute(text(statement), needed)
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("SET statement_timeout = 0"))
        connection.execute(text("VACUUM ANALYZE"))


def _measured(app: Flask, client: FlaskClient, reviewers: list[int]) -> dict[str, list[float]]:
    """Seconds of each claim and of each page, while the writers write."""
    over = threading.Event()
    writers = [threading.Thread(target=_write, args=(app, who, over)) for who in reviewers[1:]]
    for writer in writers:
        writer.start()
    try:
        claimed = [_claim(reviewers[0]) for _ in range(CLAIMS)]
        opened = [_open(client) for _ in range(PAGES)]
    finally:
        over.set()
        for writer in writers:
            writer.join()
    return {"claim": claimed, "queue_page": opened}


def _claim(who: int) -> float:
    begun = time.perf_counter()
    with unit_of_work():
        case_id = claims.claim_next(who)
    spent = time.perf_counter() - begun
    assert case_id is not None
    with unit_of_work():
        claims.release(case_id, who)
    return spent


def _open(client: FlaskClient) -> float:
    begun = time.perf_counter()
    answer: Any = client.get("/review")
    spent = time.perf_counter() - begun
    assert answer.status_code == 200 and answer.text.count("<tr>") > 40
    return spent


def _write(app: Flask, who: int, over: threading.Event) -> None:
    """Claim and decide one case, submit another, again and again."""
    with app.app_context():
        while not over.wait(PAUSE):
            with unit_of_work():
                case_id = claims.claim_next(who)
            assert case_id is not None
            with unit_of_work():
                actions.decide(case_id, who, "approve", hold=3600)
            db.session.execute(text(SUBMIT), {"queue": QUEUES[case_id % len(QUEUES)]})
            db.session.commit()


if __name__ == "__main__":
    main()
