"""What is approved teaches which words speak of which category (`taxonomy.suggestion`)."""

from collections.abc import Iterator

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.database import db
from app.listings.content import Content, read
from app.listings.events import VersionApproved
from app.listings.models import Listing, Version, VersionPart
from app.listings.queries import part_of
from app.taxonomy import learning

JUDGED_WELL = ("approved", "partly_approved")


def teach(event: VersionApproved) -> None:
    """Learn from a listing's first approval; edits say nothing new, practice nothing at all."""
    listing = db.session.get_one(Listing, event.listing_id)
    version = db.session.get_one(Version, event.version_id)
    approved = db.session.scalar(
        select(func.count(Version.id)).where(
            Version.listing_id == listing.id, Version.state.in_(JUDGED_WELL)
        )
    )
    if approved == 1 and not listing.practice:
        learning.learn([(listing.category_code, _name(part_of(version, None).content))])


def teach_all() -> int:
    """Learn from every listing's first approved version anew; how many there are."""
    learning.forget()
    lessons = list(_lessons())
    learning.learn(lessons)
    return len(lessons)


def _lessons() -> Iterator[tuple[str, str]]:
    """(category, name in all languages) of every listing's first approved version."""
    statement = (
        select(Listing.category_code, VersionPart.content)
        .select_from(Version)
        .join(Listing, Listing.id == Version.listing_id)
        .join(VersionPart, VersionPart.version_id == Version.id)
        .where(VersionPart.item_id.is_(None), ~Listing.practice, Version.state.in_(JUDGED_WELL))
        .ext(distinct_on(Version.listing_id))
        .order_by(Version.listing_id, Version.no)
    )
    for category, content in db.session.execute(statement):
        yield category, _name(content)


def _name(content: Content) -> str:
    return " ".join(str(text) for text in (read(content, "name") or {}).values())
