"""Time: instants are UTC and aware; leases are reckoned on the database's clock alone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func

MARKET_ZONE = ZoneInfo("Asia/Seoul")


def now() -> datetime:
    """This instant, for display and for dates; never for leases."""
    return datetime.now(UTC)


def today() -> date:
    """The market's calendar day: the day rules take effect by."""
    return now().astimezone(MARKET_ZONE).date()


def database_now() -> ColumnElement[datetime]:
    """The database's wall clock as the row is reached, for leases and due times."""
    return func.clock_timestamp()
