"""Rules soon to bite: what would block a seller's listings on a later day and does not today.

What is on sale stays as it is until it is edited; then, and for every draft, the rules of that
day hold. Where no rule and no category changes until then, no content is read.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core.database import db
from app.listings.lifecycle import JUDGED_STATES
from app.listings.models import Listing, Version
from app.listings.queries import contents_of
from app.taxonomy import queries as taxonomy
from app.validation.engine import biting
from app.validation.finding import Finding
from app.validation.rule import RULES

# Newest first; a seller with more learns of the rest as these are mended.
MOST_LISTINGS = 500
_READ = ("draft", *JUDGED_STATES)


@dataclass(frozen=True)
class Bite:
    """A finding that will block the newest text of a listing from *day* on."""

    listing_id: int
    name: dict[str, str]
    finding: Finding
    day: date | None


def soon_to_bite(seller_id: int, on: date, until: date, most: int = MOST_LISTINGS) -> list[Bite]:
    """What will block the seller's listings by the day *until*, by listing, newest first."""
    rules_change = any(rule.blocks_on(until) and not rule.blocks_on(on) for rule in RULES)
    moving = taxonomy.begin_between(on, until)
    if not rules_change and not moving:
        return []
    pairs = _newest(seller_id, most, None if rules_change else moving)
    codes = {listing.category_code for listing, _ in pairs}
    now, later = taxonomy.categories(codes, on), taxonomy.categories(codes, until)
    contents = contents_of([version for _, version in pairs])
    found = []
    for listing, version in pairs:
        code, content = listing.category_code, contents[version.id]
        for finding in biting(content, now[code], on, until, later[code]):
            name = content["product"].get("name") or {}
            found.append(Bite(listing.id, name, finding, _day(finding)))
    return found


def _newest(
    seller_id: int, most: int, codes: Collection[str] | None
) -> list[tuple[Listing, Version]]:
    """Newest first, of these categories or of all."""
    newest = (
        select(Version.id)
        .where(Version.listing_id == Listing.id)
        .order_by(Version.no.desc())
        .limit(1)
        .correlate(Listing)
        .scalar_subquery()
    )
    query = (
        select(Listing, Version)
        .join(Version, Version.id == newest)
        .where(
            Listing.seller_id == seller_id,
            Listing.retired_at.is_(None),
            Version.state.in_(_READ),
        )
        .order_by(Listing.changed_at.desc(), Listing.id.desc())
        .limit(most)
    )
    if codes is not None:
        query = query.where(Listing.category_code.in_(codes))
    return [(listing, version) for listing, version in db.session.execute(query)]


def _day(finding: Finding) -> date | None:
    """The day its rule begins to block; None where a category's new version does it."""
    rule = RULES.load().get(finding.code)
    return (rule.enforced_from or rule.since) if rule else None
