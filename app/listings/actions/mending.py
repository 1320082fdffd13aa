"""A mended field ticks off what the reviewer had against it in the version before."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.listings.content import item_path, split_item_path
from app.listings.models import Finding, Version, VersionPart
from app.listings.queries import judged_before


def tick_reviewer_findings(version: Version, saved: Mapping[VersionPart, list[str]]) -> None:
    """Note as cleared whatever the *saved* paths, by part, mend of the reviewer's findings."""
    judged = judged_before(version)
    if judged is None:
        return
    for finding in _open_findings(judged):
        if any(_mended(part, finding.path, path) for part, each in saved.items() for path in each):
            finding.cleared_at = database_now()


def tick_findings_of_item(version: Version, item_id: int) -> None:
    """Note as cleared what the reviewer had against an item that was taken out of the draft."""
    judged = judged_before(version)
    for finding in _open_findings(judged) if judged is not None else ():
        if split_item_path(finding.path)[0] == item_id:
            finding.cleared_at = database_now()


def _open_findings(judged: int) -> Sequence[Finding]:
    # Locked, in the order of their numbers: a verdict on an appeal may be replacing them.
    return db.session.scalars(
        select(Finding)
        .where(
            Finding.version_id == judged,
            Finding.source == "reviewer",
            Finding.cleared_at.is_(None),
        )
        .order_by(Finding.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _mended(part: VersionPart, against: str, path: str) -> bool:
    """Whether saving one path mends a remark; one on a picture stands while that picture does.

    What is said of an item as a whole is mended by whatever is saved of it.
    """
    saved = path if part.item_id is None else item_path(part.item_id, path)
    if saved == "pictures" and against.startswith("pictures."):
        return against.partition(".")[2] not in map(str, part.content.get("pictures") or [])
    if against == f"items.{part.item_id}":
        return True
    return against == saved or against.startswith(f"{saved}.")
