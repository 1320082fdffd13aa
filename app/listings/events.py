"""What can happen to a listing, as facts. Stations hear of them through the reactions table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

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
    who: int | None = None


@dataclass(frozen=True)
class CaseClaimed(Event):
    """A reviewer took a submitted version; `held_before_by` is who had it before, if anybody."""

    listing_id: int
    version_id: int
    case_id: int
    who: int
    held_before_by: int | None


@dataclass(frozen=True)
class VerdictDecided(Event):
    """A reviewer decided; it takes effect after `held_until` unless it is undone.

    The words are carried along: an undo takes them out of the rows.
    """

    listing_id: int
    version_id: int
    case_id: int
    who: int
    verdict: str
    reasons: tuple[Mapping[str, Any], ...]
    note: str
    inside_note: str
    held_until: datetime


@dataclass(frozen=True)
class VerdictUndone(Event):
    """The reviewer took `verdict` back while it was held."""

    listing_id: int
    version_id: int
    case_id: int
    who: int
    verdict: str


@dataclass(frozen=True)
class VersionApproved(Event):
    """The verdict was applied: the version, or part of it, is approved. `who` None: the system.

    `appeal`: it had been rejected before, and this was the verdict on the appeal.
    """

    listing_id: int
    version_id: int
    who: int | None = None
    appeal: bool = False


@dataclass(frozen=True)
class VersionReturned(Event):
    """The verdict was applied: rejected, or changes requested. `who` None: the system.

    `appeal`: it had been rejected before, and this was the verdict on the appeal.
    """

    listing_id: int
    version_id: int
    who: int | None = None
    appeal: bool = False


@dataclass(frozen=True)
class AppealMade(Event):
    """The seller appeals the rejection `against` (a case), which `decided_by` decided."""

    listing_id: int
    version_id: int
    case_id: int
    who: int | None
    grounds: str
    against: int
    decided_by: int | None


@dataclass(frozen=True)
class AppealClosed(Event):
    """Nobody decides the appeal any more; `why` is `newer-submitted` or `put-away`."""

    listing_id: int
    version_id: int
    case_id: int
    who: int | None
    why: str


@dataclass(frozen=True)
class ListingRetired(Event):
    """The listing was put away for good."""

    listing_id: int
    who: int | None


@dataclass(frozen=True)
class OffersApplied(Event):
    """Staged prices of live items took effect: one event a batch."""

    listing_id: int
    item_ids: tuple[int, ...]


class StockChange(NamedTuple):
    """One signed amount by its number; `seen` is the stock's revision where it comes of a count."""

    item_id: int
    no: int
    amount: int
    seen: int | None = None


@dataclass(frozen=True)
class StockChanged(Event):
    """Signed stock changes of live items were sent for."""

    listing_id: int
    changes: tuple[StockChange, ...]


@dataclass(frozen=True)
class SaleChanged(Event):
    """Items, of one listing or of many, were paused, resumed, recalled or retired."""

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
