"""What was delivered long ago need not be kept word by word: its row stays, its payload goes.

What is sent again is made anew from the listing (`reconciling`), never from an old payload.
"""

from datetime import timedelta

from sqlalchemy import func, select, update

from app.core.clock import database_now
from app.core.database import db
from app.journey.handoff.models import Delivery
from app.settings import settings

SLICE = 5000


def forget_payloads(after: int) -> int | None:
    """Empty the old ones among the next deliveries; the last one's id, None where none are old."""
    next_ones = (
        select(Delivery.id, Delivery.created_at)
        .where(Delivery.id > after)
        .order_by(Delivery.id)
        .limit(SLICE)
        .subquery()
    )
    last, oldest = db.session.execute(
        select(func.max(next_ones.c.id), func.min(next_ones.c.created_at))
    ).one()
    before = db.session.scalars(
        select(database_now() - timedelta(days=settings().keep_payloads_days))
    ).one()
    if last is None or oldest >= before:
        return None
    db.session.execute(
        update(Delivery)
        .where(
            Delivery.id > after,
            Delivery.id <= last,
            Delivery.state.in_(("delivered", "superseded")),
            Delivery.answered_at < before,
            Delivery.payload != {},
        )
        .values(payload={})
        .execution_options(synchronize_session=False)
    )
    found: int = last
    return found
