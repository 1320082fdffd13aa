"""How old the oldest row of each kind is that should have been worked on by now.

What is being worked on (a running lease) is not overdue; what failed and waits for its next
attempt is due at that time.
"""

from typing import Any

from sqlalchemy import ColumnElement, Select, and_, extract, func, or_, select

from app.core.clock import database_now
from app.core.database import db
from app.core.leases import free
from app.journey.handoff.models import Delivery, TargetState
from app.journey.handoff.target import TARGETS
from app.journey.imaging.models import Arrival
from app.journey.notifying.models import Notification
from app.journey.review.models import HELD, ReviewCase
from app.listings.models import Picture


def ages() -> dict[str, float]:
    """Seconds by kind of row; 0 where nothing is due. Of deliveries, to targets that take them."""
    found = {name: db.session.scalar(query) for name, query in _queries().items()}
    return {name: round(float(age or 0), 1) for name, age in found.items()}


def ages_by_target() -> dict[str, float]:
    """Seconds that the oldest delivery of each target has been due, be it paused or failing."""
    age = _oldest(Delivery, Delivery.state == "due").add_columns(Delivery.target)
    found = db.session.execute(age.group_by(Delivery.target)).all()
    waited = {target: round(float(seconds), 1) for seconds, target in found}
    return {target: waited.get(target, 0.0) for target in TARGETS.load()}


def _queries() -> dict[str, Select[Any]]:
    return {
        "picture": _oldest(Picture, Picture.state == "received"),
        "arrival": _oldest(Arrival, Arrival.state == "waiting"),
        "delivery": _oldest(Delivery, _to_be_sent()),
        "verdict": _oldest_verdict(),
        "mail": _oldest(Notification, Notification.mail_state == "waiting"),
    }


def _oldest(
    model: type[Picture] | type[Arrival] | type[Delivery] | type[Notification],
    waiting: ColumnElement[bool],
) -> Select[Any]:
    age = extract("epoch", database_now() - func.min(model.not_before))
    return select(age).where(waiting, free(model.lease_until), model.not_before <= database_now())


def _to_be_sent() -> ColumnElement[bool]:
    # What an operator has paused may wait, and what a target does not take is no fault of ours.
    waited_for = or_(
        TargetState.paused_at.is_not(None),
        TargetState.failures > 0,
        func.coalesce(TargetState.hold_until > database_now(), False),
    )
    closed = select(TargetState.target).where(waited_for)
    return and_(Delivery.state == "due", Delivery.target.not_in(closed))


def _oldest_verdict() -> Select[Any]:
    # A held verdict is due when its hold is over, or at its next attempt.
    due = func.greatest(ReviewCase.release_at, ReviewCase.not_before)
    age = extract("epoch", database_now() - func.min(due))
    return select(age).where(HELD, due <= database_now())
