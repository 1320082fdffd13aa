"""What the recall of items touches: orders that are open, and pieces reserved for them."""

from dataclasses import dataclass

from app.core.errors import NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.reservations import Impact, Reserved, reserved_of, total
from app.listings.models import Listing
from app.surfaces.seller.listing import ItemLine, ListingView, listing_view


@dataclass(frozen=True)
class Recall:
    """A recall before it is done; `impact` is None while the order system does not say."""

    view: ListingView
    lines: list[ItemLine]
    impact: Impact | None

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
    return Recall(view, wanted, reserved_of(numbers))
