"""What can happen to a listing, as facts. Stations hear of them through the reactions table."""

from dataclasses import dataclass

from app.core.events import Event


@dataclass(frozen=True)
class ListingStarted(Event):
    listing_id: int


@dataclass(frozen=True)
class CategoryChanged(Event):
    """A draft is held to another category's rules from now on."""

    listing_id: int


@dataclass(frozen=True)
class PicturesChosen(Event):
    """A draft shows other pictures than before, whoever saved that: their ids."""

    listing_id: int
    came: tuple[int, ...]
    went: tuple[int, ...]


@dataclass(frozen=True)
class PictureReceived(Event):
    listing_id: int
    picture_id: int


@dataclass(frozen=True)
class PictureReady(Event):
    listing_id: int
    picture_id: int


@dataclass(frozen=True)
class PictureRefused(Event):
    listing_id: int
    picture_id: int


@dataclass(frozen=True)
class VersionSubmitted(Event):
    listing_id: int
    version_id: int


@dataclass(frozen=True)
class VersionWithdrawn(Event):
    listing_id: int
    version_id: int


@dataclass(frozen=True)
class VersionApproved(Event):
    """The verdict was applied: the version, or part of it, is approved."""

    listing_id: int
    version_id: int


@dataclass(frozen=True)
class VersionReturned(Event):
    """The verdict was applied: rejected, or changes requested."""

    listing_id: int
    version_id: int


@dataclass(frozen=True)
class OffersApplied(Event):
    """Staged prices of live items took effect: one event a batch."""

    listing_id: int
    item_ids: tuple[int, ...]


@dataclass(frozen=True)
class StockChanged(Event):
    """Signed stock changes of live items were sent for: (item, change number, amount)."""

    listing_id: int
    changes: tuple[tuple[int, int, int], ...]


@dataclass(frozen=True)
class SaleChanged(Event):
    """Items were paused, resumed, recalled or retired."""

    listing_id: int
    item_ids: tuple[int, ...]


@dataclass(frozen=True)
class DeliveryRefused(Event):
    """A target will never take it as it is; the reason stands with the delivery."""

    listing_id: int
    delivery_id: int
    target: str


@dataclass(frozen=True)
class DeliveryParked(Event):
    """Tried too often, or off the contract: an operator decides what happens with it."""

    listing_id: int
    delivery_id: int
    target: str
