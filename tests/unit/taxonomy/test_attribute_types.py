"""Every attribute type keeps the contract of its folder."""

import pytest

from app.taxonomy import attribute_types
from app.taxonomy.attribute_types import ATTRIBUTE_TYPES
from tests.unit.words import assert_both_languages

TYPES = list(ATTRIBUTE_TYPES)


@pytest.mark.parametrize("kind", TYPES, ids=lambda k: k.code)
def test_it_has_a_label_and_a_docstring(kind) -> None:
    assert_both_languages(kind.label)
    assert type(kind).__doc__


@pytest.mark.parametrize("kind", TYPES, ids=lambda k: k.code)
def test_its_example_that_passes_passes(kind) -> None:
    attribute, raw = kind.passes
    value = attribute_types.read(raw, attribute)
    assert attribute_types.problems(value, attribute) == []
    assert attribute_types.show(value, attribute).ko
    assert attribute_types.show(value, attribute).en


@pytest.mark.parametrize("kind", TYPES, ids=lambda k: k.code)
def test_its_example_that_fails_says_why_in_both_languages(kind) -> None:
    attribute, raw = kind.fails
    found = attribute_types.problems(attribute_types.read(raw, attribute), attribute)
    assert found
    for problem in found:
        assert_both_languages(problem.fact, **problem.params)
        assert_both_languages(problem.remedy, **problem.params)


@pytest.mark.parametrize("kind", TYPES, ids=lambda k: k.code)
@pytest.mark.parametrize("raw", ["", "  ", None, "👾 \u202egnirts", "<script>", "9" * 500])
def test_whatever_is_typed_can_be_read_shown_and_judged(kind, raw) -> None:
    attribute = kind.passes[0]
    value = attribute_types.read(raw, attribute)
    attribute_types.problems(value, attribute)
    shown = attribute_types.show(value, attribute)
    kept = str(value) + shown.ko.replace(",", "")
    assert str(raw or "").strip() in kept  # nothing typed is lost


@pytest.mark.parametrize("kind", TYPES, ids=lambda k: k.code)
def test_reading_a_value_again_changes_nothing(kind) -> None:
    for attribute, raw in (kind.passes, kind.fails):
        value = attribute_types.read(raw, attribute)
        assert attribute_types.read(value, attribute) == value


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("500", {"value": "500", "unit": "ml"}),
        ("1,500 ML", {"value": "1500", "unit": "ml"}),
        ("1.5l", {"value": "1.5", "unit": "L"}),
        ({"value": "2", "unit": "L"}, {"value": "2", "unit": "L"}),
        ({"value": "2L", "unit": "ml"}, {"value": "2", "unit": "L"}),
        ("５００", {"value": "500", "unit": "ml"}),
        ("1,50", {"value": "1,50", "unit": "ml"}),
        ("five", {"value": "five", "unit": "ml"}),
    ],
)
def test_numbers_are_read_with_their_unit(raw, value) -> None:
    attribute = ATTRIBUTE_TYPES["number"].passes[0]
    assert attribute_types.read(raw, attribute) == value
