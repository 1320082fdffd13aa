import pytest

from app.accounts.business_number import display, is_valid, normalise


@pytest.mark.parametrize(
    "number", ["120-88-00767", "2208162517", "124 81 00998", "１２０－８８－00767"]
)
def test_numbers_in_public_use_are_valid(number: str) -> None:
    assert is_valid(number)


@pytest.mark.parametrize("number", ["106-81-00000", "120-88-00768", "0001234567", "", "12088007"])
def test_wrong_numbers_are_not(number: str) -> None:
    assert not is_valid(number)


def test_one_digit_typed_wrong_is_noticed_in_every_place() -> None:
    right = "1208800767"
    for place, digit in enumerate(right):
        wrong = right[:place] + str((int(digit) + 1) % 10) + right[place + 1 :]
        assert not is_valid(wrong), wrong


def test_it_is_shown_with_hyphens_and_kept_without() -> None:
    assert display("1208800767") == "120-88-00767"
    assert normalise(" 120-88-00767 ") == "1208800767"


def test_what_is_not_ten_digits_is_refused() -> None:
    with pytest.raises(ValueError):
        normalise("120-88-0076")
