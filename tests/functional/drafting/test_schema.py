"""The JSON Schema of a category, as sellers' programs fetch it."""

import jsonschema_rs
import pytest

from tests.factories import people
from tests.factories.content import changed, valid_content
from tests.factories.listings import categories


@pytest.fixture
def schema(session, client):
    categories()
    people.signed_in(client, people.owner_of(people.seller()))

    def fetch(code):
        return client.get(f"/categories/{code}/schema.json")

    return fetch


def test_what_a_seller_fetches_judges_content(schema) -> None:
    answer = schema("mugs")
    assert answer.mimetype == "application/schema+json"
    judge = jsonschema_rs.Draft202012Validator(answer.get_json(force=True))
    assert judge.is_valid(valid_content("mugs", items=2))
    assert not judge.is_valid(changed(valid_content("mugs"), {"attributes.microwave": "maybe"}))


@pytest.mark.parametrize("code", ["moon-rocks", "kitchen", "%00"])
def test_what_is_no_leaf_has_no_schema(schema, code) -> None:
    assert schema(code).status_code == 404
