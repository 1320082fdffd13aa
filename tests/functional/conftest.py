"""What a browser does with a form: take its token along; races; a storage of the test's own."""

import os
import re
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from werkzeug.serving import make_server

from app.core.migration import upgrade
from app.core.storage import DirectoryStorage
from app.listings.store import store
from app.receivers.catalogue.application import create_app as create_catalogue
from app.receivers.catalogue.models import CatalogueBase
from app.receivers.catalogue.settings import CatalogueSettings
from app.receivers.orders.application import create_app as create_orders
from app.receivers.orders.models import OrdersBase
from app.receivers.orders.settings import OrdersSettings
from app.settings import settings

TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[DirectoryStorage]:
    """The storage of this test: its root is set as `STORAGE_PATH` would."""
    before = settings().storage_path
    object.__setattr__(settings(), "storage_path", tmp_path / "storage")
    yield store()  # type: ignore[misc]
    object.__setattr__(settings(), "storage_path", before)


@pytest.fixture
def submit(client: FlaskClient) -> Callable[..., Any]:
    """Open the page at *url* and send its form with *fields* to *url*, or to *to*."""

    def send(url: str, to: str = "", by: FlaskClient = client, **fields: str) -> Any:
        opened = by.get(url)
        assert opened.status_code == 200, opened.status
        found = TOKEN.search(opened.text)
        assert found, f"no form at {url}"
        return by.post(to or url, data={"csrf_token": found[1], **fields})

    return send


@pytest.fixture
def race(app: Flask) -> Callable[..., list[Any]]:
    """Runs all of *acts* at the same moment, each on a connection of its own.

    Answers their results in order; a refusal is a result.
    """

    def run(*acts: Callable[[], Any]) -> list[Any]:
        barrier = threading.Barrier(len(acts))
        results: list[Any] = [None] * len(acts)

        def take_part(place: int, act: Callable[[], Any]) -> None:
            with app.app_context():
                barrier.wait()
                try:
                    results[place] = act()
                except Exception as refused:
                    results[place] = refused

        threads = [threading.Thread(target=take_part, args=each) for each in enumerate(acts)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return results

    return run


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
