"""What the pictures of a listing look like to its seller just now, for pages of any station."""

from dataclasses import dataclass
from typing import Any

from app.core.errors import NotFound
from app.journey.imaging.arrivals.queries import Shown, shown
from app.journey.imaging.limits import limits_of, most_pictures
from app.journey.imaging.measured import Limits
from app.journey.imaging.queries import draft_pictures, unused
from app.journey.imaging.texts import Saved, Texts, texts_of
from app.listings.models import Listing, Picture, Version
from app.listings.queries import newest_version, open_version, product_part, reviewer_findings
from app.listings.remarks import Remark, remark_of
from app.settings import settings
from app.validation.pictures import open_rows

# Of pictures that are not in use so many are shown.
UNUSED_MOST = 30


@dataclass(frozen=True)
class Panel:
    """The pictures in their order, whether they may be changed, and the limits they keep to."""

    listing_id: int
    pictures: list[Picture]
    editable: bool
    limits: Limits
    most: int
    # What the reviewer had against a picture, by its id.
    remarks: dict[int, list[Remark]]
    # Readings of the checks that do not fit, by its id: the first is asked more than the others.
    told: dict[int, list[dict[str, Any]]]
    archive_bytes: int
    # Archives and web addresses that pictures come, or did not come, from.
    arrivals: list[Shown]
    texts: Texts
    # Ready pictures of the listing that the draft leaves out, and how many there are of them.
    unused: list[Picture]
    unused_count: int

    @property
    def busy(self) -> bool:
        """Whether any picture still waits for its verdict, or is to come: the page asks again."""
        waiting = any(picture.state == "received" for picture in self.pictures)
        return waiting or any(arrival.waiting for arrival in self.arrivals)

    @property
    def ready(self) -> int:
        """How many can be used."""
        return sum(picture.state == "ready" for picture in self.pictures)


def panel_of(listing: Listing, saved: Saved | None = None) -> Panel:
    """The panel of the draft, or of the newest version when there is no draft.

    *saved* is what was just done to the texts of a picture.
    """
    version = _shown(listing.id)
    pictures = draft_pictures(version)
    editable = version.state == "draft"
    left, left_count = unused(version, UNUSED_MOST) if editable else ([], 0)
    return Panel(
        listing_id=listing.id,
        pictures=pictures,
        editable=editable,
        limits=limits_of(listing),
        most=most_pictures(listing),
        remarks=_remarks(version),
        told={each.id: _told(each, place == 0) for place, each in enumerate(pictures)},
        archive_bytes=settings().archive_max_bytes,
        arrivals=shown(listing.id),
        texts=texts_of(product_part(version), pictures, listing.category_code, saved),
        unused=left,
        unused_count=left_count,
    )


def _told(picture: Picture, first: bool) -> list[dict[str, Any]]:
    return open_rows({"state": picture.state, "facts": picture.facts}, first)


def _remarks(version: Version) -> dict[int, list[Remark]]:
    found: dict[int, list[Remark]] = {}
    for remark in map(remark_of, reviewer_findings(version)):
        kind, number, *_ = [*remark.path.split("."), ""]
        if kind in ("pictures", "picture_texts") and number.isdigit():
            found.setdefault(int(number), []).append(remark)
    return found


def _shown(listing_id: int) -> Version:
    try:
        return open_version(listing_id)
    except NotFound:
        return newest_version(listing_id)
