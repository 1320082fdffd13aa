"""A listing whose draft takes pictures, and the ways a test sends and processes them."""

import io
from typing import Any

from flask.testing import FlaskClient

from app.accounts.models import Seller
from app.core.unit_of_work import unit_of_work
from app.journey.imaging.panel import panel_of
from app.listings.actions import start_listing
from app.listings.models import Listing, Picture
from tests.factories import people


def listing(seller: Seller | None = None, category: str = "no-such-category") -> Listing:
    """A listing with an empty draft; its category leaves the settings' limits in force."""
    owner = seller or people.seller()
    with unit_of_work():
        return start_listing(owner.id, category, people.owner_of(owner).id)


def send(client: FlaskClient, to: Listing, *files: tuple[str, bytes], **headers: str) -> Any:
    """Post files (name, bytes) as the form does; `htmx=yes` asks as the script does."""
    asked = {"HX-Request": "true", "HX-Request-Type": "partial"} if headers else {}
    return client.post(
        f"/listings/{to.id}/pictures",
        data={"pictures": [(io.BytesIO(data), name) for name, data in files]},
        headers=asked,
    )


def pictures(of: Listing) -> list[Picture]:
    """The draft's pictures in order."""
    return panel_of(of).pictures
