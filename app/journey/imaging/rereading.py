"""What a picture measures stays; what it comes to changes with category and neighbours."""

from sqlalchemy import select

from app.core.database import db
from app.journey.imaging.checks import longest_side
from app.journey.imaging.likeness import with_twin
from app.journey.imaging.limits import limits_of
from app.journey.imaging.measured import Limits
from app.journey.imaging.queries import draft_pictures
from app.journey.imaging.verdict import Verdict, read_anew
from app.listings.actions import look_again, record_picture_read_anew
from app.listings.events import CategoryChanged, PicturesChosen
from app.listings.models import Listing, Picture
from app.listings.queries import open_version


def by_another_category(event: CategoryChanged) -> None:
    """Hold every picture of the listing to the limits of its new category.

    Where they decide whether it can be used at all, it is processed again; else its numbers do.
    What no category could use stays as it is, and what a worker has is judged anew by the worker
    (`actions.settle`).
    """
    limits = limits_of(db.session.get_one(Listing, event.listing_id))
    kept = select(Picture).where(Picture.listing_id == event.listing_id).order_by(Picture.id)
    # Locked whatever their state: a verdict that is just being written is waited for.
    locked = kept.with_for_update().execution_options(populate_existing=True)
    for picture in db.session.scalars(locked).all():
        if picture.state == "received" or (picture.state == "refused" and not _by_limits(picture)):
            continue
        verdict = _verdict(picture, limits) if picture.state == "ready" else None
        if verdict is None or verdict.code:
            look_again(picture)
        else:
            record_picture_read_anew(picture.id, verdict.facts)


def compare_anew(event: PicturesChosen) -> None:
    """Look again for the likes of those that came back, and of those whose like may have gone."""
    shown = [
        each for each in draft_pictures(open_version(event.listing_id)) if each.state == "ready"
    ]
    limits = limits_of(db.session.get_one(Listing, event.listing_id))
    for picture in shown:
        if not (picture.id in event.came or (event.went and _had_a_twin(picture))):
            continue
        verdict = _verdict(picture, limits)
        if not verdict.code:
            record_picture_read_anew(picture.id, verdict.facts)


def _verdict(picture: Picture, limits: Limits) -> Verdict:
    verdict = read_anew(picture.facts, limits)
    return verdict if verdict.code else with_twin(picture.id, verdict, limits)


def _by_limits(picture: Picture) -> bool:
    """Whether a refused picture is refused for what one category asks and another may not."""
    return (
        bool(picture.facts.get("renditions"))
        or picture.facts.get("code") == longest_side.CHECK.code
    )


def _had_a_twin(picture: Picture) -> bool:
    rows = picture.facts.get("rows") or []
    return any(row["code"] == "picture-alike" and not row["ok"] for row in rows)
