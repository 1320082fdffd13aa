"""What a product that waits waits for: another target's answer to the same product."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.bulk import any_of
from app.core.database import db
from app.core.words import Words
from app.journey.handoff.models import Delivery
from app.journey.handoff.target import TARGETS


@dataclass(frozen=True)
class Awaited:
    """The other target, and the newest delivery of the product to it with its stored state."""

    names: Words
    delivery_id: int
    state: str

    @property
    def stopped(self) -> bool:
        """Whether it will not be answered by itself: somebody has to mend it first."""
        return self.state in ("refused", "parked")


def awaited_by(rows: Sequence[Delivery]) -> dict[int, Awaited]:
    """By the number of each of *rows* that waits; no query where none does."""
    waiting = {
        (TARGETS[row.target].waits_for, row.subject_id): row.id
        for row in rows
        if row.state == "waiting" and TARGETS[row.target].waits_for
    }
    if not waiting:
        return {}
    found = db.session.execute(
        select(Delivery.id, Delivery.target, Delivery.subject_id, Delivery.state)
        .ext(distinct_on(Delivery.target, Delivery.subject_id))
        .where(
            Delivery.subject == "product",
            Delivery.subject_id == any_of(sorted({number for _, number in waiting})),
            Delivery.target.in_({target for target, _ in waiting}),
        )
        .order_by(Delivery.target, Delivery.subject_id, Delivery.revision.desc())
    )
    told = {(row.target, row.subject_id): row for row in found}
    return {
        row_id: Awaited(TARGETS[key[0]].names, told[key].id, told[key].state)
        for key, row_id in waiting.items()
        if key in told
    }
