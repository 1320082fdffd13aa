"""What the plans for many listings are made from, read in a few queries however many they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.database import db
from app.core.words import Words
from app.listings.content import Content
from app.listings.lifecycle import LIVE_STATES
from app.listings.models import Listing, Version
from app.listings.queries import contents_of
from app.surfaces.seller.rows import name_in, newest_of, products_of
from app.taxonomy import queries as taxonomy
from app.taxonomy.definitions import Category
from app.validation.fields import options_label

_SINGLE = Words("단일 품목", "Single item")


@dataclass(frozen=True)
class Subject:
    """A listing, its newest version and the one on sale, each with its content.

    `category` is what it is today, `sold_under` what it was for the version on sale.
    """

    listing: Listing
    category: Category
    newest: Version
    live: Version | None
    written: Content
    on_sale: Content | None
    sold_under: Category | None

    @property
    def name(self) -> Words:
        """What the newest text calls it."""
        return name_in(self.written["product"])

    @property
    def drafted(self) -> bool:
        """Whether its newest version is being written."""
        return self.newest.state == "draft"

    @property
    def live_items(self) -> list[dict[str, Any]]:
        """The items that were approved and may still be sold."""
        return [item for item in (self.on_sale or {}).get("items", ()) if item["live"]]

    @property
    def draft_items(self) -> list[dict[str, Any]]:
        """The items of the draft that nobody has approved yet and that are not switched off."""
        items = self.written["items"] if self.drafted else ()
        return [item for item in items if not item["live"] and not item["off"]]

    def item_name(self, item: dict[str, Any], content: Content) -> Words:
        """The item's option, else its code."""
        option = options_label(item, self.category, content)
        sku = Words(item["sku"], item["sku"])
        return option if option.ko else (sku if sku.ko else _SINGLE)


def subjects_of(
    seller_id: int, listing_ids: Sequence[int], with_items: bool = True
) -> list[Subject]:
    """The seller's own of these listings that are not put away, in the order given.

    Without their items where nothing is asked of these.
    """
    found = db.session.scalars(
        select(Listing).where(
            Listing.id.in_(listing_ids),
            Listing.seller_id == seller_id,
            Listing.retired_at.is_(None),
        )
    )
    listings = {listing.id: listing for listing in found}
    newest, live = newest_of(list(listings)), _live_of(list(listings))
    versions = {v.id: v for v in [*newest.values(), *live.values()]}
    contents = _contents(list(versions.values()), with_items)
    categories = taxonomy.categories(listing.category_code for listing in listings.values())
    submitted = {v.category_version_id for v in live.values() if v.category_version_id}
    then = {number: taxonomy.category_by_version(number) for number in submitted}
    return [
        Subject(
            listing=listings[number],
            category=categories[listings[number].category_code],
            newest=newest[number],
            live=live.get(number),
            written=contents[newest[number].id],
            on_sale=contents[live[number].id] if number in live else None,
            sold_under=then.get(live[number].category_version_id or 0) if number in live else None,
        )
        for number in dict.fromkeys(listing_ids)
        if number in listings
    ]


def _live_of(listing_ids: Sequence[int]) -> dict[int, Version]:
    rows = db.session.scalars(
        select(Version)
        .where(Version.listing_id.in_(listing_ids), Version.state.in_(LIVE_STATES))
        .order_by(Version.listing_id, Version.no.desc())
        .ext(distinct_on(Version.listing_id))
    )
    return {version.listing_id: version for version in rows}


def _contents(versions: Sequence[Version], with_items: bool) -> dict[int, Content]:
    if with_items:
        return contents_of(versions) if versions else {}
    products = products_of([version.id for version in versions])
    return {number: {"product": product, "items": []} for number, product in products.items()}
