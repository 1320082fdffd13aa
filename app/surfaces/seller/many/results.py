"""What became of a batch."""

from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db
from app.core.words import Words
from app.surfaces.seller.many.batches import left_of
from app.surfaces.seller.many.models import Batch, BatchLine
from app.surfaces.seller.many.plans import tally
from app.surfaces.seller.rows import called


@dataclass(frozen=True)
class Line:
    """One listing: its name, what became of it, and what was made of it."""

    listing_id: int
    name: Words
    outcome: str
    told: Words
    made_id: int | None


@dataclass(frozen=True)
class Result:
    """The lines of a batch by outcome, and how many listings are still to come."""

    batch: Batch
    done: list[Line]
    unchanged: list[Line]
    refused: list[Line]
    left: int

    @property
    def total(self) -> int:
        """How many listings it is about."""
        return len(self.batch.sealed)


def result_of(batch: Batch) -> Result:
    """What became of each, in the order in which they were chosen."""
    rows = db.session.scalars(select(BatchLine).where(BatchLine.batch_id == batch.id))
    found = {row.listing_id: row for row in rows}
    names = called(list(found))
    lines = [
        Line(number, names[number], row.outcome, Words.of(row.told), row.made_id)
        for number, _ in batch.sealed
        if (row := found.get(number)) is not None
    ]
    return Result(batch, **tally(lines), left=len(left_of(batch)))
