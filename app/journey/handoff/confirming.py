"""Whether the targets take what is told just now, and which recalls they have not confirmed yet.

A recall goes ahead of everything, and is in force where its target has said so, not before.
"""

from dataclasses import dataclass

from sqlalchemy import func, or_, select

from app.core.clock import database_now
from app.core.database import db
from app.core.words import Words
from app.journey.handoff.models import TargetState
from app.journey.handoff.target import TARGETS, Target
from app.listings.models import Item, Placement


@dataclass(frozen=True)
class Closed:
    """A target that takes nothing just now: paused by a person, or failing.

    `sells` says that it takes the shoppers' orders.
    """

    names: Words
    paused: bool
    sells: bool


@dataclass(frozen=True)
class Unconfirmed:
    """How many recalled items one target has on sale as far as it has said."""

    names: Words
    sells: bool
    count: int


def closed_targets() -> list[Closed]:
    """Those of the targets that would not take a recall at once."""
    failing = or_(TargetState.failures > 0, TargetState.hold_until > database_now())
    paused = TargetState.paused_at.is_not(None)
    asked = select(TargetState.target, paused.label("paused")).where(or_(paused, failing))
    rows = db.session.execute(asked)
    shut: dict[str, bool] = {row.target: row.paused for row in rows}
    return [
        Closed(target.names, shut[target.code], target.owns_stock)
        for target in _sellers_first()
        if target.code in shut
    ]


def unconfirmed_recalls(seller_id: int) -> list[Unconfirmed]:
    """Of the company's recalled items, those that a target has not confirmed; none left out."""
    counted = (
        select(Placement.target, func.count().label("number"))
        .join(Item, Item.id == Placement.item_id)
        .where(Item.seller_id == seller_id, Item.sale == "recalled", Placement.state == "on")
        .group_by(Placement.target)
    )
    found: dict[str, int] = {row.target: row.number for row in db.session.execute(counted)}
    return [
        Unconfirmed(target.names, target.owns_stock, found[target.code])
        for target in _sellers_first()
        if target.code in found
    ]


def _sellers_first() -> list[Target]:
    return sorted(TARGETS, key=lambda target: not target.owns_stock)
