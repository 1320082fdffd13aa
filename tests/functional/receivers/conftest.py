"""Both receivers on the run's own PostgreSQL, in their own schemas, emptied before each test."""

import json
import os
import threading
import uuid
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from sqlalchemy import text
from werkzeug.serving import make_server

from app.core.contracts import check
from app.core.migration import upgrade
from app.core.signing import call_line, signed_headers
from app.receivers.catalogue.application import create_app as create_catalogue
from app.receivers.catalogue.models import CatalogueBase
from app.receivers.catalogue.settings import CatalogueSettings
from app.receivers.orders.application import create_app as create_orders
from app.receivers.orders.models import OrdersBase
from app.receivers.orders.settings import OrdersSettings

CATALOGUE_SECRET = "catalogue secret for tests"
ORDERS_SECRET = "orders secret for tests"


class Neighbour:
    """A system that knows the secret and speaks to one receiver."""

    def __init__(self, app: Any, secret: str) -> None:
        self.app = app
        self.secret = secret

    def call(self, method: str, path: str, body: Any = None, **headers: str) -> Any:
        data = b"" if body is None else json.dumps(body, ensure_ascii=False).encode()
        path = quote(path, safe="/?=&,%")
        plain = path.startswith("/v1/deliveries")
        line = "" if plain else call_line(method, path, headers.get("Idempotency-Key", ""))
        signed = signed_headers(self.secret, data, call=line) | headers
        return self.app.test_client().open(path, method=method, data=data, headers=signed)

    def deliver(self, *deliveries: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.call("POST", "/v1/deliveries", {"deliveries": list(deliveries)})
        assert answer.status_code == 200, answer.text
        check("delivery-answer", answer.json)
        return answer.json["results"]

    def outcomes(self, *deliveries: dict[str, Any]) -> list[str]:
        return [result["outcome"] for result in self.deliver(*deliveries)]

    def order(self, *lines: tuple[int, int, int], key: str = "", practice: bool = False) -> Any:
        asked = {
            "lines": [{"item_id": i, "quantity": n, "price": p} for i, n, p in lines],
            "practice": practice,
        }
        headers = {"Idempotency-Key": key or uuid.uuid4().hex}
        return self.call("POST", "/v1/orders", asked, **headers)

    def stock(self, item_id: int) -> int:
        levels = self.call("GET", f"/v1/stock?items={item_id}").json["levels"]
        return levels[0]["count"]


def catalogue_settings(orders_url: str) -> CatalogueSettings:
    return CatalogueSettings(
        database_url=database_url(),
        catalogue_secret=CATALOGUE_SECRET,
        orders_secret=ORDERS_SECRET,
        catalogue_url="https://shop.example",
        stock_fresh_seconds=0,
        settled_seconds=0,
        # Who is to give no answer is not there at all: nothing here waits for so long.
        availability_seconds=10,
        order_seconds=30,
        orders_url=orders_url,
        public_url="https://onshelf.example/",
        onshelf_env="test",
    )


def database_url() -> str:
    return os.environ["DATABASE_URL"]


@pytest.fixture(scope="session")
def orders_app(database: None) -> Any:
    upgrade("orders", database_url())
    settings = OrdersSettings(
        database_url=database_url(), orders_secret=ORDERS_SECRET, onshelf_env="test",
        database_pool=24,
    )  # fmt: skip
    return create_orders(settings)


@pytest.fixture(scope="session")
def catalogue_app(database: None) -> Any:
    upgrade("catalogue", database_url())
    # Port 9 is for discarding: nobody answers there.
    settings = catalogue_settings("http://127.0.0.1:9")
    return create_catalogue(settings)


@pytest.fixture
def orders(orders_app: Any) -> Neighbour:
    _empty(orders_app, OrdersBase.metadata)
    return Neighbour(orders_app, ORDERS_SECRET)


@pytest.fixture
def catalogue(catalogue_app: Any) -> Neighbour:
    _empty(catalogue_app, CatalogueBase.metadata)
    return Neighbour(catalogue_app, CATALOGUE_SECRET)


def _empty(app: Any, metadata: Any) -> None:
    names = ", ".join(f'"{t.schema}"."{t.name}"' for t in metadata.sorted_tables)
    with app.extensions["store"].engine.begin() as connection:
        connection.execute(text(f"TRUNCATE {names}"))


@pytest.fixture(scope="session")
def orders_address(orders_app: Any) -> Iterator[str]:
    """The order system on a port of its own, as the catalogue meets it."""
    server = make_server("127.0.0.1", 0, orders_app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="session")
def shop_app(catalogue_app: Any, orders_address: str) -> Any:
    """The catalogue with an order system that answers."""
    return create_catalogue(catalogue_settings(orders_address))


@pytest.fixture
def shopper(shop_app: Any, catalogue: Neighbour, orders: Neighbour) -> Any:
    """A visitor of the shop who reads Korean."""
    client = shop_app.test_client()
    client.environ_base["HTTP_ACCEPT_LANGUAGE"] = "ko"
    return client
