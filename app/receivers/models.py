"""Columns that every receiver has in a table of its own."""

from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import CreatedAt, Json


class ReceivedColumns:
    """A delivery that has had its effect, with what was answered then."""

    key: Mapped[str] = mapped_column(primary_key=True)
    answer: Mapped[Json]
    at: Mapped[CreatedAt]
