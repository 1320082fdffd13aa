"""The findings of a draft, kept by revision: a save judges what it touched, not 200 items.

Called within the save's transaction, the draft locked: `known` before it, `judged` after it.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
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
from app.listings.neighbours import with_neighbours
from app.listings.queries import content_of
from app.taxonomy import queries as taxonomy
from app.taxonomy.definitions import Category
from app.validation.engine import findings as check
from app.validation.engine import in_order, is_concerned
from app.validation.finding import Finding

# A save of more fields is judged as a whole: to sort out what it concerns would take longer.
FEW_PATHS = 20


@dataclass(frozen=True)
class Known:
    """What stood against the draft before a save: None where nobody knows any more."""

    ground: str
    findings: list[Finding] | None
    # What stood beside the listing then: other listings change without asking this one.
    beside: str = ""


@dataclass(frozen=True)
class Judged:
    """A draft's content and all findings; `changed` are the paths whose findings a save changed.

    None is: anything may have.
    """

    content: dict[str, Any]
    category: Category
    findings: list[Finding]
    changed: set[str] | None = None


def known(version: Version) -> Known:
    """The kept findings of the draft as it stands, if they are still true."""
    day, category = today(), taxonomy.category(version.listing.category_code)
    ground = _ground(version, category, day)
    row = db.session.get(DraftFindings, version.listing_id, populate_existing=True)
    if row is None or (row.ground, row.parts) != (ground, _parts(version)):
        return Known(ground, None)
    found = [Finding(**each) for each in row.findings["found"]]
    return Known(ground, found, row.findings["beside"])


def judged(version: Version, saved: list[str], before: Known) -> Judged:
    """The draft after a save of the *saved* paths; what stands against it is kept for the next."""
    day, category = today(), taxonomy.category(version.listing.category_code)
    parts = _parts(version)
    content = with_neighbours(version.listing, content_of(version))
    beside = _digest(content["neighbours"])
    if before.findings is None or before.beside != beside or len(saved) > FEW_PATHS:
        found = check(content, category, day)
    else:
        others = [finding for finding in before.findings if not is_concerned(finding, saved)]
        fresh = check(content, category, day, paths=saved) if saved else []
        found = in_order([*others, *fresh], category, content)
    if saved or before.beside != beside or before.findings is None:
        kept = {"beside": beside, "found": [asdict(each) for each in found]}
        _keep(version.listing_id, ground=before.ground, parts=parts, findings=kept)
    changed = None if before.findings is None else _changed(before.findings, found)
    return Judged(content, category, found, changed)


def judge(version: Version) -> Judged:
    """The version as it stands, judged as a whole."""
    category = taxonomy.category(version.listing.category_code)
    content = with_neighbours(version.listing, content_of(version))
    return Judged(content, category, check(content, category, today()))


def _changed(before: Iterable[Finding], after: Iterable[Finding]) -> set[str]:
    old = {(f.path, f.code, repr(f.params)) for f in before}
    new = {(f.path, f.code, repr(f.params)) for f in after}
    return {path for path, _, _ in old ^ new}


def _keep(listing_id: int, **values: Any) -> None:
    statement = insert(DraftFindings).values(listing_id=listing_id, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["listing_id"], set_=values))


def _parts(version: Version) -> str:
    """Changes with every save, and with every item that comes or goes."""
    row = db.session.execute(
        select(func.count(), func.sum(VersionPart.revision), func.max(VersionPart.id)).where(
            VersionPart.version_id == version.id
        )
    ).one()
    return ":".join(map(str, row))


def _ground(version: Version, category: Category, day: date) -> str:
    """All that the findings depend on beside the parts: rules, category, day, offers, pictures."""
    row = db.session.execute(
        select(func.sum(Offer.revision), func.sum(Stock.revision), func.sum(Item.sale_revision))
        .select_from(Item)
        .join(Offer, Offer.item_id == Item.id)
        .join(Stock, Stock.item_id == Item.id)
        .where(Item.listing_id == version.listing_id)
    ).one()
    state = func.concat(Picture.id, Picture.state)
    pictures = db.session.scalar(
        select(func.string_agg(state, aggregate_order_by(literal(","), Picture.id))).where(
            Picture.listing_id == version.listing_id
        )
    )
    asked = (version.id, category.version_id, day, _code(), *row, pictures)
    return _digest(asked)


def _digest(told: Any) -> str:
    return hashlib.sha256(repr(told).encode()).hexdigest()


@cache
def _code() -> str:
    """Names the rules of this process: another release may find other things."""
    told = hashlib.sha256()
    for package in (app.validation, app.taxonomy):
        for file in sorted(Path(package.__path__[0]).rglob("*.py")):
            told.update(file.read_bytes())
    return told.hexdigest()
