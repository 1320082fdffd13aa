"""Long chores done in slices: how far one got is a row, so a killed worker is gone on after."""

from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from app.core.clock import database_now
from app.core.database import BigInt, Instant, db

EVERY = timedelta(days=1)


class Chore(db.Model):  # type: ignore[name-defined]
    """One chore. `cursor` is the last row that was looked at, 0 between two rounds."""

    name: Mapped[str] = mapped_column(primary_key=True)
    cursor: Mapped[BigInt] = mapped_column(default=0, server_default="0")
    finished_at: Mapped[Instant | None]


def go_on(name: str, slice_after: Callable[[int], int | None]) -> bool:
    """Do the next slice of a round, if one is under way or due; whether more is left of it.

    *slice_after* does what follows a row's id and answers the last id it looked at, None at the
    end. A round begins EVERY so often. Somebody else's slice is not waited for.
    """
    db.session.execute(insert(Chore).values(name=name).on_conflict_do_nothing())
    is_time = or_(
        Chore.cursor > 0,
        Chore.finished_at.is_(None),
        Chore.finished_at < database_now() - EVERY,
    )
    chore = db.session.scalar(
        select(Chore)
        .where(Chore.name == name, is_time)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )
    if chore is None:
        return False
    last = slice_after(chore.cursor)
    chore.cursor = last or 0
    if last is None:
        chore.finished_at = database_now()
    return last is not None
