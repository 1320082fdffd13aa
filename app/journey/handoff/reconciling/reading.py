"""What we say of each listing, as the targets are told it, and what of it is on its way."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.database import db
from app.journey.handoff import payload
from app.journey.handoff.models import Delivery
from app.journey.handoff.reconciling.comparing import OurItem, OurListing
from app.listings.lifecycle import LIVE_STATES
from app.listings.models import Item, Listing, Version

PAGE = 500
OPEN = ("waiting", "due")
STUCK = ("parked", "refused")
NO_DIGESTS: dict[str, Any] = {"product": "", "items": {}}
Subjects = dict[int, set[tuple[str, int]]]


def live_after(cursor: int) -> list[int]:
    """The next listings with approved items, PAGE at most."""
    live = select(Item.listing_id).where(
        Item.approved_version_id.is_not(None), Item.listing_id > cursor
    )
    return list(db.session.scalars(live.distinct().order_by(Item.listing_id).limit(PAGE)))


def ours(target: str, listing_ids: Collection[int], asked_at: datetime) -> dict[int, OurListing]:
    """Those of *listing_ids* that have approved items, as they stand now.

    Busy is what is open for *target*, or was answered after *asked_at*; stuck what it refused.
    """
    versions = _versions(listing_ids)
    digests = _digests(target, versions)
    items: dict[int, dict[int, OurItem]] = {}
    for item, version in _items(listing_ids):
        known = digests.get(item.listing_id, NO_DIGESTS)["items"].get(str(item.id), "")
        items.setdefault(item.listing_id, {})[item.id] = _item(item, version, known)
    busy, stuck = _on_their_way(target, listing_ids, asked_at)
    return {
        number: OurListing(
            number,
            versions[number],
            digests.get(number, NO_DIGESTS)["product"],
            items[number],
            busy.get(number, set()),
            stuck.get(number, set()),
        )
        for number in sorted(items.keys() & versions.keys())
    }


def _versions(listing_ids: Collection[int]) -> dict[int, int]:
    """The newest approved version of each, by the number that targets know it by."""
    rows = db.session.execute(
        select(Version.listing_id, (Version.no + Listing.version_lead).label("told"))
        .ext(distinct_on(Version.listing_id))
        .join(Listing, Listing.id == Version.listing_id)
        .where(Version.listing_id.in_(listing_ids), Version.state.in_(LIVE_STATES))
        .order_by(Version.listing_id, Version.no.desc())
    )
    return {row.listing_id: row.told for row in rows}


def _digests(target: str, versions: Mapping[int, int]) -> dict[int, dict[str, Any]]:
    """Of what the target was sent as these versions, by listing, where that is on record."""
    rows = db.session.execute(
        select(Delivery.listing_id, Delivery.digests).where(
            Delivery.target == target,
            Delivery.subject == "product",
            tuple_(Delivery.subject_id, Delivery.revision).in_(versions.items()),
            Delivery.digests.is_not(None),
        )
    )
    return {row.listing_id: row.digests for row in rows}


def _items(listing_ids: Collection[int]) -> Sequence[Row[Item, int]]:
    """Each with the number of its version as targets are told it."""
    return db.session.execute(
        select(Item, Version.no + Listing.version_lead)
        .join(Version, Version.id == Item.approved_version_id)
        .join(Listing, Listing.id == Item.listing_id)
        .where(Item.listing_id.in_(listing_ids))
        .order_by(Item.id)
        .execution_options(populate_existing=True)
    ).all()


def _item(item: Item, version: int, digest: str) -> OurItem:
    # By the payloads' own functions: what is compared is what would be sent.
    offer, sale = payload.offer(item)["offer"], payload.sale(item)["sale"]
    return OurItem(
        item_id=item.id,
        told=item.sale != "retired",
        version=version,
        digest=digest,
        price=offer["price"],
        list_price=offer["list_price"],
        offer_revision=offer["revision"],
        sale=sale["state"],
        sale_revision=sale["revision"],
        count=item.stock.count or 0,
        stock_revision=item.stock.revision,
    )


def _on_their_way(
    target: str, listing_ids: Collection[int], asked_at: datetime
) -> tuple[Subjects, Subjects]:
    """What is busy and what is stuck, by listing."""
    about = (Delivery.target == target, Delivery.listing_id.in_(listing_ids))
    subject = (Delivery.listing_id, Delivery.subject, Delivery.subject_id)
    newest = (
        select(*subject, Delivery.state, Delivery.answered_at)
        .ext(distinct_on(Delivery.subject, Delivery.subject_id))
        .where(*about, Delivery.subject != "stock")
        .order_by(Delivery.subject, Delivery.subject_id, Delivery.revision.desc())
    )
    # Each amount of stock is a fact of its own: any that is open counts.
    amounts = select(*subject).where(
        *about,
        Delivery.subject == "stock",
        (Delivery.state.in_(OPEN)) | (Delivery.answered_at > asked_at),
    )
    busy: Subjects = {}
    stuck: Subjects = {}
    for listing_id, kind, number, state, answered_at in db.session.execute(newest):
        late = answered_at is not None and answered_at > asked_at
        if state in OPEN or late:
            busy.setdefault(listing_id, set()).add((kind, number))
        elif state in STUCK:
            stuck.setdefault(listing_id, set()).add((kind, number))
    for listing_id, kind, number in db.session.execute(amounts):
        busy.setdefault(listing_id, set()).add((kind, number))
    return busy, stuck
