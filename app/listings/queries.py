"""Reading listings. Whoever asks for a seller's listing asks here, so that tenancy is one line."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.util import identity_key

from app.core.database import db
from app.core.errors import NotFound
from app.listings.lifecycle import JUDGED_STATES, LIVE_STATES, OPEN_STATES, RETURNED_STATES
from app.listings.models import (
    Document,
    Finding,
    Item,
    Listing,
    Offer,
    Picture,
    Placement,
    Stock,
    TimelineEntry,
    Version,
    VersionPart,
)


def listing_of(seller_id: int | None, listing_id: int) -> Listing:
    """The seller's own listing; `NotFound` for another's, whatever it is."""
    listing = db.session.scalar(
        select(Listing).where(Listing.id == listing_id, Listing.seller_id == seller_id)
    )
    if listing is None:
        raise NotFound()
    return listing


def newest_version(listing_id: int) -> Version:
    """The version with the highest number."""
    return db.session.scalars(
        select(Version).where(Version.listing_id == listing_id).order_by(Version.no.desc()).limit(1)
    ).one()


def open_version(listing_id: int) -> Version:
    """The draft or submitted version; `NotFound` when there is none."""
    version = db.session.scalar(
        select(Version).where(Version.listing_id == listing_id, Version.state.in_(OPEN_STATES))
    )
    if version is None:
        raise NotFound()
    return version


def live_version(listing_id: int) -> Version | None:
    """The newest approved version: what is on sale of the product's text."""
    return db.session.scalar(
        select(Version)
        .where(Version.listing_id == listing_id, Version.state.in_(LIVE_STATES))
        .order_by(Version.no.desc())
        .limit(1)
    )


def product_part(version: Version) -> VersionPart:
    """The part that holds the product's own content."""
    return next(part for part in version.parts if part.item_id is None)


def part_of(version: Version, item_id: int | None) -> VersionPart:
    """The part of one item (or of the product); `NotFound` when the version has none."""
    part = next((p for p in version.parts if p.item_id == item_id), None)
    if part is None:
        raise NotFound()
    return part


def items_of(version: Version) -> list[Item]:
    """The items that a version speaks of, in the seller's order."""
    ids = [part.item_id for part in version.parts if part.item_id is not None]
    return list(
        db.session.scalars(
            select(Item)
            .where(Item.id.in_(ids), Item.sale != "retired")
            .options(joinedload(Item.offer), joinedload(Item.stock))
            .order_by(Item.position, Item.id)
        )
    )


def sold_items(version: Version) -> list[Item]:
    """Those of them that the version means to sell: the ones not switched off."""
    off = {part.item_id for part in version.parts if part.content.get("off")}
    return [item for item in items_of(version) if item.id not in off]


def pictures_of(listing_id: int) -> dict[int, Picture]:
    """Every picture of the listing by id."""
    rows = db.session.scalars(select(Picture).where(Picture.listing_id == listing_id))
    return {picture.id: picture for picture in rows}


def pictures_in(version: Version) -> list[Picture]:
    """The pictures that the version refers to, in its order.

    Of one transaction, they are read once: for what was submitted, whose pictures stay as they are.
    """
    ids = product_part(version).content.get("pictures") or []
    known = {each: db.session.identity_map.get(identity_key(Picture, each)) for each in ids}
    missing = [each for each, picture in known.items() if picture is None]
    if missing:
        rows = db.session.scalars(select(Picture).where(Picture.id.in_(missing)))
        known |= {picture.id: picture for picture in rows}
    found = (known[each] for each in ids)
    return [one for one in found if one and one.listing_id == version.listing_id]


def documents_of(listing_id: int) -> dict[int, Document]:
    """Every document that was ever given to the listing, by id."""
    rows = db.session.scalars(select(Document).where(Document.listing_id == listing_id))
    return {document.id: document for document in rows}


