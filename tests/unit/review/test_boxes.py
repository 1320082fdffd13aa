"""The part of a picture that a reason is about, as typed and as sent by whoever."""

import pytest

from app.core.errors import Invalid
from app.journey.review.boxes import checked, posted

HERE = "pictures.7"


def form(left: str, top: str, width: str, height: str) -> dict[str, str]:
    sides = {"left": left, "top": top, "width": width, "height": height}
    return {"path": HERE, **{f"box.7.{name}": typed for name, typed in sides.items()}}


def test_per_cent_become_ten_thousandths() -> None:
    assert posted(form("12.5", "10", "30,25", "5 %"), HERE) == [1250, 1000, 4275, 1500]
    assert posted(form("0", "0", "100", "100"), HERE) == [0, 0, 10000, 10000]


def test_nothing_typed_is_no_box() -> None:
    assert posted(form("", " ", "", ""), HERE) is None
    assert posted({"path": "name.ko"}, "name.ko") is None


@pytest.mark.parametrize(
    "sides",
    [
        ("NaN", "0", "10", "10"),
        ("-1", "0", "10", "10"),
        ("1e1", "0", "10", "10"),
        ("0", "0", "0.99", "10"),
        ("95", "0", "10", "10"),
        ("0", "0", "10", ""),
        ("٣", "0", "10", "10"),
        ("9" * 400, "0", "10", "10"),
    ],
)
def test_what_is_no_part_of_the_picture_is_refused_at_its_field(sides: tuple[str, ...]) -> None:
    with pytest.raises(Invalid) as refused:
        posted(form(*sides), HERE)
    assert (refused.value.code, refused.value.path) == ("box-outside", "box.7.left")


def test_a_part_marked_on_another_picture_is_not_lost() -> None:
    with pytest.raises(Invalid) as refused:
        posted(form("1", "1", "10", "10"), "name.ko")
    assert refused.value.code == "box-unplaced"


@pytest.mark.parametrize(
    "box", [[0, 0, 99, 500], [True, 0, 500, 500], [0.5, 0, 500, 500], [0, 0, 500], "0,0,1,1", {}]
)
def test_a_box_is_four_whole_numbers_within(box: object) -> None:
    with pytest.raises(Invalid):
        checked(box, HERE)


@pytest.mark.parametrize("path", ["", "name.ko", "pictures", "items.1.pictures", "pictures.x"])
def test_a_box_is_on_one_picture(path: str) -> None:
    with pytest.raises(Invalid) as refused:
        checked([0, 0, 500, 500], path)
    assert refused.value.code == "box-elsewhere"
