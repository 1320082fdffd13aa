"""One line of a list of listings; how many queries the lines take does not depend on them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import joinedload

from app.core.database import db
from app.core.words import Words
from app.journey.drafting.keeping import Standing
from app.journey.drafting.standing import standings
from app.journey.review.queries import appealed_now
from app.listings.models import Finding, Listing, Picture, Version, VersionPart
from app.listings.queries import Stage, stage_of
from app.surfaces.seller.goods import Figures, Goods, figures_of, goods_of, sales_of
from app.taxonomy.queries import names_of
from app.validation.finding import Finding as Found
from app.validation.quality import BEST, weight
from app.validation.rule import Severity

_NO_NAME = Words("아직 이름 없음", "No name yet")


@dataclass(frozen=True)
class Row:
    """One line. `standing` is None where nobody knows yet, or there is nothing to say."""

    id: int
    name: Words
    category: Words
    stage: Stage
    goods: Goods
    picture_id: int | None
    # The sizes made of that picture.
    renditions: list[dict[str, Any]]
    changed_at: datetime
    drafted: bool
    standing: Standing | None


def rows_of(listings: Sequence[Listing]) -> list[Row]:
    """Lines for *listings*, in their order. What is found out of drafts for it is kept."""
    if not listings:
        return []
    newest = newest_of([listing.id for listing in listings])
    versions = [newest[listing.id] for listing in listings]
    products = products_of([version.id for version in versions])
    figures = figures_of({version.listing_id: version.id for version in versions})
    ready = _ready([first for each in products.values() if (first := _first_picture(each))])
    names = names_of({listing.category_code for listing in listings})
    standing = standing_of_all(versions)
    appealed = appealed_now([listing.id for listing in listings])
    return [
        _row(
            listing,
            version,
            products[version.id],
            figures[listing.id],
            ready,
            names[listing.category_code],
            standing.get(version.id),
            listing.id in appealed,
        )
        for listing, version in zip(listings, versions, strict=True)
    ]


def newest_of(listing_ids: Sequence[int]) -> dict[int, Version]:
    """The newest version of each listing, by listing."""
    if not listing_ids:
        return {}
    rows = db.session.scalars(
        select(Version)
        .where(Version.listing_id.in_(listing_ids))
        .order_by(Version.listing_id, Version.no.desc())
        .ext(distinct_on(Version.listing_id))
        .options(joinedload(Version.listing, innerjoin=True))
    )
    return {version.listing_id: version for version in rows}


def called(listing_ids: Sequence[int]) -> dict[int, Words]:
    """What each listing's newest text calls the product, in words for none yet."""
    newest = {version.id: number for number, version in newest_of(listing_ids).items()}
    return {newest[i]: name_in(product) for i, product in products_of(list(newest)).items()}


def standing_of_all(versions: Sequence[Version]) -> dict[int, Standing]:
    """How far each version is, by its id: drafts by the rules, the rest by what stands with it."""
    stored = [version for version in versions if version.submitted_at is not None]
    return standings([v for v in versions if v.state == "draft"]) | _stored(stored)


def _row(
    listing: Listing,
    version: Version,
    product: Mapping[str, Any],
    figures: Mapping[str, Figures],
    ready: Mapping[int, list[dict[str, Any]]],
    category: Words,
    standing: Standing | None,
    appealed: bool,
) -> Row:
    picture = _first_picture(product)
    return Row(
        id=listing.id,
        name=name_in(product),
        category=category,
        stage=stage_of(version.state, sales_of(figures), listing.retired_at is not None, appealed),
        goods=goods_of(figures),
        picture_id=picture if picture in ready else None,
        renditions=ready.get(picture or 0, []),
        changed_at=listing.changed_at,
        drafted=version.state == "draft",
        standing=standing,
    )


def name_in(product: Mapping[str, Any]) -> Words:
    """What a product's content calls it, in words for none yet."""
    name = Words.of(product.get("name") or "")
    return name if name.ko else _NO_NAME


def products_of(version_ids: Sequence[int]) -> dict[int, dict[str, Any]]:
    """Name and pictures of each version's product, by version."""
    if not version_ids:
        return {}
    content = VersionPart.content
    rows = db.session.execute(
        select(
            VersionPart.version_id,
            content["name"].label("name"),
            content["pictures"].label("pictures"),
        ).where(VersionPart.version_id.in_(version_ids), VersionPart.item_id.is_(None))
    )
    return {version_id: {"name": name, "pictures": found} for version_id, name, found in rows}


def _first_picture(product: Mapping[str, Any]) -> int | None:
    found: int | None = next(iter(product.get("pictures") or []), None)
    return found


def _ready(picture_ids: list[int]) -> dict[int, list[dict[str, Any]]]:
    """The renditions of those that are ready."""
    chosen = select(Picture.id, Picture.facts["renditions"].label("renditions"))
    found = chosen.where(Picture.id.in_(picture_ids), Picture.state == "ready")
    return {row.id: row.renditions or [] for row in db.session.execute(found)}


def _stored(versions: Sequence[Version]) -> dict[int, Standing]:
    """What stands with submitted versions: the rules' findings, and whatever others have since."""
    rows = db.session.execute(
        select(Finding.version_id, Finding.code, Finding.severity, Finding.source, func.count())
        .where(
            Finding.version_id.in_([version.id for version in versions]),
            Finding.cleared_at.is_(None),
        )
        .group_by(Finding.version_id, Finding.code, Finding.severity, Finding.source)
    )
    found: dict[int, list[tuple[Found, int]]] = {version.id: [] for version in versions}
    for version_id, code, severity, source, times in rows:
        found[version_id].append((Found(code, "", cast(Severity, severity), source=source), times))
    return {version_id: _of_many(each) for version_id, each in found.items()}


def _of_many(found: Sequence[tuple[Found, int]]) -> Standing:
    blocking = sum(times for finding, times in found if finding.severity == "blocks")
    total = sum(times for _, times in found)
    off = sum(weight(finding) * times for finding, times in found)
    return Standing(blocking, total - blocking, max(0, BEST - off), "")
