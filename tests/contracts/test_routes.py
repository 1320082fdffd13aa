"""Every route has a stated answer for every kind of visitor; a new route without a row fails.

The rows are in `tests/contracts/routes/<area>.py`, each offering `ROUTES`.
"""

import importlib
import pkgutil

import pytest
from flask import url_for

import tests.contracts.routes as areas
from tests.contracts.visitors import KINDS, STRANGERS, TO_SIGN_IN, World
from tests.factories import people

TABLE = {}
for found in pkgutil.iter_modules(areas.__path__):
    module = importlib.import_module(f"{areas.__name__}.{found.name}")
    for name, stated in module.ROUTES.items():
        assert name not in TABLE, f"{name} is stated twice"
        TABLE[name] = stated


def routes(app):
    return {
        f"{method} {rule.rule}": rule
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def test_every_route_is_in_the_table(app):
    assert sorted(set(routes(app)) - set(TABLE)) == []


def test_every_row_is_a_route(app):
    assert sorted(set(TABLE) - set(routes(app))) == []


def visit(app, session, name, row, kind, scene):
    world, places, form = scene
    client = app.test_client()
    if kind == "anonymous":
        client.environ_base["HTTP_X_CSRFTOKEN"] = client.get("/session").json["csrf"]
    else:
        people.signed_in(client, getattr(world, kind))
    session.commit()
    with app.test_request_context():
        url = url_for(routes(app)[name].endpoint, **places)
    return client.open(url, method=name.split()[0], data=form)


def scene_of(row):
    """Fresh people and things for a visit."""
    world = World.make()
    return world, row.places(world), row.form(world)


@pytest.mark.parametrize("name", sorted(TABLE))
def test_each_visitor_gets_the_stated_answer(app, session, name):
    row = TABLE[name]
    got = {}
    scene = None
    for kind in KINDS:
        scene = scene or scene_of(row)
        answer = visit(app, session, name, row, kind, scene)
        got[kind] = answer.status_code
        if row.guarded and kind in STRANGERS and answer.status_code == TO_SIGN_IN:
            assert answer.location.startswith("/sign-in"), kind
        elif not name.startswith("GET ") and answer.status_code < 400:
            # What one visitor has done is not there for the next.
            scene = None

    assert got == row.answers
