"""What is asked of a case in a statement: each said once, on the database's clock."""

from sqlalchemy import ColumnElement, and_

from app.core import leases
from app.journey.review.models import ReviewCase


def undecided() -> ColumnElement[bool]:
    """Waiting for a verdict, whether claimed or not; none of a suspended company."""
    return and_(ReviewCase.verdict.is_(None), ReviewCase.closed_at.is_(None), ~ReviewCase.suspended)


def held() -> ColumnElement[bool]:
    """Decided, not applied, not withdrawn."""
    return and_(ReviewCase.verdict.is_not(None), ReviewCase.closed_at.is_(None))


def may_apply() -> ColumnElement[bool]:
    """Held, and its company is not suspended."""
    return and_(held(), ~ReviewCase.suspended)


def open_appeal() -> ColumnElement[bool]:
    """An appeal that is to be decided, or whose verdict is not applied yet."""
    return and_(ReviewCase.kind == "appeal", ReviewCase.closed_at.is_(None))


def running() -> ColumnElement[bool]:
    """Under a lease that has not run out."""
    return leases.running(ReviewCase.held_until)


def free() -> ColumnElement[bool]:
    """Nobody's at this moment."""
    return leases.free(ReviewCase.held_until)
