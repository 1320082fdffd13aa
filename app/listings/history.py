"""Reading the log of changes: what one save wrote, and who changed a field last."""

from collections.abc import Sequence

from sqlalchemy import select

from app.core.database import db
from app.listings.content import item_path
from app.listings.models import Change, VersionPart


def changes_of_step(version_id: int, step: str) -> Sequence[Change]:
    """Every change that the save of that name made in a version, in order."""
    return db.session.scalars(
        select(Change)
        .where(Change.version_id == version_id, Change.step == step)
        .order_by(Change.id)
    ).all()


def full_paths(changes: Sequence[Change]) -> list[str]:
    """The changes' paths as findings and people know them: `items.7.price` of an item's."""
    parts = {change.part_id for change in changes}
    rows = db.session.execute(
        select(VersionPart.id, VersionPart.item_id).where(VersionPart.id.in_(parts))
    )
    items = {row.id: row.item_id for row in rows}
    return [_full(items.get(change.part_id), change.path) for change in changes]


def _full(item_id: int | None, path: str) -> str:
    return path if item_id is None else item_path(item_id, path)
