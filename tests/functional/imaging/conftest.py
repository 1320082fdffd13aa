"""Pictures are kept in a storage of the test's own."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.core.storage import DirectoryStorage
from app.journey.imaging import store as place
from app.listings.models import Listing
from app.settings import settings
from tests.factories import listings_with_pictures as make
from tests.factories import people


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[DirectoryStorage]:
    """The storage of this test: its root is set as `STORAGE_PATH` would."""
    before = settings().storage_path
    object.__setattr__(settings(), "storage_path", tmp_path / "storage")
    yield place.store()  # type: ignore[misc]
    object.__setattr__(settings(), "storage_path", before)


@pytest.fixture
def listing(session: Any, kept: DirectoryStorage) -> Listing:
    return make.listing(people.seller())


@pytest.fixture
def seller(client: FlaskClient, listing: Listing, session: Any) -> FlaskClient:
    """The client, signed in as the listing's owner."""
    from app.accounts.models import Seller

    return people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
