"""Each measure of a picture's looks, on drawings of which the answer is known."""

from typing import Any

import pytest
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from app.journey.imaging import measuring
from app.journey.imaging.likeness import is_alike
from app.journey.imaging.measured import Limits
from tests.factories.pictures import goods, quarters


def look(picture: Image.Image) -> dict[str, Any]:
    """As the child has it: measured large and small."""
    small = picture.copy()
    small.thumbnail((320, 320), Image.Resampling.LANCZOS)
    return measuring.look(picture, small)


def written(text: str, size: int, at: tuple[int, int] = (30, 20)) -> Image.Image:
    picture = goods(0.6)
    ImageDraw.Draw(picture).text(at, text, fill="#b00020", font=ImageFont.load_default(size))
    return picture


def framed(width: int, inset: int = 0, picture: Image.Image | None = None) -> Image.Image:
    picture = picture or goods(0.7)
    box = (inset, inset, picture.width - 1 - inset, picture.height - 1 - inset)
    ImageDraw.Draw(picture).rectangle(box, outline="#b00020", width=width)
    return picture


def test_how_white_the_border_is() -> None:
    assert look(goods())["whiteness"] == 100
    assert look(goods(ground="#f0f0f0"))["whiteness"] == 0
    half = Image.new("RGB", (800, 800), "white")
    half.paste("#336699", (0, 400, 800, 800))
    assert look(half)["whiteness"] == pytest.approx(50, abs=1)


@pytest.mark.parametrize("ground", ["white", "#303030"])
def test_how_much_of_the_frame_the_goods_fill(ground: str) -> None:
    for part in (0.5, 0.85, 1.0):
        assert look(goods(part, ground=ground))["fill"] == pytest.approx(100 * part, abs=2)
    long = Image.new("RGB", (800, 800), ground)
    long.paste("#b08040", (380, 80, 420, 720))
    assert look(long)["fill"] == pytest.approx(80, abs=2), "a pen fills by its length"
    assert look(Image.new("RGB", (800, 800), ground))["fill"] == 0
    assert look(quarters(800, 800))["fill"] is None, "no ground goes around it"


def test_a_speck_is_no_part_of_the_goods() -> None:
    picture = goods(0.5)
    picture.paste("black", (8, 8, 12, 12))
    assert look(picture)["fill"] == pytest.approx(50, abs=2)


def test_sharpness_falls_with_every_blur_and_with_enlarging() -> None:
    clear = goods(side=1200)
    blurred = [clear.filter(ImageFilter.GaussianBlur(by)) for by in (0.7, 1.5, 3, 6)]
    found = [look(picture)["sharpness"] for picture in (clear, *blurred)]
    assert found == sorted(found, reverse=True)
    assert found[0] > 60 and found[2] < 45 and found[-1] < 20
    enlarged = clear.resize((300, 300)).resize((1200, 1200), Image.Resampling.BICUBIC)
    assert look(enlarged)["sharpness"] < 40
    assert look(Image.new("RGB", (800, 800), "white"))["sharpness"] is None


def test_brightness_is_the_mean_level() -> None:
    for level in (0, 51, 255):
        found = look(Image.new("RGB", (800, 800), (level,) * 3))["brightness"]
        assert found == round(level / 2.55)


def test_a_drawn_frame_is_told_from_goods_with_straight_sides() -> None:
    assert look(framed(24))["frame"] > 90
    assert look(framed(6, inset=16))["frame"] > 80, "a thin line within a white margin"
    assert look(goods(0.98))["frame"] < 30
    box = Image.new("RGB", (800, 800), "white")
    box.paste("#804020", (48, 48, 752, 752))
    assert look(box)["frame"] < 50, "a parcel on a white ground"
    three = framed(24)
    three.paste("white", (0, 0, 800, 40))
    assert look(three)["frame"] < 50, "no frame has three sides"


@pytest.mark.parametrize("size", [28, 40, 64])
def test_a_line_of_text_is_likely_seen(size: int) -> None:
    assert look(written("SALE 50% SHIPPING FREE", size))["text"] >= 1


def test_goods_without_letters_have_no_text() -> None:
    striped = goods(0.9)
    for y in range(150, 650, 40):
        ImageDraw.Draw(striped).line((160, y, 640, y), fill="white", width=8)
    for picture in (goods(0.5), goods(0.95), striped, quarters(800, 800)):
        assert look(picture)["text"] == 0


def test_the_same_photograph_is_alike_however_it_was_saved_and_another_colour_is_not() -> None:
    one = look(goods(0.8))
    most = 4
    smaller = goods(0.8).resize((500, 500), Image.Resampling.BICUBIC)
    assert is_alike(one, look(smaller), most)
    assert not is_alike(one, look(goods(0.8, colour="#2a8c3a")), most), "the same shirt in green"
    assert look(goods(0.8, colour="#2a8c3a"))["hash"] == one["hash"], "shape alone cannot tell them"
    assert not is_alike(one, look(quarters(800, 800)), most)
    assert not is_alike(one, {}, most), "one that was processed before there were numbers"


@pytest.mark.parametrize("size", [(1, 1), (320, 1), (2, 900), (31, 31), (33, 40), (1200, 40)])
def test_no_shape_is_too_odd_to_be_measured(size: tuple[int, int]) -> None:
    found = look(Image.new("RGB", size, "#123456"))
    assert found["brightness"] == 18 and len(found["hash"]) == 16


def test_a_category_changes_what_is_asked_and_no_more() -> None:
    from app.journey.imaging.checks import fill
    from app.journey.imaging.measured import Measured
    from app.taxonomy.definitions import LookRule, PictureRules

    def limits(**looks: LookRule) -> Limits:
        return Limits(1, 1, 1, 1, PictureRules(**looks))  # type: ignore[arg-type]

    small = Measured("JPEG", 1, 800, 800, look={"fill": 72})
    usual = fill.CHECK.read(small, limits())
    assert usual and not usual.ok and usual.severity == "advice"
    lower = fill.CHECK.read(small, limits(fill=LookRule(least=70)))
    assert lower and lower.ok
    harder = fill.CHECK.read(small, limits(fill=LookRule(severity="limits")))
    assert harder and not harder.ok and harder.severity == "limits"
    assert fill.CHECK.read(small, limits(fill=LookRule(severity="ignored"))) is None
