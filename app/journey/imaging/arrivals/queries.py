"""Reading arrivals: what the page of a listing shows of them, and what is due."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.core.leases import free
from app.journey.imaging.models import Arrival
from app.journey.imaging.queries import FRESH


@dataclass(frozen=True)
class Shown:
    """One arrival as its seller sees it."""

    arrival: Arrival

    @property
    def waiting(self) -> bool:
        """Whether more is to come of it."""
        return bool(self.arrival.state == "waiting")

    @property
    def taken(self) -> int:
        """How many entries are pictures of the listing now."""
        return sum(each["picture"] is not None for each in self.arrival.answers)

    @property
    def total(self) -> int:
        """How many entries there is something to say of."""
        return sum(each["entry"] >= 0 for each in self.arrival.answers)

    @property
    def refused(self) -> list[tuple[dict[str, str], list[str]]]:
        """Why entries gave no picture, each reason once with the names it is true of."""
        return self._grouped(taken=False)

    @property
    def told(self) -> list[tuple[dict[str, str], list[str]]]:
        """The same of entries that are pictures, but not quite as their names may have meant."""
        return self._grouped(taken=True)

    @property
    def whole(self) -> bool:
        """Whether it failed as a whole: its own name need not be said again."""
        return any(each["entry"] < 0 for each in self.arrival.answers)

    def _grouped(self, taken: bool) -> list[tuple[dict[str, str], list[str]]]:
        groups: dict[tuple[str, str], tuple[dict[str, str], list[str]]] = {}
        for each in self.arrival.answers:
            words: dict[str, Any] | None = each["words"]
            if words and taken == (each["picture"] is not None):
                group = groups.setdefault((words["ko"], words["en"]), (words, []))
                group[1].extend([each["name"]] if each["entry"] >= 0 else [])
        return list(groups.values())


def shown(listing_id: int) -> list[Shown]:
    """The listing's arrivals, the newest first, but for fetched addresses with nothing to say."""
    rows = db.session.scalars(
        select(Arrival).where(Arrival.listing_id == listing_id).order_by(Arrival.id.desc())
    )
    found = [Shown(row) for row in rows]
    return [s for s in found if s.waiting or s.arrival.kind == "zip" or s.refused or s.told]


def due(most: int = 50) -> list[int]:
    """Waiting arrivals that nobody is at work on though they are due, the oldest first."""
    return list(
        db.session.scalars(
            select(Arrival.id)
            .where(
                Arrival.state == "waiting",
                Arrival.not_before <= database_now(),
                Arrival.created_at <= database_now() - FRESH,
                free(Arrival.lease_until),
            )
            .order_by(Arrival.not_before)
            .limit(most)
        )
    )
