"""What was found against drafts is kept with a mark of all it depends on, and believed by that."""

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, literal, select
from sqlalchemy.dialects.postgresql import aggregate_order_by, insert

import app.taxonomy
import app.validation
from app.core.clock import today
from app.core.database import db
from app.journey.drafting.models import DraftFindings
from app.listings.models import Item, Offer, Picture, Stock, Version, VersionPart
from app.taxonomy import queries as taxonomy
from app.validation.finding import Finding
from app.validation.quality import score


@dataclass(frozen=True)
class Mark:
    """By what a draft is judged: its parts as they are saved, and the ground beside them.

    Read it before the content: what is kept by it is then never believed of a later content.
    """

    ground: str
    parts: str
    items: int


@dataclass(frozen=True)
class Standing:
    """How far a text is: what stops it, what would better it, its score, its first problem's path.

    Whether another listing is called the same may have changed since; drafts themselves tell.
    """

    blocking: int
    advising: int
    score: int
    first: str


def standing_of(findings: Sequence[Finding]) -> Standing:
    """What lists say of *findings*."""
    blocking = [finding for finding in findings if finding.severity == "blocks"]
    first = next(iter([*blocking, *findings]), None)
    return Standing(
        blocking=len(blocking),
        advising=len(findings) - len(blocking),
        score=score(findings),
        first=first.path if first else "",
    )


def marks_of(versions: Sequence[Version]) -> dict[int, Mark]:
    """The mark of each version by its id, in three queries and one a category."""
    day = today()
    categories = taxonomy.categories((v.listing.category_code for v in versions), day)
    listings = [version.listing_id for version in versions]
    numbers, pictures = _numbers(listings), _pictures(listings)
    parts = _parts([version.id for version in versions])
    return {
        version.id: Mark(
            ground=_ground(
                version,
                categories[version.listing.category_code].version_id,
                day,
                numbers.get(version.listing_id, (None, None, None)),
                pictures.get(version.listing_id),
            ),
            parts=":".join(map(str, parts[version.id])),
            items=parts[version.id][0] - 1,
        )
        for version in versions
    }


def after_save(version: Version, mark: Mark) -> Mark:
    """The mark after a save: other parts, on the ground that the rest was judged by before it."""
    parts = _parts([version.id])[version.id]
    return replace(mark, parts=":".join(map(str, parts)), items=parts[0] - 1)


def keep(version: Version, mark: Mark, beside: Any, findings: Sequence[Finding]) -> None:
    """Keep what was found for whoever finds the same mark; *beside* is what stood beside it."""
    standing = standing_of(findings)
    values: dict[str, Any] = {
        "ground": mark.ground,
        "parts": mark.parts,
        "findings": {"beside": digest(beside), "found": [asdict(each) for each in findings]},
        **asdict(standing),
    }
    given = {"listing_id": version.listing_id, "seller_id": version.listing.seller_id} | values
    statement = insert(DraftFindings).values(**given)
    db.session.execute(statement.on_conflict_do_update(index_elements=["listing_id"], set_=values))


def digest(told: Any) -> str:
    """A short name of *told*."""
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _parts(version_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """Changes with every save, and with every item that comes or goes."""
    rows = db.session.execute(
        select(
            VersionPart.version_id,
            func.count(),
            func.sum(VersionPart.revision),
            func.max(VersionPart.id),
        )
        .where(VersionPart.version_id.in_(version_ids))
        .group_by(VersionPart.version_id)
    )
    return {version_id: (count, revisions, last) for version_id, count, revisions, last in rows}


def _numbers(listing_ids: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    rows = db.session.execute(
        select(
            Item.listing_id,
            func.sum(Offer.revision),
            func.sum(Stock.revision),
            func.sum(Item.sale_revision),
        )
        .join(Offer, Offer.item_id == Item.id)
        .join(Stock, Stock.item_id == Item.id)
        .where(Item.listing_id.in_(listing_ids))
        .group_by(Item.listing_id)
    )
    return {listing_id: (offers, stocks, sales) for listing_id, offers, stocks, sales in rows}


def _pictures(listing_ids: Sequence[int]) -> dict[int, str]:
    state = func.concat(Picture.id, Picture.state)
    rows = db.session.execute(
        select(
            Picture.listing_id,
            func.string_agg(state, aggregate_order_by(literal(","), Picture.id)).label("states"),
        )
        .where(Picture.listing_id.in_(listing_ids))
        .group_by(Picture.listing_id)
    )
    return {row.listing_id: row.states for row in rows}


def _ground(
    version: Version,
    category_version: int,
    day: date,
    numbers: tuple[int | None, ...],
    pictures: str | None,
) -> str:
    """All that the findings depend on beside the parts: rules, category, day, offers, pictures."""
    return digest((version.id, category_version, day, _code(), *numbers, pictures))


@cache
def _code() -> str:
    """Names the rules of this process: another release may find other things."""
    told = hashlib.sha256()
    for package in (app.validation, app.taxonomy):
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            told.update(file.read_bytes())
    return told.hexdigest()
