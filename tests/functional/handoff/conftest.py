import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import text
from werkzeug.serving import make_server

from app.core.migration import upgrade
from app.core.unit_of_work import record, unit_of_work
from app.journey.handoff import wire
from app.listings.events import VersionApproved
from app.listings.queries import live_version
from app.receivers.catalogue.application import create_app as create_catalogue
from app.receivers.catalogue.models import CatalogueBase
from app.receivers.catalogue.settings import CatalogueSettings
from app.receivers.orders.application import create_app as create_orders
from app.receivers.orders.models import OrdersBase
from app.receivers.orders.settings import OrdersSettings
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


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second where ten are allowed."""
    monkeypatch.setattr(wire, "READ_SECONDS", 0.3)
    monkeypatch.setattr(wire, "TOTAL_SECONDS", 0.8)


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


def _serve(app: Any) -> tuple[Any, str]:
    server = make_server("127.0.0.1", 0, app, threaded=True)
    # Looked at often, so that ending it is not waited for.
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


@pytest.fixture
def neighbours(database: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, Any]]:
    """The real catalogue and the real order system, over HTTP, with nothing in them yet."""
    own, url = settings(), os.environ["DATABASE_URL"]
    for name in ("orders", "catalogue"):
        upgrade(name, url)
    orders = create_orders(
        OrdersSettings(database_url=url, orders_secret=own.orders_secret, onshelf_env="test")
    )
    orders_server, orders_url = _serve(orders)
    catalogue = create_catalogue(
        CatalogueSettings(
            database_url=url,
            catalogue_secret=own.catalogue_secret,
            orders_secret=own.orders_secret,
            orders_url=orders_url,
            catalogue_url="https://shop.example",
            public_url="http://localhost",
            onshelf_env="test",
        )
    )
    catalogue_server, catalogue_url = _serve(catalogue)
    for app, base in ((orders, OrdersBase), (catalogue, CatalogueBase)):
        names = ", ".join(f'"{t.schema}"."{t.name}"' for t in base.metadata.sorted_tables)
        with app.extensions["store"].engine.begin() as connection:
            connection.execute(text(f"TRUNCATE {names}"))
    monkeypatch.setenv("CATALOGUE_URL", catalogue_url)
    monkeypatch.setenv("ORDERS_URL", orders_url)
    settings.cache_clear()
    yield catalogue, orders
    monkeypatch.undo()
    settings.cache_clear()
    for server in (orders_server, catalogue_server):
        server.shutdown()
