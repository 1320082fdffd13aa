"""Where a reason of the verdict before stands to the version that follows."""

import pytest

from app.core.words import Words
from app.journey.review.case.earlier import Earlier, is_changed, is_there, number_again


@pytest.mark.parametrize(
    ("path", "touched", "changed"),
    [
        ("", [], False),
        ("", ["brand"], True),
        ("name.ko", ["name.en"], False),
        ("name.ko", ["name.ko"], True),
        ("items.7", ["items.7.gtin"], True),
        ("items.7", ["items.77.gtin"], False),
        ("items.7.gtin", ["items.7.price"], False),
        # The whole item went, or came.
        ("items.7.gtin", ["items.7"], True),
        ("pictures.5", ["picture_texts.5.ko"], True),
        ("pictures.5", ["pictures.55", "picture_texts.55.ko"], False),
    ],
)
def test_a_place_changed_with_what_is_in_it_or_takes_it_along(path, touched, changed) -> None:
    assert is_changed(path, touched) is changed


def test_of_an_item_that_is_there_every_column_is() -> None:
    places = {"", "name.ko", "items.7"}
    assert all(is_there(path, places) for path in ("", "name.ko", "items.7", "items.7.gtin"))
    assert not any(is_there(path, places) for path in ("items.8", "items.8.gtin", "pictures.1"))


def test_the_same_reason_and_part_at_the_same_place_is_pinned_again() -> None:
    box = [0, 0, 500, 500]
    told = {"code": "picture-text", "path": "pictures.1", "box": box, "message": {}}
    pins = [{"code": "picture-text", "path": "pictures.1"}, told | {"note": "other words"}]
    assert number_again(told, pins) == 2
    assert number_again(told | {"box": [1, 0, 500, 500]}, pins) == 0


def test_signs_are_letters() -> None:
    def sign(no: int) -> str:
        return Earlier(no, {"path": ""}, Words("", ""), True, False, 0).sign

    assert [sign(no) for no in (0, 25, 26, 53)] == ["A", "Z", "A2", "B3"]
