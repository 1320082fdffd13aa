"""The seller's own other listings that a draft may be a twin of: same barcode, SKU or name.

A handful of index probes, however many listings the seller has. What is found is handed to the
rules as `content["neighbours"]`, so that they stay without a database:

    {"names": [{"listing": 7, "name": {"ko": ..., "en": ...}}], "gtins": {"<14 digits>": {...}},
     "skus": {"<sku>": {...}}}
"""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, column, func, literal_column, select, true, values
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.types import BigInteger

from app.core.database import db
from app.listings.content import Content, read
from app.listings.models import GTIN14, Item, Listing, NameKey, Version, VersionPart
from app.validation.alike import exact_keys, near_keys
from app.validation.gtin import LENGTHS, digits_of

# Alike in all words but one is telling only where few are: else it is how the seller names goods.
NEAR_MOST = 3
NAMES_SHOWN = 3
_NONE: Content = {"names": [], "gtins": {}, "skus": {}}

Neighbour = dict[str, Any]


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
    exact = _sharing(listing, exact_keys(name))
    near = {
        k: ids for k, ids in _sharing(listing, near_keys(name)).items() if len(ids) <= NEAR_MOST
    }
    alike = [sorted({i for ids in found.values() for i in ids}) for found in (exact, near)]
    return list(dict.fromkeys(i for ids in alike for i in reversed(ids)))


def _sharing(listing: Listing, keys: Iterable[int]) -> dict[int, list[int]]:
    wanted = [(key,) for key in keys]
    if not wanted:
        return {}
    key = values(column("key", BigInteger), name="wanted").data(wanted)
    one = (
        select(NameKey.listing_id)
        .where(
            NameKey.seller_id == listing.seller_id,
            NameKey.key == key.c.key,
            NameKey.listing_id != listing.id,
        )
        .order_by(NameKey.listing_id.desc())
        .limit(NEAR_MOST + 1)
        .lateral()
    )
    found: dict[int, list[int]] = {}
    for value, other in db.session.execute(select(key.c.key, one.c.listing_id).join(one, true())):
        found.setdefault(value, []).append(other)
    return found


def _by_gtin(listing: Listing, content: Content) -> dict[str, int]:
    typed = (digits_of(str(item.get("gtin") or "")) for item in content.get("items") or ())
    wanted = {digits.zfill(14) for digits in typed if digits and len(digits) in LENGTHS}
    if not wanted:
        return {}
    newest = (
        select(func.max(Version.no))
        .where(Version.listing_id == Item.listing_id)
        .correlate(Item)
        .scalar_subquery()
    )
    gtin: ColumnElement[str] = literal_column(GTIN14)
    rows = db.session.execute(
        select(gtin, Item.listing_id)
        .select_from(VersionPart)
        .join(Item, Item.id == VersionPart.item_id)
        .join(Version, Version.id == VersionPart.version_id)
        .where(
            gtin.in_(wanted),
            literal_column("(content ->> 'gtin') <> ''"),
            Item.seller_id == listing.seller_id,
            Item.listing_id != listing.id,
            Item.sale != "retired",
            (Version.no == newest) | (Item.approved_version_id == Version.id),
        )
        .limit(len(wanted) * 10)
    )
    return dict(rows.tuples().all())


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
    return dict(rows.tuples().all())


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
