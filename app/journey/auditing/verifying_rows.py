"""What the product's own rows say was done, held against what the entries say, both ways.

Whoever takes entries away, or adds some, and makes all hashes anew, has these rows to reckon with
as well; and so has whoever changes the rows.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select

from app.core.database import db
from app.journey.auditing import queries
from app.journey.auditing.canonical import plain
from app.journey.auditing.evidence import FINDING
from app.journey.auditing.models import AuditEntry
from app.journey.auditing.problem import Problem
from app.journey.auditing.told import Deed, Told, VersionTold
from app.journey.auditing.verifying_cases import case_problems
from app.journey.auditing.verifying_steps import step_problems, steps_of
from app.listings.models import Document, Finding, Picture, Version, VersionPart

# The cases of these listings, as `review_case` has them: they are another station's.
Cases = Callable[[Sequence[int]], Iterable[Row]]
VERSIONS_A_PAGE = 500
NO_TALE = VersionTold()


@dataclass
class Stored:
    """The rows of a listing that its entries speak of."""

    versions: dict[int, Row] = field(default_factory=dict)
    cases: dict[int, Row] = field(default_factory=dict)
    # By version: what rules and pictures, and what reviewers have against it; verdicts by item.
    findings: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    reasons: dict[int, list[Any]] = field(default_factory=lambda: defaultdict(list))
    verdicts: dict[int, dict[int | None, str | None]] = field(
        default_factory=lambda: defaultdict(dict)
    )
    files: dict[str, dict[str, str]] = field(default_factory=lambda: defaultdict(dict))


def problems(listings: Sequence[Told], cases: Cases) -> Iterator[Problem]:
    """Every way in which the rows of these listings are not what their entries say."""
    began = queries.began()
    numbers = [told.listing_id for told in listings]
    stored, steps = _stored(numbers, cases), steps_of(numbers)
    for told in listings:
        if not told.whole:
            continue
        rows = stored[told.listing_id]
        try:
            found = list(_listing(told, rows, began))
        except (KeyError, TypeError, AttributeError):
            where = f"listing {told.listing_id}"
            found = [Problem("unreadable", f"{where}: a body of its entries is of another shape")]
        yield from found
        # Where the trail knows the listing from its beginning.
        if not found and all(told.versions[number].submitted for number in rows.versions):
            yield from step_problems(told, steps[told.listing_id])


def untold(listing_id: int | None = None) -> Iterator[Problem]:
    """Versions submitted since there is a trail, of listings that it does not know at all."""
    recorded = select(AuditEntry.id).where(AuditEntry.listing_id == Version.listing_id)
    lost = select(Version.listing_id, Version.no).where(
        Version.submitted_at > queries.began(), ~recorded.exists()
    )
    if listing_id is not None:
        lost = lost.where(Version.listing_id == listing_id)
    for row in db.session.execute(
        lost.order_by(Version.listing_id, Version.no),
        execution_options={"yield_per": VERSIONS_A_PAGE},
    ):
        yield _not_submitted(f"listing {row.listing_id}: version {row.no}")


def _stored(listing_ids: Sequence[int], cases: Cases) -> Mapping[int, Stored]:
    stored: dict[int, Stored] = defaultdict(Stored)
    versions = select(Version.__table__).where(
        Version.listing_id.in_(listing_ids), Version.submitted_at.is_not(None)
    )
    of = {}
    for row in db.session.execute(versions.order_by(Version.listing_id, Version.no)):
        of[row.id] = stored[row.listing_id]
        of[row.id].versions[row.id] = row
    for row in cases(listing_ids):
        stored[row.listing_id].cases[row.id] = row
    _load_judgements(of)
    for name, table in (("pictures", Picture), ("documents", Document)):
        files = select(table.listing_id, table.id, table.sha256)
        for listing, number, sha256 in db.session.execute(
            files.where(table.listing_id.in_(listing_ids))
        ):
            stored[listing].files[name][str(number)] = sha256
    return stored


def _load_judgements(of: Mapping[int, Stored]) -> None:
    """Findings and items' verdicts of these versions."""
    findings = select(Finding.version_id, *FINDING).where(
        Finding.version_id.in_(of), Finding.source.in_(("rule", "picture", "reviewer"))
    )
    for version, *columns in db.session.execute(findings.order_by(Finding.id)):
        told = dict(zip((column.key for column in FINDING), columns, strict=True))
        kind = of[version].reasons if told["source"] == "reviewer" else of[version].findings
        kind[version].append(told)
    verdicts = select(VersionPart.version_id, VersionPart.item_id, VersionPart.verdict)
    for version, item, verdict in db.session.execute(
        verdicts.where(VersionPart.version_id.in_(of), VersionPart.item_id.is_not(None))
    ):
        of[version].verdicts[version][item] = verdict


