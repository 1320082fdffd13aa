"""Cases of a suspended company leave the queues, and come back to the place that they had.

A verdict that is held meanwhile is not applied, whatever it says: an approval would put something
on sale. It can still be undone within its hold, and takes effect once the suspension is lifted.
"""

from typing import Any

from sqlalchemy import Select, select, update

from app.accounts.events import SellerSuspended, SuspensionLifted
from app.core.database import db
from app.journey.review.models import ReviewCase
from app.listings.actions import note_all


def hold_back(event: SellerSuspended) -> None:
    """Nobody claims, decides or applies them from now on; what reviewers wrote is kept."""
    open_cases = _open(event.seller_id).order_by(ReviewCase.id).with_for_update()
    taken = {row.listing_id for row in db.session.execute(open_cases) if row.holder}
    note_all(sorted(taken), "released")
    _mark(event.seller_id, suspended=True, holder=None, held_until=None)


def bring_back(event: SuspensionLifted) -> None:
    """They stand where they were promised to be decided, however long that was."""
    _mark(event.seller_id, suspended=False)


def _open(seller_id: int) -> Select[int, int | None]:
    return select(ReviewCase.listing_id, ReviewCase.holder).where(
        ReviewCase.seller_id == seller_id, ReviewCase.closed_at.is_(None)
    )


def _mark(seller_id: int, **columns: Any) -> None:
    db.session.execute(
        update(ReviewCase)
        .where(ReviewCase.seller_id == seller_id, ReviewCase.closed_at.is_(None))
        .values(**columns)
        .execution_options(synchronize_session=False)
    )
