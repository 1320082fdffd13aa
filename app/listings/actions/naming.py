"""Keeps the keys by which a seller's nearly equal names are found (`validation/alike.py`)."""

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.database import db
from app.listings.models import Listing, NameKey, Version, VersionPart
from app.validation.alike import keys

BATCH = 1_000
_INSERT = text(
    "INSERT INTO name_key (seller_id, key, listing_id) SELECT * FROM unnest("
    "CAST(:sellers AS bigint[]), CAST(:keys AS bigint[]), CAST(:listings AS bigint[]))"
)


def note_name(listing: Listing, name: object) -> None:
    """Note that the newest text of *listing* calls the product *name* ('' for nothing yet)."""
    forget_name(listing.id)
    _write(_rows(listing.id, listing.seller_id, name))


def forget_name(listing_id: int) -> None:
    """A listing that was put away, or whose name is about to be noted, has no keys."""
    db.session.execute(delete(NameKey).where(NameKey.listing_id == listing_id))


def note_missing_names() -> int:
    """Keys for listings that have none: those from before there were keys. Answers how many."""
    known = select(NameKey.listing_id).where(NameKey.listing_id == Listing.id).exists()
    name = VersionPart.content["name"]["ko"].astext
    newest = (
        select(Listing.id, Listing.seller_id, name.label("name"))
        .join(Version, Version.listing_id == Listing.id)
        .join(VersionPart, (VersionPart.version_id == Version.id) & VersionPart.item_id.is_(None))
        .where(~known, Listing.retired_at.is_(None), name != "")
        .order_by(Listing.id, Version.no.desc())
        .ext(distinct_on(Listing.id))
    )
    done = 0
    for batch in db.session.execute(newest).partitions(BATCH):
        _write([row for each in batch for row in _rows(*each)])
        done += len(batch)
    return done


def _rows(listing_id: int, seller_id: int, name: object) -> list[tuple[int, int, int]]:
    told = name if isinstance(name, str) else ""
    return [(seller_id, key, listing_id) for key in keys(told)]


def _write(rows: list[tuple[int, int, int]]) -> None:
    """One statement, however many rows."""
    if rows:
        sellers, numbers, listings = map(list, zip(*rows, strict=True))
        values = {"sellers": sellers, "keys": numbers, "listings": listings}
        db.session.execute(_INSERT, values)
