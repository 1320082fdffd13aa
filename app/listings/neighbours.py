"""The seller's own other listings that a draft may be a twin of: same barcode, SKU or name.

A handful of index probes, however many listings the seller has. What is found is handed to the
rules as `content["neighbours"]`, so that they stay without a database:

    {"names": [{"listing": 7, "name": {"ko": ..., "en": ...}}], "gtins": {"<14 digits>": {...}},
     "skus": {"<sku>": {...}}}
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import distinct_on

from app.core.database import db
from app.listings.content import Content, read
from app.listings.models import GTIN14, Item, Listing, Version, VersionPart
from app.validation.alike import exact_keys, near_keys
from app.validation.gtin import LENGTHS, digits_of

# Alike in all words but one is telling only where few are: else it is how the seller names goods.
NEAR_MOST = 3
NAMES_SHOWN = 3
# Of one barcode, everybody's: goods that hundreds of sellers list are looked through so far.
GTIN_READ = 200
_NONE: Content = {"names": [], "gtins": {}, "skus": {}}

Neighbour = dict[str, Any]

# Written out: each is asked at every save, and the planner must see the index's own expression.
_SHARING = text(
    f"""
    SELECT wanted.key, other.listing_id
      FROM unnest(CAST(:keys AS bigint[])) AS wanted(key)
     CROSS JOIN LATERAL (
           SELECT listing_id FROM name_key
            WHERE seller_id = :seller AND name_key.key = wanted.key AND listing_id <> :listing
            ORDER BY listing_id DESC LIMIT {NEAR_MOST + 1}) AS other
    """  # noqa: S608 - a number of our own
)
_WITH_GTIN = text(
    f"""
    SELECT wanted.gtin, other.listing_id
      FROM unnest(CAST(:gtins AS text[])) AS wanted(gtin)
     CROSS JOIN LATERAL (
           SELECT item.listing_id
             FROM (SELECT item_id, version_id FROM version_part
                    WHERE {GTIN14} = wanted.gtin AND (content ->> 'gtin') <> ''
                    LIMIT {GTIN_READ}) AS part
             JOIN item ON item.id = part.item_id
             JOIN version ON version.id = part.version_id
            WHERE item.seller_id = :seller AND item.listing_id <> :listing
              AND item.sale <> 'retired'
              AND (item.approved_version_id = version.id OR version.no = (
                   SELECT max(newest.no) FROM version AS newest
                    WHERE newest.listing_id = item.listing_id))
            LIMIT 1) AS other
    """  # noqa: S608 - an expression and a number of our own
)


def with_neighbours(listing: Listing, content: Content) -> Content:
    """*content* with what stands beside it."""
    return content | {"neighbours": neighbours(listing, content)}


def neighbours(listing: Listing, content: Content) -> Content:
    """What the rules on twins compare *content* with."""
    gtins, skus = _by_gtin(listing, content), _by_sku(listing, content)
    names = _by_name(listing, str(read(content, "product.name.ko") or ""))
    ids = {*gtins.values(), *skus.values(), *names}
    if not ids:
        return _NONE
    told = _told(ids)
    return {
        "names": [told[i] for i in names if i in told][:NAMES_SHOWN],
        "gtins": {gtin: told[i] for gtin, i in gtins.items() if i in told},
        "skus": {sku: told[i] for sku, i in skus.items() if i in told},
    }


def _by_name(listing: Listing, name: str) -> list[int]:
    """Listings called the same first, then those that differ in one word, newest first."""
    exact, near = exact_keys(name), near_keys(name)
    if not exact and not near:
        return []
    sharing: dict[int, list[int]] = {}
    wanted = {"keys": [*exact, *near], "seller": listing.seller_id, "listing": listing.id}
    for key, other in db.session.execute(_SHARING, wanted):
        sharing.setdefault(key, []).append(other)
    same = {other for key in exact for other in sharing.get(key, ())}
    few = [sharing[key] for key in near if key in sharing and len(sharing[key]) <= NEAR_MOST]
    alike = {other for others in few for other in others} - same
    return [*sorted(same, reverse=True), *sorted(alike, reverse=True)]


def _by_gtin(listing: Listing, content: Content) -> dict[str, int]:
    typed = (digits_of(str(item.get("gtin") or "")) for item in content.get("items") or ())
    gtins = {digits.zfill(14) for digits in typed if digits and len(digits) in LENGTHS}
    if not gtins:
        return {}
    wanted = {"gtins": sorted(gtins), "seller": listing.seller_id, "listing": listing.id}
    rows = db.session.execute(_WITH_GTIN, wanted)
    return {row[0]: row[1] for row in rows}


def _by_sku(listing: Listing, content: Content) -> dict[str, int]:
    wanted = {
        str(typed)
        for item in content.get("items") or ()
        if (typed := read(item, "typed.sku")) and isinstance(typed, str)
    }
    if not wanted:
        return {}
    rows = db.session.execute(
        select(Item.sku, Item.listing_id).where(
            Item.seller_id == listing.seller_id,
            Item.sku.in_(wanted),
            Item.sku != "",
            Item.sale != "retired",
            Item.listing_id != listing.id,
        )
    )
    return {row[0]: row[1] for row in rows}


def _told(ids: Iterable[int]) -> dict[int, Neighbour]:
    """The listings that are still there, by id, with their newest names."""
    rows = db.session.execute(
        select(Listing.id, VersionPart.content["name"])
        .join(Version, Version.listing_id == Listing.id)
        .join(VersionPart, (VersionPart.version_id == Version.id) & VersionPart.item_id.is_(None))
        .where(
            Listing.id.in_(list(ids)),
            Listing.retired_at.is_(None),
            (Version.state != "withdrawn") | Version.submitted_at.is_not(None),
        )
        .order_by(Listing.id, Version.no.desc())
        .ext(distinct_on(Listing.id))
    )
    return {i: {"listing": i, "name": _name(name)} for i, name in rows}


def _name(name: Any) -> dict[str, str]:
    known = name if isinstance(name, dict) else {}
    ko, en = str(known.get("ko") or ""), str(known.get("en") or "")
    return {"ko": ko or en or "-", "en": en or ko or "-"}
