"""Amounts as people type them."""

import pytest

from app.validation.amounts import is_decimal, whole


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12900", 12900),
        ("12,900", 12900),
        ("12,900원", 12900),
        ("₩ 12,900", 12900),
        ("￦１２，９００", 12900),
        ("1,234,567 KRW", 1234567),
        ("12900.0", 12900),
        ("30개", 30),
        ("0", 0),
        ("-5", -5),
        (12900, 12900),
    ],
)
def test_a_number_is_read_as_it_is_meant(typed, number) -> None:
    assert whole(typed) == number


@pytest.mark.parametrize(
    "typed", ["", "  ", None, "12,9x", "12,5", "1,2345", "만이천", "1e5", "0x10", "--5", True, "원"]
)
def test_what_is_no_whole_number_is_none(typed) -> None:
    assert whole(typed) is None


def test_a_decimal_is_known_as_such() -> None:
    assert is_decimal("12,900.5")
    assert not is_decimal("12,900")
    assert not is_decimal("12,900.00")
    assert not is_decimal("text")
