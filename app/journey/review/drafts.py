"""The verdict being written: pinned reasons and notes, kept with the case until it is decided."""

from typing import Any, TypedDict, Unpack

from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.journey.review.claims import lease_end
from app.journey.review.eligibility import case_to_judge
from app.journey.review.models import ReviewCase
from app.journey.review.pins import Pin, check_places, key_of
from app.journey.review.refusals import why_not_mine
from app.listings.models import Version

Draft = dict[str, Any]
EMPTY: Draft = {"reasons": [], "note": "", "inside_note": ""}


class Typed(TypedDict, total=False):
    """What is given of it; `remove` counts the pins from 0. None and what is left out stay.

    *choosing* are the fields of a reason that was begun and is not pinned yet.
    """

    note: str | None
    inside_note: str | None
    choosing: dict[str, str] | None
    add: Pin | None
    remove: int | None


def write(case_id: int, who: int, **typed: Unpack[Typed]) -> Draft:
    """Keep what is given and return the whole draft; a running lease starts afresh.

    What is written after the lease ran out is kept too, until somebody else claims the case;
    Conflict then, and once it is decided or withdrawn.
    """
    case, fresh = compose(case_id, who, **typed)
    case.draft = fresh
    if db.session.scalar(select(database_now() < case.held_until)):
        case.held_until = lease_end()
    db.session.flush()
    return fresh


def compose(case_id: int, who: int, **typed: Unpack[Typed]) -> tuple[ReviewCase, Draft]:
    """The whole draft with what is given, not kept; and the case, locked. See `write`."""
    case_to_judge(case_id, who)
    case = db.session.get_one(ReviewCase, case_id, populate_existing=True, with_for_update=True)
    if case.holder != who or case.verdict is not None or case.closed_at is not None:
        raise why_not_mine(case_id, who)
    add = typed.get("add")
    if add is not None:
        check_places([add], db.session.get_one(Version, case.version_id))
    fresh = {**EMPTY, **case.draft, "by": who}
    fresh["reasons"] = _pins(fresh["reasons"], add, typed.get("remove"))
    given = {name: typed.get(name) for name in ("note", "inside_note", "choosing")}
    fresh |= {name: value for name, value in given.items() if value is not None}
    return case, fresh


def _pins(pins: list[Pin], add: Pin | None, remove: int | None) -> list[Pin]:
    kept = [pin for place, pin in enumerate(pins) if place != remove]
    if add is None:
        return kept
    return [pin for pin in kept if key_of(pin) != key_of(add)] + [add]
