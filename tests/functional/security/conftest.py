"""The routes' table of `tests/contracts`, walked with bad intentions."""

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask, url_for

import tests.contracts.routes as areas
from tests.contracts.visitors import KINDS, Row, World
from tests.factories import people

LET_IN = {200, 303, 409, 422}


def rows(*methods: str) -> Iterator[tuple[str, str, Row]]:
    """(method, rule, row) of every route of these methods."""
    for found in pkgutil.iter_modules(areas.__path__):
        module = importlib.import_module(f"{areas.__name__}.{found.name}")
        for name, row in module.ROUTES.items():
            method, rule = name.split(" ", 1)
            if method in methods:
                yield method, rule, row


def insider(row: Row) -> str:
    """The kind of visitor that the route lets in."""
    kinds = [kind for kind in KINDS if kind not in ("anonymous", "disabled")]
    return next((kind for kind in kinds if row.answers[kind] in LET_IN), "owner")


@pytest.fixture
def world(session: Any) -> World:
    """Everybody, once for the whole walk."""
    made = World.make()
    session.commit()
    return made


@pytest.fixture
def visitor(app: Flask, world: World, session: Any) -> Callable[[str], Any]:
    """A signed-in browser of each kind, kept for the walk."""
    clients: dict[str, Any] = {}

    def of(kind: str) -> Any:
        if kind not in clients:
            client = app.test_client()
            if kind == "anonymous":
                client.environ_base["HTTP_X_CSRFTOKEN"] = client.get("/session").json["csrf"]
            else:
                people.signed_in(client, getattr(world, kind))
            clients[kind] = client
        return clients[kind]

    return of


@pytest.fixture
def address(app: Flask) -> Callable[..., str]:
    """The address of a rule with its places filled in."""
    by_rule = {rule.rule: rule.endpoint for rule in app.url_map.iter_rules()}

    def of(rule: str, places: dict[str, Any]) -> str:
        with app.test_request_context():
            return url_for(by_rule[rule], **places)

    return of
