"""What each mend makes of a picture's pixels, in the child, of a file turned by its camera too."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageDraw

from app.journey.imaging import darkroom
from app.journey.imaging.darkroom import Developed
from app.journey.imaging.mending import room, within_borders
from tests.factories import pictures as make

RED, GREEN, BLUE, YELLOW = make.FOUR
WHITE, BLACK = (255, 255, 255), (0, 0, 0)
UPRIGHT = make.saved(make.quarters(), quality=95, subsampling=0)
# The camera's own turn is done first: both look the same before they are mended.
BENEATH = pytest.mark.parametrize("data", [UPRIGHT, make.turned_jpeg(6)], ids=["plain", "turned"])


def mended(data: bytes, tmp_path: Path, *edits: dict[str, Any]) -> Developed:
    file = tmp_path / "file"
    file.write_bytes(data)
    with file.open("rb") as source:
        return darkroom.develop(source, 40_000_000, edits)


def picture(developed: Developed) -> Image.Image:
    assert developed.fault == ""
    return Image.open(io.BytesIO(developed.renditions[0][1]))


def near(made: Image.Image, across: float, down: float, colour: tuple[int, int, int]) -> bool:
    pixel = made.getpixel((int(across * made.width), int(down * made.height)))
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= 16 for a, b in zip(pixel, colour, strict=True))


def corners(made: Image.Image) -> list[tuple[int, int, int] | None]:
    """The colour in the middle of each quarter: red, green, blue, yellow, white, or None."""
    known = (*make.FOUR, WHITE)
    places = ((0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75))
    return [next((c for c in known if near(made, *place, c)), None) for place in places]


@BENEATH
@pytest.mark.parametrize(
    ("edits", "size", "colours"),
    [
        ([{"do": "turn", "degrees": 90}], (800, 600), [BLUE, RED, YELLOW, GREEN]),
        ([{"do": "turn", "degrees": 180}], (600, 800), [YELLOW, BLUE, GREEN, RED]),
        ([{"do": "turn", "degrees": 270}], (800, 600), [GREEN, YELLOW, RED, BLUE]),
        ([{"do": "crop", "box": [0, 0, 5000, 5000]}], (300, 400), [RED] * 4),
        ([{"do": "crop", "box": [5000, 2500, 10_000, 7500]}], (300, 400),
         [GREEN, GREEN, YELLOW, YELLOW]),
        ([{"do": "square"}], (600, 600), [RED, GREEN, BLUE, YELLOW]),
        ([{"do": "pad"}], (800, 800), [RED, GREEN, BLUE, YELLOW]),
        ([{"do": "turn", "degrees": 90}, {"do": "crop", "box": [0, 0, 5000, 10_000]},
          {"do": "pad"}], (600, 600), [BLUE, BLUE, YELLOW, YELLOW]),
    ],
)  # fmt: skip
def test_every_step_by_its_pixels(tmp_path: Path, data, edits, size, colours) -> None:
    developed = mended(data, tmp_path, *edits)
    assert developed.size == size and picture(developed).size == size
    assert corners(picture(developed)) == colours


@pytest.mark.parametrize(
    ("sides", "edits", "left"),
    [
        ((4990, 500), [{"do": "turn", "degrees": 90}], (500, 4990)),
        ((3001, 2000), [{"do": "turn", "degrees": 180}], (3001, 2000)),
        ((4990, 500), [{"do": "pad"}, {"do": "crop", "box": [0, 5000, 10_000, 10_000]}],
         (4990, 2495)),
    ],
)  # fmt: skip
def test_sides_are_the_files_whatever_it_was_shrunk_to(tmp_path: Path, sides, edits, left) -> None:
    assert mended(make.jpeg(*sides), tmp_path, *edits).size == left


def test_padding_is_white_on_both_sides(tmp_path: Path) -> None:
    made = picture(mended(UPRIGHT, tmp_path, {"do": "pad"}))
    assert near(made, 0.06, 0.5, WHITE) and near(made, 0.94, 0.5, WHITE)
    assert near(made, 0.14, 0.2, RED) and near(made, 0.86, 0.8, YELLOW)


def test_the_square_is_cut_around_the_goods(tmp_path: Path) -> None:
    wide = Image.new("RGB", (1200, 600), "white")
    wide.paste(make.goods(side=400).resize((400, 400)), (760, 100))
    made = picture(mended(make.saved(wide, quality=95), tmp_path, {"do": "square"}))
    assert made.size == (600, 600)
    assert near(made, 0.5, 0.3, (42, 74, 140)), "the goods stand in the middle"


def test_white_around_the_goods_is_trimmed_to_a_little(tmp_path: Path) -> None:
    wide = Image.new("RGB", (2000, 1000), "white")
    ImageDraw.Draw(wide).rectangle((800, 300, 1199, 699), fill=BLUE)
    developed = mended(make.saved(wide, quality=95), tmp_path, {"do": "trim"})
    assert developed.size is not None
    assert all(405 <= side <= 440 for side in developed.size)
    made = picture(developed)
    assert near(made, 0.005, 0.5, WHITE) and near(made, 0.06, 0.5, BLUE)


@pytest.mark.parametrize("inset", [0, 12])
def test_a_frame_is_trimmed_with_what_lies_around_it(tmp_path: Path, inset: int) -> None:
    framed = Image.new("RGB", (1000, 1000), "white")
    draw = ImageDraw.Draw(framed)
    draw.rectangle((inset, inset, 999 - inset, 999 - inset), outline="black", width=10)
    draw.ellipse((200, 200, 799, 799), fill=RED)
    made = picture(mended(make.saved(framed, quality=95), tmp_path, {"do": "trim"}))
    assert 600 <= made.width <= 640 and abs(made.width - made.height) <= 4
    assert near(made, 0.01, 0.01, WHITE) and near(made, 0.5, 0.5, RED)


def test_dark_goods_on_white_are_no_frame_and_one_colour_stays() -> None:
    book = Image.new("RGB", (600, 600), "white")
    draw = ImageDraw.Draw(book)
    draw.rectangle((150, 100, 449, 499), fill="black")
    draw.rectangle((250, 250, 349, 300), fill="white")
    left, top, right, bottom = within_borders(book)
    assert left <= 150 and top <= 100 and right >= 450 and bottom >= 500
    plain = Image.new("RGB", (600, 400), "red")
    assert within_borders(plain) == (0, 0, 600, 400)


def test_trimming_a_photograph_with_no_border_leaves_it(tmp_path: Path) -> None:
    assert mended(UPRIGHT, tmp_path, {"do": "trim"}).size == (600, 800)


def test_transparency_is_measured_until_it_is_flattened(tmp_path: Path) -> None:
    clear = make.quarters(600, 600).convert("RGBA")
    clear.paste((0, 0, 0, 0), (0, 0, 300, 600))
    data = make.saved(clear, "PNG")
    assert mended(data, tmp_path).look["transparency"] == 50
    turned = mended(data, tmp_path, {"do": "turn", "degrees": 90})
    assert turned.look["transparency"] == 50
    away = mended(data, tmp_path, {"do": "crop", "box": [5000, 0, 10_000, 10_000]})
    assert away.look["transparency"] == 0, "what is cropped away is no part of it"
    flat = mended(data, tmp_path, {"do": "flatten"})
    assert flat.look["transparency"] is None and near(picture(flat), 0.25, 0.25, WHITE)
    assert mended(UPRIGHT, tmp_path).look["transparency"] is None


def test_a_quarter_of_a_large_photograph_fills_the_largest_size(tmp_path: Path) -> None:
    large = make.saved(make.quarters(6000, 4000), quality=80)
    developed = mended(large, tmp_path, {"do": "crop", "box": [0, 5000, 5000, 10_000]})
    assert developed.size == (3000, 2000)
    made = picture(developed)
    assert made.size == (1200, 800) and corners(made) == [BLUE] * 4
    small = mended(large, tmp_path, {"do": "crop", "box": [0, 0, 1000, 1000]})
    assert picture(small).size == small.size == (600, 400), "it is never scaled up"


def test_as_much_is_decoded_as_what_remains_needs() -> None:
    crop = {"do": "crop", "box": [0, 0, 5000, 5000]}
    assert room((6000, 4000), [crop], 1200) == 2400
    assert room((6000, 4000), [{"do": "turn", "degrees": 90}, crop, crop], 1200) == 4800
    assert room((6000, 4000), [{"do": "square"}], 1200) == 1800
    assert room((6000, 4000), [{"do": "pad"}], 1200) == 1200
    assert room((6000, 4000), [crop, {"do": "trim"}], 1200) == 6000
    assert room((10_000, 4000), [{"do": "trim"}], 1200) == 6000, "a bound to the memory"
    assert room((800, 600), [crop], 1200) == 800
