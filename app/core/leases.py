"""Leases: a row is somebody's until an instant on the database's clock, and nobody's from then on.

How an attempt is counted, and what it is to have too many, differs from station to station.
"""

from datetime import datetime

from sqlalchemy import ColumnElement, or_
from sqlalchemy.orm import InstrumentedAttribute

from app.core.clock import database_now

Until = InstrumentedAttribute[datetime | None]


def running(until: Until) -> ColumnElement[bool]:
    """Somebody's at this moment."""
    return until > database_now()


def free(until: Until) -> ColumnElement[bool]:
    """Nobody's at this moment: never taken, given back, or over."""
    return or_(until.is_(None), until <= database_now())