def document_of(listing_id: int, document_id: int) -> Document:
    """One of the documents that were given to the listing, in a version or not. `NotFound`."""
    found = db.session.get(Document, document_id)
    if found is None or found.listing_id != listing_id:
        raise NotFound()
    return found


def document_ids(version: Version) -> set[int]:
    """The documents that the version refers to."""
    return {*(product_content(version).get("documents") or {}).values()}


def content_of(version: Version) -> dict[str, Any]:
    """The whole content as rules, previews and payloads read it (see docs/architecture.md).

    Columns, not objects: a listing of two hundred items is read at every autosave.
    """
    return {
        "product": product_content(version),
        "items": [_item_content(row) for row in db.session.execute(_item_rows(version.id))],
        "pictures": {
            str(p.id): _picture_content(p) for p in pictures_of(version.listing_id).values()
        },
    }


def product_content(version: Version) -> dict[str, Any]:
    """The product's own content."""
    found = db.session.scalar(
        select(VersionPart.content).where(
            VersionPart.version_id == version.id, VersionPart.item_id.is_(None)
        )
    )
    return found or {}


def contents_of(versions: Sequence[Version]) -> dict[int, dict[str, Any]]:
    """The same for many versions of different listings by version id, in three queries."""
    ids = [version.id for version in versions]
    wanted = select(VersionPart.version_id, VersionPart.content).where(
        VersionPart.version_id.in_(ids), VersionPart.item_id.is_(None)
    )
    products = {row.version_id: row.content for row in db.session.execute(wanted)}
    items: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in db.session.execute(_item_rows(*ids)):
        items[row.version_id].append(_item_content(row))
    pictures: dict[int, list[Picture]] = defaultdict(list)
    listings = [version.listing_id for version in versions]
    for picture in db.session.scalars(select(Picture).where(Picture.listing_id.in_(listings))):
        pictures[picture.listing_id].append(picture)
    return {
        version.id: {
            "product": products.get(version.id, {}),
            "items": items[version.id],
            "pictures": {str(p.id): _picture_content(p) for p in pictures[version.listing_id]},
        }
        for version in versions
    }


def _picture_content(picture: Picture) -> dict[str, Any]:
    return {"state": picture.state, "facts": picture.facts, "file_name": picture.file_name}


def _item_rows(*version_ids: int) -> Any:
    return (
        select(
            VersionPart.version_id, VersionPart.content, Item.id, Item.sku, Offer.price,
            Offer.list_price, Stock.count.label("stock"), Item.approved_version_id,
        )
        .join(Item, Item.id == VersionPart.item_id)
        .join(Offer, Offer.item_id == Item.id)
        .join(Stock, Stock.item_id == Item.id)
        .where(VersionPart.version_id.in_(version_ids), Item.sale != "retired")
        .order_by(Item.position, Item.id)
    )  # fmt: skip


def _item_content(row: Any) -> dict[str, Any]:
    return {
        "options": {},
        "off": False,
        "gtin": "",
        "gtin_reason": "",
        "typed": {},
        **row.content,
        "id": row.id,
        "sku": row.sku,
        "price": row.price,
        "list_price": row.list_price,
        "stock": row.stock,
        "live": row.approved_version_id is not None,
    }


def parts_of(version: Version) -> dict[int | None, tuple[int, int]]:
    """Each part's id and revision, by its item; the product's is None's."""
    rows = db.session.execute(
        select(VersionPart.item_id, VersionPart.id, VersionPart.revision).where(
            VersionPart.version_id == version.id
        )
    )
    return {row.item_id: (row.id, row.revision) for row in rows}


def name_of(version: Version) -> dict[str, str]:
    """The product's name in both languages, '' where there is none yet."""
    name = product_part(version).content.get("name") or {}
    return {"ko": name.get("ko") or "", "en": name.get("en") or ""}


