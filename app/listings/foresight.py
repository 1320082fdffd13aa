"""Rules soon to bite: what would block a seller's listings on a later day and does not today.

What is on sale stays as it is until it is edited; then, and for every draft, the rules of that
day hold. Where no rule and no category changes until then, no content is read.
"""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from app.core.database import db
from app.listings.models import Listing, Version
from app.listings.queries import contents_of
from app.taxonomy import queries as taxonomy
from app.validation.engine import biting
from app.validation.finding import Finding
from app.validation.rule import RULES

# Newest first; a seller with more learns of the rest as these are mended.
MOST_LISTINGS = 500
_READ = ("draft", "approved", "partly_approved", "changes_requested", "rejected")


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
    pairs = _newest(seller_id, most)
    codes = {listing.category_code for listing, _ in pairs}
    now = {code: taxonomy.category(code, on) for code in codes}
    later = {code: taxonomy.category(code, until) for code in codes}
    moved = {code for code in codes if now[code].version_id != later[code].version_id}
    pairs = [pair for pair in pairs if rules_change or pair[0].category_code in moved]
    contents = contents_of([version for _, version in pairs])
    found = []
    for listing, version in pairs:
        code, content = listing.category_code, contents[version.id]
        for finding in biting(content, now[code], on, until, later[code]):
            name = content["product"].get("name") or {}
            found.append(Bite(listing.id, name, finding, _day(finding)))
    return found


def _newest(seller_id: int, most: int) -> list[tuple[Listing, Version]]:
    newest = (
        select(Version.id)
        .where(Version.listing_id == Listing.id)
        .order_by(Version.no.desc())
        .limit(1)
        .correlate(Listing)
        .scalar_subquery()
    )
    rows = db.session.execute(
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
    return [(listing, version) for listing, version in rows]


def _day(finding: Finding) -> date | None:
    """The day its rule begins to block; None where a category's new version does it."""
    rule = RULES.load().get(finding.code)
    return (rule.enforced_from or rule.since) if rule else None
