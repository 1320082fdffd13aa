"""The limits one listing's pictures keep to: the settings', made narrower by the category."""

from app.journey.imaging.measured import Limits
from app.listings.models import Listing
from app.settings import settings


def limits_of(listing: Listing) -> Limits:
    """What each file must keep to."""
    ours = settings()
    return Limits(
        max_bytes=ours.picture_max_bytes,
        max_pixels=ours.picture_max_pixels,
        min_side=ours.picture_min_side,
        max_side=ours.picture_max_side,
    )


def most_pictures(listing: Listing) -> int:
    """How many pictures the listing may have, the representative included."""
    return settings().pictures_per_listing
