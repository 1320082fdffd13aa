"""How far drafts are, many at a time: by what is kept where it still holds, else judged now."""

from collections.abc import Mapping, Sequence

from sqlalchemy import delete, select

from app.core.clock import today
from app.core.database import db
from app.journey.drafting.keeping import Mark, Standing, keep, marks_of, standing_of
from app.journey.drafting.models import DraftFindings
from app.listings.events import VersionSubmitted
from app.listings.models import Version
from app.listings.neighbours import with_neighbours
from app.listings.queries import contents_of
from app.taxonomy import queries as taxonomy
from app.validation.engine import findings as check

# What is judged for one page, in items; the rest waits for the next look.
ITEMS_AT_ONCE = 400


def standings(drafts: Sequence[Version]) -> dict[int, Standing]:
    """The standing of each draft by its id, in the order given; what is judged for it is kept.

    Of those that nobody has judged yet as many are judged as have ITEMS_AT_ONCE items in all, one
    at least; the rest is left out. So a page that is looked at again knows more each time.
    """
    if not drafts:
        return {}
    marks = marks_of(drafts)
    known = _known(drafts, marks)
    unknown = [draft for draft in drafts if draft.id not in known]
    return known | _judged(_as_many(unknown, marks), marks)


def forget(event: VersionSubmitted) -> None:
    """What was submitted is no draft any more."""
    db.session.execute(delete(DraftFindings).where(DraftFindings.listing_id == event.listing_id))


def _known(drafts: Sequence[Version], marks: Mapping[int, Mark]) -> dict[int, Standing]:
    rows = db.session.execute(
        select(
            DraftFindings.listing_id,
            DraftFindings.ground,
            DraftFindings.parts,
            DraftFindings.blocking,
            DraftFindings.advising,
            DraftFindings.score,
            DraftFindings.first,
        ).where(DraftFindings.listing_id.in_([draft.listing_id for draft in drafts]))
    )
    ids = {draft.listing_id: draft.id for draft in drafts}
    known = {}
    for listing_id, ground, parts, blocking, advising, score, first in rows:
        mark = marks[ids[listing_id]]
        if (mark.ground, mark.parts) == (ground, parts):
            known[ids[listing_id]] = Standing(blocking, advising, score, first)
    return known


def _as_many(drafts: Sequence[Version], marks: Mapping[int, Mark]) -> list[Version]:
    most = ITEMS_AT_ONCE
    chosen: list[Version] = []
    for draft in drafts:
        items = marks[draft.id].items
        if items <= most or not chosen:
            most -= items
            chosen.append(draft)
    return chosen


def _judged(drafts: Sequence[Version], marks: Mapping[int, Mark]) -> dict[int, Standing]:
    contents = contents_of(drafts) if drafts else {}
    categories = taxonomy.categories(draft.listing.category_code for draft in drafts)
    found = {}
    # In one order, so that two pages that keep the same drafts do not wait for each other.
    for draft in sorted(drafts, key=lambda each: each.listing_id):
        content = with_neighbours(draft.listing, contents[draft.id])
        findings = check(content, categories[draft.listing.category_code], today())
        keep(draft, marks[draft.id], content["neighbours"], findings)
        found[draft.id] = standing_of(findings)
    return found
