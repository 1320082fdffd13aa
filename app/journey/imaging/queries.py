"""Reading pictures: what a draft shows, what is due, what the public may see."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select

from app.core.clock import database_now
from app.core.database import db
from app.core.errors import NotFound
from app.core.leases import free
from app.journey.imaging.models import PublishedPicture
from app.journey.imaging.renditions import EXTENSIONS
from app.listings.models import Picture, Version
from app.listings.queries import pictures_in, pictures_of, product_part

# A doorbell has just been rung for what is younger than this.
FRESH = timedelta(seconds=5)


def order_of(version: Version) -> list[int]:
    """The ids of the pictures that the version refers to, in its order."""
    return list(product_part(version).content.get("pictures") or [])


def draft_pictures(version: Version) -> list[Picture]:
    """The pictures that the version refers to, in its order: the first is the representative."""
    held = pictures_of(version.listing_id)
    return [held[number] for number in order_of(version) if number in held]


def unused(version: Version, most: int) -> tuple[list[Picture], int]:
    """The listing's ready pictures that the version leaves out, the newest first: *most* of them.

    Beside them how many there are in all.
    """
    left = (
        Picture.listing_id == version.listing_id,
        Picture.state == "ready",
        Picture.id.not_in(order_of(version)),
    )
    newest = select(Picture).where(*left).order_by(Picture.id.desc()).limit(most)
    found = list(db.session.scalars(newest))
    if len(found) < most:
        return found, len(found)
    return found, db.session.scalar(select(func.count()).select_from(Picture).where(*left)) or 0


def due(most: int = 50) -> list[int]:
    """Received pictures that nobody is at work on though they are due, the oldest first."""
    return list(
        db.session.scalars(
            select(Picture.id)
            .where(
                Picture.state == "received",
                Picture.not_before <= database_now(),
                Picture.created_at <= database_now() - FRESH,
                free(Picture.lease_until),
            )
            .order_by(Picture.not_before)
            .limit(most)
        )
    )


def picture(listing_id: int, picture_id: int) -> Picture:
    """One of the listing's pictures, in its draft or not. `NotFound`."""
    found = db.session.get(Picture, picture_id)
    if found is None or found.listing_id != listing_id:
        raise NotFound()
    return found


def rendition(listing_id: int, picture_id: int, name: str) -> dict[str, Any]:
    """The facts of one rendition of one of the listing's pictures. `NotFound`."""
    for row in picture(listing_id, picture_id).facts.get("renditions") or []:
        if row["name"] == name:
            return dict(row)
    raise NotFound()


def renditions_of_version(version_id: int) -> list[dict[str, Any]]:
    """The facts of every rendition of every picture that the version refers to."""
    version = db.session.get_one(Version, version_id)
    return [
        row for picture in pictures_in(version) for row in picture.facts.get("renditions") or []
    ]


def published(key: str, extension: str) -> PublishedPicture:
    """What is published as *key*, or *key*.*extension*. `NotFound` for all else storage holds."""
    row = db.session.get(PublishedPicture, key)
    if row is None or extension not in ("", EXTENSIONS[row.type]):
        raise NotFound()
    return row
