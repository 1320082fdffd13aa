"""A listing that takes pictures, and its seller."""

from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.listings.models import Listing
from tests.factories import listings_with_pictures as make
from tests.factories import people


@pytest.fixture
def listing(session: Any, kept: DirectoryStorage) -> Listing:
    return make.listing(people.seller())


@pytest.fixture
def seller(client: FlaskClient, listing: Listing, session: Any) -> FlaskClient:
    """The client, signed in as the listing's owner."""
    from app.accounts.models import Seller

    return people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
