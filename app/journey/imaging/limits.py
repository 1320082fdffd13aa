"""The limits one listing's pictures keep to: the settings', made narrower by the category."""

from app.core.errors import NotFound
from app.journey.imaging.measured import Limits
from app.listings.models import Listing
from app.settings import settings
from app.taxonomy.definitions import PictureRules
from app.taxonomy.queries import category


def limits_of(listing: Listing) -> Limits:
    """What each file must keep to."""
    ours = settings()
    rules = _rules(listing)
    return Limits(
        max_bytes=ours.picture_max_bytes,
        max_pixels=ours.picture_max_pixels,
        min_side=rules.min_side,
        max_side=min(rules.max_side, ours.picture_max_side),
        rules=rules,
    )


def most_pictures(listing: Listing) -> int:
    """How many pictures the listing may have, the representative included."""
    return _rules(listing).max_count


def _rules(listing: Listing) -> PictureRules:
    ours = settings()
    own = PictureRules(
        min_side=ours.picture_min_side,
        max_side=ours.picture_max_side,
        max_count=ours.pictures_per_listing,
    )
    try:
        return category(listing.category_code).pictures or own
    except NotFound:
        return own
