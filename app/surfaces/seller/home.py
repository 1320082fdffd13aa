"""What waits for the seller, what is on its way, and what to go on with."""

from dataclasses import dataclass, field
from typing import Any

from app.core.database import db
from app.listings.models import Listing
from app.surfaces.seller.filters import NEWEST_STATE, VIEWS, Filters, chosen, counted
from app.surfaces.seller.queries import COUNTED
from app.surfaces.seller.rows import Row, rows_of

HOME_COLUMNS = ("state", "problems", "stock", "price", "changed")


@dataclass(frozen=True)
class Home:
    """Counts by view, and the first few of each."""

    counts: dict[str, int] = field(default_factory=dict)
    drafts: list[Row] = field(default_factory=list)
    returned: list[Row] = field(default_factory=list)
    waiting: list[Row] = field(default_factory=list)


def home_of(seller_id: int) -> Home:
    """The home page: sentences with counts, and the first few of each."""
    return Home(
        counts={view: counted(chosen(seller_id, Filters(view)), COUNTED) for view in VIEWS},
        drafts=_first(seller_id, NEWEST_STATE == "draft"),
        returned=_first(seller_id, NEWEST_STATE.in_(("rejected", "changes_requested"))),
        waiting=_first(seller_id, NEWEST_STATE == "submitted"),
    )


def _first(seller_id: int, condition: Any, limit: int = 5) -> list[Row]:
    query = chosen(seller_id, Filters()).where(condition)
    return rows_of(db.session.scalars(query.order_by(Listing.changed_at.desc()).limit(limit)).all())
