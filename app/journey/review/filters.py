"""A reviewer's own views of the queue, kept by name."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import Invalid
from app.core.words import Words
from app.journey.review.models import SavedFilter
from app.listings.content import storable

LONGEST, MOST = 40, 20
_NAME = Words("이름을 1자에서 {most}자까지 적으세요.", "Give it a name of 1 to {most} characters.")
_MANY = Words(
    "필터는 {most}개까지 저장합니다. 안 쓰는 것을 지우세요.",
    "At most {most} filters are kept. Remove one you do not use.",
)


def filters_of(who: int) -> Sequence[SavedFilter]:
    """Theirs, by name."""
    theirs = select(SavedFilter).where(SavedFilter.person_id == who)
    return db.session.scalars(theirs.order_by(SavedFilter.name)).all()


def keep(who: int, name: str, chosen: dict[str, Any]) -> None:
    """Keep *chosen* under *name*, in place of one of that name. `Invalid`."""
    name = " ".join(storable(name).split())
    if not 1 <= len(name) <= LONGEST:
        raise Invalid("filter-name", _NAME, path="name", most=LONGEST)
    others = select(func.count()).where(SavedFilter.person_id == who, SavedFilter.name != name)
    if db.session.scalars(others).one() >= MOST:
        raise Invalid("too-many-filters", _MANY, path="name", most=MOST)
    values = {"chosen": chosen, "created_at": database_now()}
    statement = insert(SavedFilter).values(person_id=who, name=name, **values)
    one = [SavedFilter.person_id, SavedFilter.name]
    db.session.execute(statement.on_conflict_do_update(index_elements=one, set_=values))


def forget(who: int, filter_id: int) -> None:
    """Remove one of theirs; nothing happens if it is gone."""
    theirs = (SavedFilter.id == filter_id, SavedFilter.person_id == who)
    db.session.execute(delete(SavedFilter).where(*theirs))