def _listing(told: Told, stored: Stored, began: datetime) -> Iterator[Problem]:
    where = f"listing {told.listing_id}"
    judged = {case.version_id for case in stored.cases.values() if case.kind != "appeal"}
    for number, row in stored.versions.items():
        version = told.versions.get(number, NO_TALE)
        # What was submitted before there was a trail may be known to it in part.
        if version.submitted or row.submitted_at > began:
            yield from _version(f"{where}: version {row.no}", row, version, stored)
            if number not in judged:
                yield Problem("record-gone", f"{where}: version {row.no} has no case")
    for gone in sorted(told.versions.keys() - stored.versions.keys()):
        yield Problem("record-gone", f"{where}: there is no submitted version with the id {gone}")
    for number, row in stored.cases.items():
        version = told.versions.get(row.version_id, NO_TALE)
        if version.submitted or row.created_at > began:
            yield from case_problems(where, row, told.cases.get(number), version)
    for gone in sorted(told.cases.keys() - stored.cases.keys()):
        yield Problem("record-gone", f"{where}: there is no case {gone}")


def _version(where: str, row: Row, told: VersionTold, stored: Stored) -> Iterator[Problem]:
    if told.submitted is None:
        yield _not_submitted(where)
    else:
        yield from _submission(where, row, told.submitted, stored)
    if told.stands and row.state != told.stands:
        yield Problem("not-on-record", f"{where} is {row.state}; its entries say {told.stands}")
    elif told.stands:
        yield from _judgement(where, row, told, stored)


def _not_submitted(where: str) -> Problem:
    return Problem("not-on-record", f"{where} was submitted, and no entry says so")


def _submission(where: str, row: Row, deed: Deed, stored: Stored) -> Iterator[Problem]:
    """Who submitted it, when, by which rules, what they had against it, and its files."""
    is_now = {
        "no": row.no,
        "by": row.submitted_by,
        "at": row.submitted_at,
        "rules": row.rules_as_of,
        "category": row.category_version_id,
    }
    was = {
        "no": deed.body["version"].get("no"),
        "by": deed.who,
        "at": deed.body["submitted_at"],
        "rules": deed.body["rules_as_of"],
        "category": deed.body["category"].get("version_id"),
    }
    if plain(is_now) != was:
        yield _differs(where, "who submitted it, when, or by which rules", deed.no)
    if plain(stored.findings[row.id]) != plain(deed.body["findings"]):
        yield _differs(where, "what the rules had against it", deed.no)
    for kind, files in deed.body["files"].items():
        for number, sha256 in files.items():
            if stored.files[kind].get(number) != sha256:
                yield _differs(where, f"which file {kind[:-1]} {number} is", deed.no)


def _judgement(where: str, row: Row, told: VersionTold, stored: Stored) -> Iterator[Problem]:
    """What its seller was told, and the verdict of each item: nothing before one was applied."""
    deed = told.applied
    is_now = {
        "decided_at": row.decided_at,
        "note": row.note,
        "reasons": stored.reasons[row.id],
        "items": {str(item): verdict for item, verdict in stored.verdicts[row.id].items()},
    }
    was: dict[str, Any]
    if deed is None:
        was = {"decided_at": None, "note": "", "reasons": [], "items": {}}
        is_now["items"] = {item: told for item, told in is_now["items"].items() if told}
    else:
        was = {key: deed.body.get(key) for key in ("decided_at", "note", "reasons")}
        items = deed.body.get("items") or []
        was["items"] = {str(item.get("item")): item.get("verdict") for item in items}
    if plain(is_now) != plain(was):
        yield _differs(where, "what was told of its verdict", deed.no if deed else 0)


def _differs(where: str, what: str, no: int) -> Problem:
    said = f"no {no} says" if no else "its entries say"
    return Problem("record-differs", f"{where}: {what} is not what {said}")
