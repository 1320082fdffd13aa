"""A category's JSON Schema: good content passes it, and what one field can be wrong in does not."""

from datetime import date

import jsonschema_rs
import pytest

from app.validation.form_schema import DIALECT, form_schema
from tests.factories.content import category_named, changed, taxonomy, valid_content

DAY = date(2026, 11, 22)


def _validator(category, on=DAY):
    schema = form_schema(category, on)
    jsonschema_rs.meta.validate(schema)
    return jsonschema_rs.Draft202012Validator(schema)


@pytest.mark.parametrize("code", taxonomy().categories)
def test_good_content_of_every_category_passes(code) -> None:
    category = category_named(code)
    schema = _validator(category)
    for items in (1, 2, 5):
        content = valid_content(category, items=items)
        assert [e.message for e in schema.iter_errors(content)] == []


@pytest.mark.parametrize("code", taxonomy().categories)
def test_it_says_what_it_is_in_both_languages(code) -> None:
    category = category_named(code)
    schema = form_schema(category, DAY)
    assert schema["$schema"] == DIALECT
    assert schema["x-label"] == category.names.as_dict()
    properties = schema["properties"]["product"]["properties"]["attributes"]["properties"]
    for attribute in category.attributes:
        said = properties[attribute.code]
        assert said["x-label"] == attribute.label.as_dict()
        assert attribute.label.ko in said["title"] and attribute.label.en in said["title"]


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("t-shirts", {"name.ko": ""}),
        ("t-shirts", {"name.ko": "긴" * 101}),
        ("t-shirts", {"attributes.material": None}),
        ("t-shirts", {"attributes.material": " "}),
        ("t-shirts", {"attributes.sleeve": "half"}),
        ("t-shirts", {"attributes.season": ["summer", "monsoon"]}),
        ("t-shirts", {"attributes.stretch": "maybe"}),
        ("t-shirts", {"notice.class": "spaceships"}),
        ("t-shirts", {"notice.fields.material": ""}),
        ("t-shirts", {"items.1.price": None}),
        ("t-shirts", {"items.1.stock": -1}),
        ("fruit-juice", {"attributes.count": {"value": "five", "unit": "pcs"}}),
        ("fruit-juice", {"attributes.count": {"value": 5, "unit": "kg"}}),
        ("fruit-juice", {"attributes.juice-share": {"value": 120, "unit": "%"}}),
        ("fruit-juice", {"attributes.fruit": []}),
        ("mugs", {"attributes.height": None, "attributes.diameter": None}),
        ("wireless-earphones", {"certifications.kc-radio": None}),
        ("wireless-earphones", {"certifications.kc-radio.number": "none"}),
    ],
)
def test_what_it_can_say_it_refuses(code, changes) -> None:
    category = category_named(code)
    assert not _validator(category).is_valid(changed(valid_content(category, 2), changes))


@pytest.mark.parametrize(
    ("code", "changes"),
    [
        ("mugs", {"attributes.height": None}),
        ("t-shirts", {"attributes.stretch": ""}),
        ("t-shirts", {"items.1.list_price": None}),
        ("fruit-juice", {"attributes.count": {"value": 5, "unit": "pcs"}}),
        ("wireless-earphones", {"certifications.kc-radio": {"held": "exempt"}}),
        ("wireless-earphones", {"certifications.kc-electrical": None}),
    ],
)
def test_what_may_be_left_out_it_lets_pass(code, changes) -> None:
    category = category_named(code)
    assert _validator(category).is_valid(changed(valid_content(category, 2), changes))


def test_under_grace_nothing_is_required_yet() -> None:
    banks = category_named("power-banks")
    soon = banks.attribute("energy").required_from
    without = changed(valid_content(banks), {"attributes.energy": None})
    assert _validator(banks).is_valid(without)
    assert not _validator(banks, soon).is_valid(without)


def test_documents_and_age_are_told() -> None:
    schema = form_schema(category_named("butane-canisters"), DAY)
    assert schema["x-age-limit"] == 19
    assert [d["code"] for d in schema["x-documents"]] == ["msds"]