def reviewer_findings(version: Version) -> list[Finding]:
    """What the reviewer had against the version before, ticked or not: the seller's checklist."""
    source = judged_before(version) if version.state == "draft" else version.id
    if source is None:
        return []
    return list(
        db.session.scalars(
            select(Finding)
            .where(Finding.version_id == source, Finding.source.in_(("reviewer", "receiver")))
            .order_by(Finding.id)
        )
    )


def judged_versions(listing_id: int) -> Select[Version]:
    """Those of the listing that were decided, the newest first."""
    judged = select(Version).where(
        Version.listing_id == listing_id, Version.state.in_(JUDGED_STATES)
    )
    return judged.order_by(Version.no.desc())


def judged_before(version: Version) -> int | None:
    """The judged version that a draft goes back to, past what was withdrawn in between.

    After an edit was thrown away that may be an older one than was judged last.
    """
    before = db.session.get(Version, version.based_on) if version.based_on else None
    while before is not None and before.state == "withdrawn":
        before = db.session.get(Version, before.based_on) if before.based_on else None
    return before.id if before else None


def timeline_of(listing_id: int) -> Sequence[TimelineEntry]:
    """Every step, newest first."""
    return db.session.scalars(
        select(TimelineEntry)
        .where(TimelineEntry.listing_id == listing_id)
        .order_by(TimelineEntry.id.desc())
    ).all()


def has_approved_item(listing_id: int) -> bool:
    """Whether anything of the listing was ever approved."""
    return bool(
        db.session.scalar(
            select(Item.id)
            .where(Item.listing_id == listing_id, Item.approved_version_id.is_not(None))
            .limit(1)
        )
    )


def placements_of(item_ids: Sequence[int]) -> dict[tuple[int, str], Placement]:
    """What each target has of each item, by (item, target)."""
    rows = db.session.scalars(select(Placement).where(Placement.item_id.in_(item_ids)))
    return {(row.item_id, row.target): row for row in rows}


@dataclass(frozen=True)
class Stage:
    """Where a listing stands: badge codes of `web` vocabulary and whose turn it is.

    Whether a submitted version is being read just now is the review station's to add.
    """

    live: str | None
    edit: str | None
    turn: str


def stage(listing: Listing, appealed: bool = False) -> Stage:
    """The listing's stage, from its rows and from whether an appeal waits, which review knows."""
    newest = max(listing.versions, key=lambda version: version.no)
    sales = [item.sale for item in listing.items if item.approved_version_id is not None]
    return stage_of(newest.state, sales, listing.retired_at is not None, appealed)


def stage_of(
    newest_state: str, sales: Collection[str], retired: bool = False, appealed: bool = False
) -> Stage:
    """The same from the newest version's state and the sale states of the approved items."""
    live = _live_badge(sales)
    if retired:
        return Stage(live="retired", edit=None, turn="none")
    turn = "seller" if newest_state in ("draft", *RETURNED_STATES) else "none"
    if newest_state == "withdrawn" and live is None:
        turn = "seller"
    if newest_state == "submitted":
        turn = "reviewer"
    # An edit begun since, and thrown away or withdrawn again, takes nothing from the appeal.
    if newest_state in ("rejected", "withdrawn") and appealed:
        return Stage(live=live, edit="appeal", turn="reviewer")
    return Stage(live=live, edit=_edit_badge(newest_state, live is not None), turn=turn)


def _live_badge(sales: Collection[str]) -> str | None:
    for sale, badge in (("on", "on"), ("paused", "paused"), ("recalled", "recalled")):
        if sale in sales:
            return badge
    return "retired" if sales else None


_EDIT_BADGES = {
    "draft": "draft",
    "submitted": "submitted",
    "rejected": "rejected",
    "changes_requested": "changes-requested",
    "withdrawn": "withdrawn",
    "approved": "approved",
    "partly_approved": "partly-approved",
}


def _edit_badge(newest_state: str, live: bool) -> str | None:
    if live and newest_state in ("approved", "withdrawn"):
        return None
    return _EDIT_BADGES[newest_state]
