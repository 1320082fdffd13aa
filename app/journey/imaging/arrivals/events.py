"""What happens to arrivals, as facts."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class ArrivalSent(Event):
    listing_id: int
    arrival_id: int
