"""The files: ours are sound, and what is wrong is told with file and line."""

import pytest

from app.taxonomy.definitions import as_json, from_json
from app.taxonomy.lint import checked, warnings_of
from app.taxonomy.loader import load
from tests.factories.content import taxonomy


def test_our_own_files_are_sound() -> None:
    found = checked(load())
    departments = {found.categories[c].path[0].en for c in found.categories}
    assert len(found.categories) >= 60 and len(departments) >= 12
    assert len(found.notices) == 39
    assert list(warnings_of(found)) == []


@pytest.mark.parametrize("code", taxonomy().categories)
def test_a_definition_survives_being_stored(code) -> None:
    category = taxonomy().categories[code]
    assert from_json(as_json(category)) == category


@pytest.mark.parametrize("code", taxonomy().categories)
def test_every_category_has_what_the_job_needs(code) -> None:
    category = taxonomy().categories[code]
    assert category.buying_options and category.notices and category.queue != "general"
    assert category.synonyms
    assert any(a.filter for a in category.attributes)
    assert len({a.type for a in category.attributes}) >= 3


def test_a_leaf_inherits_queue_and_notices() -> None:
    mugs = taxonomy().categories["mugs"]
    assert mugs.queue == "kitchen"
    assert [n.code for n in mugs.notices] == ["kitchenware", "other-goods"]
    assert [w.ko for w in mugs.path] == ["주방용품", "식기", "머그컵"]


def test_a_shared_attribute_takes_the_categorys_own_changes() -> None:
    volume = taxonomy().categories["mugs"].attribute("volume")
    assert (volume.maximum, volume.units, volume.required) == (3000, ("ml", "L"), True)
