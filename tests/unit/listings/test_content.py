"""Content by path, sameness as people mean it, numbers as columns hold them."""

import pytest

from app.listings.content import read, same, split_item_path, storable, written
from app.listings.numbers import whole_number

CONTENT = {"name": {"ko": "컵", "en": ""}, "attributes": {"size": {"value": "5", "unit": "cm"}}}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("name.ko", "컵"),
        ("name.fr", None),
        ("attributes.size", {"value": "5", "unit": "cm"}),
        ("name.ko.deeper", None),
        ("brand", None),
        ("", None),
    ],
)
def test_reading_a_path(path, value) -> None:
    assert read(CONTENT, path) == value


def test_writing_leaves_the_original_alone() -> None:
    fresh = written(CONTENT, "name.en", "Cup")
    assert fresh["name"] == {"ko": "컵", "en": "Cup"}
    assert CONTENT["name"]["en"] == ""


@pytest.mark.parametrize("path", ["brand", "notice.fields.material"])
def test_what_is_written_is_read(path) -> None:
    assert read(written(CONTENT, path, "흙"), path) == "흙"


def test_writing_none_takes_the_key_away() -> None:
    assert "en" not in written(CONTENT, "name.en", None)["name"]
    assert written({}, "brand", None) == {}


def test_a_group_takes_the_place_of_what_was_no_group() -> None:
    assert written({"notice": "old"}, "notice.class", "food") == {"notice": {"class": "food"}}


@pytest.mark.parametrize(
    ("a", "b"), [(None, ""), ("", None), ([], None), ({}, ""), (0, 0), ("a", "a"), (["a"], ["a"])]
)
def test_the_same_to_a_person(a, b) -> None:
    assert same(a, b) and same(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [(0, None), (0, ""), (False, None), ("0", None), (0, "0"), ("a", "b"), (1, "1")]
)
def test_not_the_same_to_a_person(a, b) -> None:
    assert not same(a, b)
    assert not same(b, a)


def test_nul_goes_wherever_it_stands() -> None:
    assert storable({"a": ["x\x00y", {"b": "\x00"}], "n": 5}) == {"a": ["xy", {"b": ""}], "n": 5}


@pytest.mark.parametrize(
    ("path", "parts"),
    [
        ("items.7.price", (7, "price")),
        ("items.7", (7, "")),
        ("items.7.typed.price", (7, "typed.price")),
        ("name.ko", (None, "name.ko")),
        ("items", (None, "items")),
        ("items.x.price", (None, "items.x.price")),
        ("items.².price", (None, "items.².price")),
        ("items..price", (None, "items..price")),
    ],
)
def test_an_items_path_is_told_from_a_products(path, parts) -> None:
    assert split_item_path(path) == parts


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12900", 12900), ("12,900", 12900), ("12,900원", 12900), ("₩12,900", 12900),
        ("-5", -5), ("0", 0), (12900, 12900), ("2147483647", 2147483647),
        ("2147483648", None), (2**31, None), ("12,9x", None), ("", None), (None, None),
        ("1" * 4000, None),
    ],
)  # fmt: skip
def test_a_number_that_a_column_holds(typed, number) -> None:
    assert whole_number(typed) == number
