from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.core.unit_of_work import record, unit_of_work
from app.journey.handoff import tasks, wire
from app.listings.events import VersionApproved
from app.listings.queries import live_version
from app.settings import settings
from tests.factories import handoff as made


@pytest.fixture
def receivers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, made.Receiver]]:
    """Both neighbours, played by receivers that can be told to misbehave."""
    own = settings()
    both = {
        "catalogue": made.Receiver(own.catalogue_secret),
        "orders": made.Receiver(own.orders_secret),
    }
    for code, receiver in both.items():
        monkeypatch.setenv(f"{code}_url".upper(), receiver.url)
    settings.cache_clear()
    yield both
    monkeypatch.undo()
    settings.cache_clear()
    for receiver in both.values():
        receiver.stop()


@pytest.fixture
def catalogue(receivers: dict[str, made.Receiver]) -> made.Receiver:
    return receivers["catalogue"]


@pytest.fixture
def orders(receivers: dict[str, made.Receiver]) -> made.Receiver:
    return receivers["orders"]


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task goes on until nothing is due, however slow the machine is."""
    monkeypatch.setattr(tasks, "BUSY_SECONDS", 120)


@contextmanager
def impatient() -> Iterator[None]:
    """Less than a second where twenty are allowed: around an exchange that is too slow, alone."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "READ_SECONDS", 0.3)
        patch.setattr(wire, "TOTAL_SECONDS", 0.8)
        yield


@pytest.fixture
def approve(session: Any) -> Callable[..., int]:
    """Makes a listing and says that its version was approved; answers the listing's id."""

    def approve(**given: Any) -> int:
        listing = made.approved_listing(**given)
        version = live_version(listing.id)
        listing_id, version_id = listing.id, version.id
        session.commit()
        with unit_of_work():
            record(VersionApproved(listing_id, version_id))
        return listing_id

    return approve
