"""Likely duplicates: a picture of the case beside another that looks nearly the same.

Which one that is was found when the picture was processed, and stands in its readings.
"""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import select

from app.core.database import db
from app.core.words import Words
from app.listings.models import Picture
from app.listings.queries import name_of, newest_version

CODE = "picture-alike"


@dataclass(frozen=True)
class Twin:
    """The other picture; `name` is that of its listing, None where it is the same one."""

    picture: Picture
    name: Words | None


def twins_of(pictures: Collection[Picture]) -> dict[int, Twin]:
    """The likely duplicate of each picture that has one, by the picture's id.

    One that was deleted since, or is not ready to be shown, is left out.
    """
    alike = {each.id: number for each in pictures if (number := _named(each))}
    wanted = select(Picture).where(Picture.id.in_(alike.values()), Picture.state == "ready")
    found = {each.id: each for each in db.session.scalars(wanted)} if alike else {}
    listings = {each.id: each.listing_id for each in pictures}
    return {
        number: Twin(found[other], _name(found[other], listings[number]))
        for number, other in alike.items()
        if other in found
    }


def _named(picture: Picture) -> int | None:
    rows = picture.facts.get("rows") or []
    named = (row.get("picture") for row in rows if row["code"] == CODE and not row["ok"])
    return next(named, None)


def _name(twin: Picture, listing_id: int) -> Words | None:
    if twin.listing_id == listing_id:
        return None
    return Words.of(name_of(newest_version(twin.listing_id)))
