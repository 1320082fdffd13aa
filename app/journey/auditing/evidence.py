"""What a deed was done on, read from the listing's rows as they are in the deed's transaction."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select

from app.core.database import db
from app.journey.auditing.canonical import digest
from app.listings.models import Document, Finding, Item, Picture, Version, VersionPart
from app.listings.queries import content_of
from app.taxonomy.queries import category_by_version

PRODUCT = "product"
# What is kept of a finding.
FINDING = (Finding.code, Finding.path, Finding.severity, Finding.source, Finding.params)


def named(version: Version) -> dict[str, Any]:
    """Which version: `{"id", "no"}`."""
    return {"id": version.id, "no": version.no}


def frozen(version: Version) -> dict[str, Any]:
    """Everything a submitted version is judged by.

    `content` is the whole of it as rules read it; `parts` is the digest of each stored part by item
    number (`product` for the product's own), by which a later change of the rows is found; `files`
    are the SHA-256 of the listing's pictures and of the documents that the version refers to.
    """
    category = category_by_version(version.category_version_id or 0)
    content = content_of(version)
    return {
        "version": named(version),
        "submitted_at": version.submitted_at,
        "rules_as_of": version.rules_as_of,
        "category": {
            "code": category.code,
            "no": category.no,
            "version_id": version.category_version_id,
        },
        "content": content,
        "parts": part_digests(version.id),
        "files": {
            "pictures": _pictures(version.listing_id),
            "documents": _documents(content["product"].get("documents") or {}),
        },
        "findings": findings(version.id, "rule", "picture"),
    }


def part_digests(version_id: int) -> dict[str, str]:
    """The digest of each part of a version as it is stored, by item number or `product`."""
    rows = db.session.execute(
        select(VersionPart.item_id, VersionPart.content).where(VersionPart.version_id == version_id)
    )
    return {
        PRODUCT if item_id is None else str(item_id): digest(content) for item_id, content in rows
    }


def findings(version_id: int, *sources: str) -> list[dict[str, Any]]:
    """What these sources have against the version, as it is stored."""
    rows = db.session.execute(
        select(*FINDING)
        .where(Finding.version_id == version_id, Finding.source.in_(sources))
        .order_by(Finding.id)
    )
    return [dict(row._mapping) for row in rows]


def outcome(version: Version) -> list[dict[str, Any]]:
    """What became of each item: its verdict, its sale state, and which version it now shows."""
    rows = db.session.execute(
        select(
            Item.id.label("item"), Item.sku, VersionPart.verdict, Item.sale,
            Item.approved_version_id.label("shows"),
        )
        .join(VersionPart, VersionPart.item_id == Item.id)
        .where(VersionPart.version_id == version.id)
        .order_by(Item.position, Item.id)
    )  # fmt: skip
    return [dict(row._mapping) for row in rows]


def _pictures(listing_id: int) -> dict[str, str]:
    rows = select(Picture.id, Picture.sha256).where(Picture.listing_id == listing_id)
    return {str(number): key for number, key in db.session.execute(rows)}


def _documents(given: Mapping[str, int]) -> dict[str, str]:
    if not given:
        return {}
    rows = select(Document.id, Document.sha256).where(Document.id.in_(given.values()))
    return {str(number): key for number, key in db.session.execute(rows)}
