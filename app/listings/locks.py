"""Row locks that verbs take before they change a draft."""

from sqlalchemy import select

from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.words import Words
from app.listings.models import Version, VersionPart

_NOT_DRAFT = Words(
    "이 내용은 이미 제출되어 고칠 수 없습니다. 고치려면 제출을 취소하거나 수정본을 만드세요.",
    "This was submitted and can no longer be changed. Withdraw it or start an edit.",
)


def locked_draft(version_id: int) -> Version:
    """The version, locked; `Conflict` unless it is still a draft.

    Whatever changes a draft takes this lock first, so that no two of them wait for each other.
    """
    version = db.session.scalar(
        select(Version)
        .where(Version.id == version_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if version is None:
        raise NotFound()
    if version.state != "draft":
        raise Conflict("not-a-draft", _NOT_DRAFT)
    return version


def locked_part(version_id: int, part_id: int) -> VersionPart:
    """A part of a draft, locked for a save."""
    locked_draft(version_id)
    part = db.session.scalar(
        select(VersionPart)
        .where(VersionPart.id == part_id, VersionPart.version_id == version_id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    if part is None:
        raise NotFound()
    return part
