"""Sizes made the cheaper way look as those made by Lanczos."""

import io
import random

from PIL import Image, ImageDraw, ImageMath

from app.journey.imaging.child import shrunk
from tests.benchmarks.bench_imaging import SIZES
from tests.benchmarks.bench_imaging import photograph as camera

# The constants of SSIM (Wang et al., 2004) for 8 bits a channel.
LEVEL, CONTRAST = (0.01 * 255) ** 2, (0.03 * 255) ** 2
WINDOW = 8


def similarity(one: Image.Image, other: Image.Image) -> float:
    """Mean structural similarity of two pictures of one size, in windows of 8 by 8 pixels."""
    a, b = (each.convert("L").convert("F") for each in (one, other))

    def mean(left: Image.Image, right: Image.Image | None = None) -> Image.Image:
        product = left if right is None else _worked(lambda x: x["a"] * x["b"], a=left, b=right)
        return product.reduce(WINDOW)

    found = _worked(
        lambda x: (
            ((2 * x["a"] * x["b"] + LEVEL) * (2 * (x["ab"] - x["a"] * x["b"]) + CONTRAST))
            / (
                (x["a"] * x["a"] + x["b"] * x["b"] + LEVEL)
                * (x["aa"] - x["a"] * x["a"] + x["bb"] - x["b"] * x["b"] + CONTRAST)
            )
        ),
        a=mean(a),
        b=mean(b),
        aa=mean(a, a),
        bb=mean(b, b),
        ab=mean(a, b),
    )
    values = list(found.get_flattened_data())
    return sum(values) / len(values)


def _worked(formula, **pictures: Image.Image) -> Image.Image:
    return ImageMath.lambda_eval(formula, **pictures)


def photograph() -> Image.Image:
    """Edges, thin lines, texture and grain of 1500 by 1000 pixels."""
    chance = random.Random(7)
    picture = Image.effect_noise((750, 500), 70).resize((1500, 1000)).convert("RGB")
    picture = Image.blend(picture, Image.effect_noise((1500, 1000), 60).convert("RGB"), 0.2)
    draw = ImageDraw.Draw(picture)
    for _ in range(60):
        x, y, side = chance.randrange(1400), chance.randrange(900), chance.randrange(20, 300)
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + side, y + side), fill=colour, outline="white")
        draw.line((x, y, x + side, y + side // 2), fill="black")
    return picture


def test_every_step_looks_as_lanczos_would_make_it() -> None:
    picture = photograph()
    for side in (1200, 640, 320, 160):
        made = shrunk(picture, side)
        wanted = picture.resize(made.size, Image.Resampling.LANCZOS)
        assert similarity(made, wanted) > 0.99, side
        picture = made


def test_what_the_decoder_has_reduced_looks_the_same_too() -> None:
    width, height = SIZES["12mp"]
    opened = Image.open(io.BytesIO(camera(width, height)))
    opened.draft(None, (1200, 900))
    assert opened.size == (2000, 1500)
    picture: Image.Image = opened
    for side in (1200, 640, 320, 160):
        made = shrunk(picture, side, reduced=picture is opened)
        wanted = opened.resize(made.size, Image.Resampling.LANCZOS)
        assert similarity(made, wanted) > 0.99, side
        picture = made


def test_the_likeness_knows_a_worse_way() -> None:
    picture = photograph()
    wanted = picture.resize((1200, 800), Image.Resampling.LANCZOS)
    worse = picture.resize((1200, 800), Image.Resampling.NEAREST)
    assert similarity(worse, wanted) < 0.97
