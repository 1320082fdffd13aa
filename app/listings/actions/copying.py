"""A new listing from one that is there: the next colour, the same but for a word."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from app.core.clock import database_now
from app.core.database import db
from app.core.unit_of_work import record
from app.listings.actions.itemising import new_items
from app.listings.actions.naming import note_name
from app.listings.actions.submitting import in_hand
from app.listings.actions.timeline import note
from app.listings.content import Content, read, written
from app.listings.events import ListingStarted, PictureReceived
from app.listings.models import Listing, Offer, Picture, TimelineEntry, Version, VersionPart
from app.listings.queries import items_of, name_of, part_of, product_part
from app.validation.field_table import COPY_MARKS, NAME_LENGTH
from app.validation.picture_texts import FOLDER as TEXTS

# A second click within this is no wish for a second copy.
DOUBLE_CLICK = timedelta(seconds=10)
# What names one item of one listing, or counts what is on the shelf.
_ITS_OWN = ("gtin", "typed.sku", "typed.stock")


def copy_listing(listing_id: int, who: int | None) -> Listing:
    """A draft with what the seller last had in hand of the listing: same category, same answers.

    Names say that it is a copy; the items keep options and prices, and have no SKU, barcode or
    stock. Pictures refer to the same stored files; documents do not come along. Answers the new
    listing.
    """
    source = db.session.get_one(Listing, listing_id)
    version = in_hand(listing_id)
    made = Listing(
        seller_id=source.seller_id, category_code=source.category_code, practice=source.practice
    )
    db.session.add(made)
    db.session.flush()
    fresh = Version(listing_id=made.id, no=1, state="draft", created_by=who)
    db.session.add(fresh)
    db.session.flush()
    pictures = _copy_pictures(version, made, who)
    product = _marked(_with_pictures(product_part(version).content, pictures))
    product = _with_texts(product, pictures)
    # A certificate is of one product: the copy's own are given anew.
    product = written(product, "documents", None)
    db.session.add(VersionPart(version_id=fresh.id, item_id=None, content=product))
    note_name(made, read(product, "name.ko"))
    _copy_items(version, made, fresh, pictures)
    note(made.id, "copied", who, "seller", source=source.id, name=_called(version))
    record(ListingStarted(made.id))
    return made


def copied_just_now(listing_id: int, who: int | None) -> Listing | None:
    """The copy that the same person made of it a moment ago; others wait for the answer."""
    source = db.session.get_one(Listing, listing_id, with_for_update={"key_share": True})
    # A value, not a clock: only so is it looked for by the index of what changed last.
    since = db.session.scalar(select(database_now() - DOUBLE_CLICK))
    return db.session.scalar(
        select(Listing)
        .join(TimelineEntry, TimelineEntry.listing_id == Listing.id)
        .where(
            Listing.seller_id == source.seller_id,
            Listing.retired_at.is_(None),
            Listing.changed_at > since,
            Listing.created_at > since,
            TimelineEntry.event == "copied",
            TimelineEntry.who == who,
            TimelineEntry.detail["source"].as_integer() == listing_id,
        )
        .order_by(Listing.id.desc())
        .limit(1)
    )


def _copy_pictures(version: Version, made: Listing, who: int | None) -> dict[Any, int]:
    """Rows of the new listing for the pictures that *version* shows: new id by old."""
    wanted = {number for part in version.parts for number in part.content.get("pictures") or []}
    numbers = [number for number in wanted if isinstance(number, int)]
    rows = db.session.scalars(
        select(Picture)
        .where(Picture.listing_id == version.listing_id, Picture.id.in_(numbers))
        .order_by(Picture.id)
    ).all()
    copies = {
        row.id: Picture(
            listing_id=made.id,
            sha256=row.sha256,
            file_name=row.file_name,
            edits=row.edits,
            state=row.state,
            facts=row.facts,
            created_by=who,
        )
        for row in rows
    }
    db.session.add_all(copies.values())
    db.session.flush()
    for copy in copies.values():
        if copy.state == "received":
            record(PictureReceived(made.id, copy.id))
    return {old: copy.id for old, copy in copies.items()}


def _copy_items(version: Version, made: Listing, fresh: Version, pictures: dict[Any, int]) -> None:
    originals = items_of(version)
    contents = [_item(part_of(version, item.id).content, pictures) for item in originals]
    copies = new_items(made, fresh, contents or [{}])
    # Read at once: a new item asks for its own offer, each by itself.
    rows = db.session.scalars(select(Offer).where(Offer.item_id.in_([each.id for each in copies])))
    offers = {offer.item_id: offer for offer in rows}
    for copy, original in zip(copies, originals, strict=False):
        offer, like = offers[copy.id], original.offer
        offer.price, offer.list_price = like.price, like.list_price


def _item(content: Content, pictures: dict[Any, int]) -> Content:
    for path in _ITS_OWN:
        content = written(content, path, None) if read(content, path) is not None else content
    return _with_pictures(content, pictures)


def _with_pictures(content: Content, pictures: dict[Any, int]) -> Content:
    """*content* with its pictures by their new ids; a name that is no picture stays as typed."""
    chosen = content.get("pictures")
    if not isinstance(chosen, list):
        return dict(content)
    return {**content, "pictures": [pictures.get(each, each) for each in chosen]}


def _with_texts(product: Content, pictures: dict[Any, int]) -> Content:
    """*product* with the texts of the copied pictures by their new ids."""
    texts = product.get(TEXTS) or {}
    kept = {str(pictures[int(old)]): text for old, text in texts.items() if int(old) in pictures}
    return {**product, TEXTS: kept} if texts else product


def _marked(product: Content) -> Content:
    """The names with the mark of a copy, within the length that a name may have."""
    for language, mark in COPY_MARKS.items():
        name = str(read(product, f"name.{language}") or "")
        if name and not name.endswith(mark):
            name = f"{name[: NAME_LENGTH - len(mark) - 1].rstrip()} {mark}"
            product = written(product, f"name.{language}", name)
    return product


def _called(version: Version) -> dict[str, str]:
    name = name_of(version)
    ko, en = name["ko"] or name["en"] or "-", name["en"] or name["ko"] or "-"
    return {"ko": ko, "en": en}
