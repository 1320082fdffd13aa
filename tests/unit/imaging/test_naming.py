"""Where the pictures of an archive belong, by their names."""

from zipfile import ZipInfo

import pytest

from app.journey.imaging.arrivals.archive import Entry
from app.journey.imaging.arrivals.naming import plan

SKUS = {"BLK-L": 7, "BLK": 9, "반팔_L": 11, "TEE_1": 13}


def planned(*names: str, skus: dict[str, int] = SKUS) -> list[tuple[str, int | None, int]]:
    entries = [Entry(number, name, ZipInfo(name)) for number, name in enumerate(names)]
    return [(m.entry.name, m.item_id, m.place) for m in plan(entries, skus)]


@pytest.mark.parametrize(
    ("name", "item", "place"),
    [
        ("BLK-L_1.jpg", 7, 1),
        ("blk-l_12.JPG", 7, 12),
        ("BLK.png", 9, 1),
        ("BLK_0.png", 9, 1),
        ("반팔_L_3.webp", 11, 3),
        ("TEE_1.jpg", 13, 1),
        ("TEE_1_2.jpg", 13, 2),
        ("BLK-L-1.jpg", None, 0),
        ("_1.jpg", None, 0),
        ("BLK_1", 9, 1),
        ("front.jpg", None, 0),
    ],
)
def test_a_name_and_where_it_belongs(name: str, item: int | None, place: int) -> None:
    assert planned(name) == [(name, item, place)]


def test_the_product_first_by_name_then_items_in_their_order_by_place() -> None:
    names = ["BLK_2.jpg", "10.jpg", "BLK_1.jpg", "9.jpg", "BLK-L_1.jpg"]
    wanted = ["9.jpg", "10.jpg", "BLK-L_1.jpg", "BLK_1.jpg", "BLK_2.jpg"]
    assert [name for name, *_ in planned(*names)] == wanted


@pytest.mark.parametrize(
    ("name", "skus", "lost"),
    [
        ("a.jpg", SKUS, True),
        ("RED_1.jpg", {}, True),
        ("a.jpg", {}, False),
        ("BLK.jpg", SKUS, False),
    ],
)
def test_who_is_told_that_no_sku_fits(name: str, skus: dict[str, int], lost: bool) -> None:
    (meant,) = plan([Entry(0, name, ZipInfo(name))], skus)
    assert meant.lost is lost
