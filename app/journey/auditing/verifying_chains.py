"""Chains walked entry by entry, and submitted versions held against what was recorded of them."""

from collections.abc import Iterator

from sqlalchemy import Row, String, cast, select

from app.core.database import db
from app.journey.auditing import queries
from app.journey.auditing.canonical import NOTHING_BEFORE, entry_hash
from app.journey.auditing.evidence import PRODUCT, part_digests
from app.journey.auditing.models import AuditEntry
from app.journey.auditing.problem import Counts, Problem
from app.listings.models import Version

VERSIONS_A_PAGE = 500


def problems(counts: Counts, listing_id: int | None = None) -> Iterator[Problem]:
    """Every problem of the chains, or of a listing's."""
    before: Row | None = None
    for entry in queries.entries(listing_id):
        if before is None or before.listing_id != entry.listing_id:
            before = None
            counts.listings += 1
        counts.entries += 1
        yield from _place(before, entry)
        yield from _content(counts, entry)
        before = entry
    yield from _not_on_record(listing_id)


def _place(before: Row | None, entry: Row) -> Iterator[Problem]:
    """Whether an entry follows the one before it."""
    where = f"listing {entry.listing_id}"
    expected = before.no + 1 if before else 1
    if entry.no > expected:
        gone = f"no {expected}" if entry.no == expected + 1 else f"no {expected} to {entry.no - 1}"
        yield Problem("gap", f"{where}: {gone} missing")
    elif entry.previous != (before.hash if before else NOTHING_BEFORE):
        follows = f"no {before.no} as it stands" if before else "nothing, as a first one does"
        yield Problem("broken-link", f"{where}: no {entry.no} does not follow {follows}")


def _content(counts: Counts, entry: Row) -> Iterator[Problem]:
    """Whether an entry is what its hash was made of; and the version that it freezes."""
    made = entry_hash(
        entry.listing_id, entry.no, entry.at, entry.who, entry.role, entry.event, entry.body,
        entry.previous,
    )  # fmt: skip
    if made != entry.hash:
        yield Problem("changed", f"listing {entry.listing_id}: no {entry.no} ({entry.event})")
    elif entry.event == "submitted":
        counts.versions += 1
        yield from _version(entry)


def _version(entry: Row) -> Iterator[Problem]:
    version, recorded = entry.body.get("version") or {}, entry.body.get("parts") or {}
    stored = part_digests(version.get("id") or 0)
    for part in sorted({*recorded, *stored}):
        if recorded.get(part) == stored.get(part):
            continue
        what = "the product" if part == PRODUCT else f"item {part}"
        yield Problem(
            "version-differs",
            f"listing {entry.listing_id}: what is stored of {what} in version {version.get('no')}"
            f" is not what was submitted (no {entry.no})",
        )


def _not_on_record(listing_id: int | None) -> Iterator[Problem]:
    """Versions submitted since there is a trail that it does not tell of."""
    recorded = select(AuditEntry.id).where(
        AuditEntry.listing_id == Version.listing_id,
        AuditEntry.event == "submitted",
        # As text: what stands there may be anything if somebody was at it.
        AuditEntry.body["version"]["id"].as_string() == cast(Version.id, String),
    )
    begun = select(AuditEntry.at).order_by(AuditEntry.id).limit(1).scalar_subquery()
    lost = select(Version.id, Version.listing_id, Version.no).where(
        Version.submitted_at > begun, ~recorded.exists()
    )
    if listing_id is not None:
        lost = lost.where(Version.listing_id == listing_id)
    for row in db.session.execute(
        lost.order_by(Version.listing_id, Version.no),
        execution_options={"yield_per": VERSIONS_A_PAGE},
    ):
        yield Problem(
            "not-on-record",
            f"listing {row.listing_id}: version {row.no} was submitted, and no entry says so",
        )
