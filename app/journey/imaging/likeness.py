"""Whether the seller has nearly the same picture already, by the numbers of `measuring.py`."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select

from app.core.database import db
from app.core.words import Words
from app.journey.imaging.checks.likeness import USUAL
from app.journey.imaging.measured import Limits
from app.journey.imaging.queries import draft_pictures
from app.journey.imaging.verdict import Verdict, compared
from app.listings.models import Listing, Picture
from app.listings.queries import name_of, newest_version

# Of the seller's listings those changed last are looked through, and of their pictures so many.
LISTINGS, PICTURES = 200, 2000
# Of how many listings with one that is alike it is asked whether they still show it.
CANDIDATES = 10
# Levels by which a field may differ: encoding takes 5, another colour of the goods 26.
COLOUR = 12
HERE = Words("이 상품", "this listing")
NAMELESS = Words("이름 없는 상품", "a listing without a name")


def with_twin(picture_id: int, verdict: Verdict, limits: Limits) -> Verdict:
    """*verdict* on a picture that is ready, with its row on the one nearly the same, if any."""
    return compared(verdict, twin_of(picture_id, verdict.facts.get("look") or {}, limits), limits)


def twin_of(picture_id: int, look: Mapping[str, Any], limits: Limits) -> dict[str, Any] | None:
    """`{"file", "name", "listing", "picture"}` of one nearly the same; None where there is none.

    One that its listing no longer shows is no twin. `listing` is None where it is this one,
    `picture` its number.
    """
    most = limits.asked("likeness", USUAL).most
    picture = db.session.get_one(Picture, picture_id)
    listing = db.session.get_one(Listing, picture.listing_id)
    alike = [row for row in _others(picture_id, listing) if is_alike(look, row.look or {}, most)]
    alike.sort(key=lambda row: (row.listing_id != listing.id, -row.id))
    asked = list(dict.fromkeys(row.listing_id for row in alike))[:CANDIDATES]
    shown = {each.id for n in asked for each in draft_pictures(newest_version(n))}
    found = next((row for row in alike if row.id in shown), None)
    if found is None:
        return None
    here = found.listing_id == listing.id
    name = HERE if here else Words.of(name_of(newest_version(found.listing_id)))
    return {
        "file": found.file_name,
        "name": (name if name.ko else NAMELESS).as_dict(),
        "listing": None if here else str(found.listing_id),
        "picture": found.id,
    }


def _others(picture_id: int, listing: Listing) -> Sequence[Row[Any]]:
    recent = (
        select(Listing.id)
        .where(
            Listing.seller_id == listing.seller_id,
            Listing.practice == listing.practice,
            Listing.retired_at.is_(None),
        )
        .order_by(Listing.changed_at.desc(), Listing.id.desc())
        .limit(LISTINGS)
    )
    return db.session.execute(
        select(
            Picture.id, Picture.listing_id, Picture.file_name, Picture.facts["look"].label("look")
        )
        .where(Picture.listing_id.in_(recent), Picture.state == "ready", Picture.id != picture_id)
        .order_by(Picture.id.desc())
        .limit(PICTURES)
    ).all()


def is_alike(one: Mapping[str, Any], other: Mapping[str, Any], most: float) -> bool:
    if not one.get("hash") or not other.get("hash"):
        return False
    if (int(one["hash"], 16) ^ int(other["hash"], 16)).bit_count() > most:
        return False
    fields = zip(bytes.fromhex(one["colours"]), bytes.fromhex(other["colours"]), strict=True)
    return all(abs(a - b) <= COLOUR for a, b in fields)
