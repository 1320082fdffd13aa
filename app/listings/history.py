"""Reading the log of changes: whole saves, newest first, and which of them can be taken back."""

from collections.abc import Sequence

from sqlalchemy import select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import aliased

from app.core.database import db
from app.listings.content import item_path
from app.listings.models import Change, Version, VersionPart


def changes_of_step(version_id: int, step: str) -> list[Change]:
    """Every change that the save of that name made in a version, in order."""
    found = select(Change).where(Change.version_id == version_id, Change.step == step)
    return list(db.session.scalars(found.order_by(Change.id)))


def last_step(version_id: int, who: int | None) -> str:
    """The person's last save in a version that is still to be taken back; '' where there is none.

    What took another save back is none of these.
    """
    taken = aliased(Change)
    already = select(taken.id).where(taken.version_id == version_id, taken.undoes == Change.step)
    found = db.session.scalar(
        select(Change.step)
        .where(
            Change.version_id == version_id,
            Change.who == who,
            Change.undoes == "",
            # The same SKU typed once more, for it was free again.
            Change.old.is_distinct_from(Change.new),
            ~already.exists(),
        )
        .order_by(Change.id.desc())
        .limit(1)
    )
    return found or ""


def taken_back_by(version_id: int, step: str) -> str:
    """The save that took that one back; '' where none has."""
    found = select(Change.step).where(Change.version_id == version_id, Change.undoes == step)
    return (step and db.session.scalar(found.limit(1))) or ""


def changes_before(
    listing_id: int, before: int | None, most: int
) -> tuple[list[Change], int | None]:
    """About *most* changes of all versions, newest first, and where the next of them begin.

    A save is never cut in two, however many fields it has.
    """
    wanted = (
        select(Change)
        .join(Version, Version.id == Change.version_id)
        .where(Version.listing_id == listing_id)
    )
    if before is not None:
        wanted = wanted.where(Change.id < before)
    rows = list(db.session.scalars(wanted.order_by(Change.id.desc()).limit(most + 1)))
    if len(rows) <= most:
        return rows, None
    cut = rows[most]
    kept = [row for row in rows if (row.version_id, row.step) != (cut.version_id, cut.step)]
    kept = kept or changes_of_step(cut.version_id, cut.step)[::-1]
    return kept, kept[-1].id


def changes_after(version_id: int, change_id: int) -> list[Change]:
    """What a version's content went through since that change, in order."""
    found = select(Change).where(Change.version_id == version_id, Change.id > change_id)
    return list(db.session.scalars(found.order_by(Change.id)))


def last_changes(changes: Sequence[Change]) -> list[Change]:
    """The last change of every field that is among *changes*."""
    fields = {(change.part_id, change.path) for change in changes}
    last = (
        select(Change)
        .where(tuple_(Change.part_id, Change.path).in_(fields))
        .order_by(Change.part_id, Change.path, Change.id.desc())
        .ext(distinct_on(Change.part_id, Change.path))
    )
    return list(db.session.scalars(last))


def items_of_parts(changes: Sequence[Change]) -> dict[int, int | None]:
    """Whose content each changed part is: an item's, or (None) the product's."""
    parts = {change.part_id for change in changes}
    rows = db.session.execute(
        select(VersionPart.id, VersionPart.item_id).where(VersionPart.id.in_(parts))
    )
    return {row.id: row.item_id for row in rows}


def full_paths(changes: Sequence[Change]) -> list[str]:
    """The changes' paths as findings and people know them: `items.7.price` of an item's."""
    items = items_of_parts(changes)
    return [full_path(items.get(change.part_id), change.path) for change in changes]


def full_path(item_id: int | None, path: str) -> str:
    """A path within a part as a path of the whole listing."""
    return path if item_id is None else item_path(item_id, path)


def value_of(wrapped: dict[str, object] | None) -> object:
    """The value that a change keeps as its `old` or `new`."""
    return (wrapped or {}).get("value")
