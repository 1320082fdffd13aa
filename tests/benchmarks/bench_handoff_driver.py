"""What `bench_handoff` has done within the installation's own environment.

`ring`: ring for both targets. `open FIRST RATE SECONDS`: open the deliveries of so many listings
a second from number FIRST on, ringing after each commit as the verbs do; what its backend spent
stands in bench_driver then, for its own work is not the installation's. `approve COUNT`: so many
new listings are approved, each once the one before has arrived.
"""

import sys
import time
from pathlib import Path

from sqlalchemy import select, text

from app import create_app
from app.core.celery import ring
from app.core.database import db
from app.journey.handoff.target import TARGETS

STEP = 0.05
OPEN = (
    "INSERT INTO delivery (target, subject, subject_id, revision, listing_id, urgency, payload)"
    " SELECT target, 'product', listing_id, 1, listing_id, 2, payload FROM bench,"
    " (VALUES ('catalogue'), ('orders')) AS t (target) WHERE no >= :first AND no < :after"
)


def main() -> None:
    """Do what the arguments say."""
    what, *numbers = sys.argv[1:]
    with create_app().app_context():
        {"ring": _ring, "open": _open, "approve": _approve}[what](*map(int, numbers))


def _ring() -> None:
    for target in TARGETS:
        ring("handoff.send", target.code)


def _open(first: int, rate: int, seconds: int) -> None:
    begun, opened, wanted = time.monotonic(), 0, rate * seconds
    # One connection all the while: its backend is read at the end.
    with db.engine.connect() as connection:
        while opened < wanted:
            due = min(wanted, round((time.monotonic() - begun) * rate) + 1)
            if due > opened:
                connection.execute(text(OPEN), {"first": first + opened, "after": first + due})
                connection.commit()
                _ring()
                opened = due
            time.sleep(STEP)
        backend = connection.scalar(text("SELECT pg_backend_pid()"))
        stat = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
        connection.execute(
            text("CREATE TABLE bench_driver AS SELECT CAST(:ticks AS bigint) AS ticks"),
            {"ticks": int(stat[11]) + int(stat[12])},
        )
        connection.commit()


def _approve(count: int) -> None:
    from app.accounts.models import Seller
    from app.listings.models import Listing, Picture
    from tests.factories import listings as make

    db.session.execute(text("CREATE TABLE bench_approved (listing_id bigint)"))
    db.session.commit()
    seller = db.session.get_one(Seller, db.session.scalar(text("SELECT min(id) FROM seller")))
    drawn = db.session.scalars(select(Picture).where(Picture.state == "ready").limit(1)).one()
    facts, key = drawn.facts, drawn.sha256
    for _ in range(count):
        made: Listing = make.draft(seller, items=4)
        for picture in db.session.scalars(select(Picture).where(Picture.listing_id == made.id)):
            picture.facts, picture.sha256 = {**facts, "likes": []}, key
        db.session.commit()
        make.submit(made)
        make.judge(made)
        db.session.execute(text("INSERT INTO bench_approved VALUES (:id)"), {"id": made.id})
        db.session.commit()
        _arrived(made.id)


def _arrived(listing_id: int) -> None:
    waiting = text("SELECT count(*) FROM delivery WHERE listing_id = :id AND state = 'due'")
    while db.session.scalar(waiting, {"id": listing_id}):
        db.session.rollback()
        time.sleep(STEP)
    db.session.rollback()


if __name__ == "__main__":
    main()
