"""The findings of a draft, kept by revision: a save judges what it touched, not 200 items.

Called within the save's transaction, the draft locked: `known` before it, `judged` after it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.core.clock import today
from app.core.database import db
from app.journey.drafting.keeping import Mark, after_save, digest, keep, marks_of
from app.journey.drafting.models import DraftFindings
from app.listings.models import Version
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

    mark: Mark
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
    mark = marks_of([version])[version.id]
    row = db.session.get(DraftFindings, version.listing_id, populate_existing=True)
    if row is None or (row.ground, row.parts) != (mark.ground, mark.parts):
        return Known(mark, None)
    found = [Finding(**each) for each in row.findings["found"]]
    return Known(mark, found, row.findings["beside"])


def judged(version: Version, saved: list[str], before: Known) -> Judged:
    """The draft after a save of the *saved* paths; what stands against it is kept for the next."""
    category = taxonomy.category(version.listing.category_code)
    mark = after_save(version, before.mark)
    content = with_neighbours(version.listing, content_of(version))
    beside = content["neighbours"]
    moved = before.beside != digest(beside)
    if before.findings is None or moved or len(saved) > FEW_PATHS:
        found = check(content, category, today())
    else:
        others = [finding for finding in before.findings if not is_concerned(finding, saved)]
        fresh = check(content, category, today(), paths=saved) if saved else []
        found = in_order([*others, *fresh], category, content)
    if saved or moved or before.findings is None:
        keep(version, mark, beside, found)
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
