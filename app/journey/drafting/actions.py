"""The verb that makes the items which a draft's options ask for."""

from app.journey.drafting.combining import plan
from app.listings.actions import PartSave, Step, add_items, refuse_too_many, save_parts
from app.listings.locks import locked_draft
from app.listings.models import Version
from app.listings.queries import content_of, parts_of
from app.taxonomy import queries as taxonomy


def combine(version: Version, who: int | None) -> int | None:
    """Make the combinations that are missing; items that nobody has named yet are named first.

    Answers the first of these; None, and nothing made, where nothing is missing or some option has
    no values. `Conflict` beyond the most a listing can have, with the number it would be.
    """
    locked_draft(version.id)
    wished = plan(content_of(version), taxonomy.category(version.listing.category_code))
    if wished is None or not wished.missing:
        return None
    if not wished.fits:
        refuse_too_many(wished.total)
    parts = parts_of(version)
    named = list(zip(wished.blank, wished.missing, strict=False))
    save_parts(
        version.id,
        [
            PartSave(parts[item_id][0], {f"options.{code}": v for code, v in values.items()})
            for item_id, values in named
        ],
        Step(who),
    )
    made = add_items(version.id, [{"options": each} for each in wished.missing[len(named) :]], who)
    return named[0][0] if named else made[0].id
