"""What recalling items or putting listings away touches: open orders, and their pieces."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db
from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.confirming import Closed, closed_targets
from app.journey.handoff.reservations import Impact, Reserved, reserved_of, total
from app.listings.models import Item, Listing
from app.surfaces.seller.listing import ItemLine, ListingView, listing_view


@dataclass(frozen=True)
class Recall:
    """A recall before it is done; `impact` is None while the order system does not say."""

    view: ListingView
    lines: list[ItemLine]
    impact: Impact | None
    # The targets that would not take it at once.
    closed: list[Closed]

    @property
    def total(self) -> Reserved | None:
        """Of all its items together."""
        return total(self.impact)

    def of(self, line: ItemLine) -> Reserved | None:
        """Of one item."""
        return None if self.impact is None else self.impact.get(line.item.id, Reserved())


def recall_of(listing: Listing, item_id: int | None) -> Recall:
    """Of one item, or of all that can be recalled. `NotFound` for an item of another listing."""
    # Closed before a neighbour is waited for: no connection of the database is kept meanwhile.
    with unit_of_work():
        view = listing_view(listing)
        lines = [line for line in view.lines if item_id in (None, line.item.id)]
        if not lines:
            raise NotFound()
        wanted = [line for line in lines if line.live and "recall" in line.actions]
        numbers = [line.item.id for line in wanted]
        closed = closed_targets()
    return Recall(view, wanted, reserved_of(numbers), closed)


@dataclass(frozen=True)
class PuttingAway:
    """A listing before it is put away; `reserved` is None while the order system does not say."""

    view: ListingView
    reserved: Reserved | None


def putting_away_of(listing: Listing) -> PuttingAway:
    """What of it is ordered that was on sale once."""
    with unit_of_work():
        view = listing_view(listing)
        numbers = withdrawn_items([listing.id])
    return PuttingAway(view, total(reserved_of(numbers)))


def withdrawn_items(listing_ids: Collection[int]) -> list[int]:
    """The items of these listings that are paused or recalled: orders of them may be open."""
    withdrawn = select(Item.id).where(
        Item.listing_id.in_(listing_ids),
        Item.approved_version_id.is_not(None),
        Item.sale.in_(("paused", "recalled")),
    )
    return list(db.session.scalars(withdrawn.order_by(Item.id)))
