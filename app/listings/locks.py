"""Row locks that verbs take before they change a draft."""

from collections.abc import Collection

from sqlalchemy import select

from app.core.database import db
from app.core.errors import Conflict, NotFound
from app.core.words import Words
from app.listings.models import Item, Version, VersionPart
from app.listings.queries import judged_versions

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


def hold_judged(listing_id: int) -> Version | None:
    """Lock the newest judged version: an appeal of it begins, ends and takes effect under this.

    Whoever locks a newer version too locks that one first; whoever touches the listing does so
    later.
    """
    return db.session.scalar(
        judged_versions(listing_id)
        .limit(1)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )


def hold_newest(listing_id: int) -> None:
    """Lock the newest version, whatever it is."""
    newest = select(Version.id).where(Version.listing_id == listing_id).order_by(Version.no.desc())
    db.session.execute(newest.limit(1).with_for_update(key_share=True))


def hold_listing(listing_id: int) -> None:
    """Lock the newest version and the items: what is read of them next stands until the commit."""
    hold_newest(listing_id)
    items = select(Item.id).where(Item.listing_id == listing_id).order_by(Item.id)
    db.session.execute(items.with_for_update(key_share=True))


def locked_parts(version_id: int, part_ids: Collection[int]) -> dict[int, VersionPart]:
    """Parts of a draft by id, locked for a save; `NotFound` if one of them is not there."""
    locked_draft(version_id)
    rows = db.session.scalars(
        select(VersionPart)
        .where(VersionPart.id.in_(part_ids), VersionPart.version_id == version_id)
        .order_by(VersionPart.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    parts = {part.id: part for part in rows}
    if not set(part_ids) <= parts.keys():
        raise NotFound()
    return parts
