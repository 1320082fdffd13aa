"""Pictures for the demo goods, drawn when they are loaded: one shaded object on a light ground.

Everything is drawn on a square of 100 units and made 1,200 pixels large.
"""

import io
from collections.abc import Callable
from functools import partial

from PIL import Image, ImageChops, ImageColor, ImageDraw, ImageFilter

SIDE, UNIT = 1200, 18  # drawn half as large again, then made smaller: smooth edges
DRAWN = 100 * UNIT
Point = tuple[float, float]
Box = tuple[float, float, float, float]
Paint = Callable[[ImageDraw.ImageDraw], None]


class Sheet:
    """A light ground with a soft shadow, on which shapes are laid one after another."""

    def __init__(self, shadow: Box = (18, 82, 82, 92)) -> None:
        self.image = Image.new("RGB", (DRAWN, DRAWN), "#fbfcfb")
        soft = Image.new("L", (200, 200), 0)
        ImageDraw.Draw(soft).ellipse([2 * side for side in shadow], fill=70)
        soft = soft.filter(ImageFilter.GaussianBlur(7)).resize(
            (DRAWN, DRAWN), Image.Resampling.BILINEAR
        )
        self.image.paste("#5b6663", (0, 0), soft)

    def lay(self, colour: str, paint: Paint, light: float = 0.16) -> "Sheet":
        """A shape in *colour*: the darker by *light* towards the right."""
        mask = Image.new("L", (DRAWN, DRAWN), 0)
        paint(ImageDraw.Draw(mask))
        box = mask.getbbox() or (0, 0, 1, 1)
        self.image.paste(_shaded(colour, light, box), box, mask.crop(box))
        return self

    def jpeg(self) -> bytes:
        """The picture's file."""
        buffer = io.BytesIO()
        small = self.image.resize((SIDE, SIDE), Image.Resampling.BOX)
        small.save(buffer, "JPEG", quality=88)
        return buffer.getvalue()


def ellipse(*box: float) -> Paint:
    return lambda draw: draw.ellipse(_scaled(*box), fill=255)


def rounded(*box: float, radius: float = 3) -> Paint:
    return lambda draw: draw.rounded_rectangle(_scaled(*box), radius * UNIT, fill=255)


def polygon(*points: Point) -> Paint:
    return lambda draw: draw.polygon([(x * UNIT, y * UNIT) for x, y in points], fill=255)


def ring(*box: float, width: float) -> Paint:
    return lambda draw: draw.ellipse(_scaled(*box), outline=255, width=int(width * UNIT))


def line(*points: Point, width: float) -> Paint:
    scaled = [(x * UNIT, y * UNIT) for x, y in points]
    return lambda draw: draw.line(scaled, fill=255, width=int(width * UNIT), joint="curve")


def arc(*box: float, start: float, end: float, width: float) -> Paint:
    return lambda draw: draw.arc(_scaled(*box), start, end, fill=255, width=int(width * UNIT))


def within(outer: Paint, inner: Paint) -> Paint:
    """What two shapes share."""

    def paint(draw: ImageDraw.ImageDraw) -> None:
        masks = [Image.new("L", (DRAWN, DRAWN), 0) for _ in range(2)]
        for mask, shape in zip(masks, (outer, inner), strict=True):
            shape(ImageDraw.Draw(mask))
        draw.bitmap((0, 0), ImageChops.darker(*masks), fill=255)

    return paint


def _scaled(*numbers: float) -> list[float]:
    return [number * UNIT for number in numbers]


def _shaded(colour: str, light: float, box: tuple[int, int, int, int]) -> Image.Image:
    left, top, right, bottom = box
    rgb = ImageColor.getrgb(colour)[:3]
    row = Image.new("RGB", (16, 1))
    row.putdata([tuple(round(part * (1 - light * x / 15)) for part in rgb) for x in range(16)])
    return row.resize((right - left, bottom - top), Image.Resampling.BILINEAR)


def shirt(colour: str, accent: str, long_sleeves: bool = False) -> Sheet:
    """A shirt laid flat; with an accent of its own it is striped."""
    cuff = 78.0 if long_sleeves else 44.0
    out = 3.0 if long_sleeves else 8.0
    body: tuple[Point, ...] = (
        (38, 16), (62, 16), (74, 22), (74, 84), (26, 84), (26, 22),
    )  # fmt: skip
    left: tuple[Point, ...] = ((27, 22), (8, cuff - out), (20, cuff + out), (32, 44))
    right: tuple[Point, ...] = tuple((100 - x, y) for x, y in left)
    sheet = Sheet((24, 80, 76, 88))
    for sleeve in (left, right):
        sheet.lay(colour, polygon(*sleeve), light=0.24)
    sheet.lay(colour, polygon(*body))
    if accent != colour:
        for top in range(32, 80, 8):
            sheet.lay(accent, rounded(26, top, 74, top + 2.4, radius=0))
    sheet.lay("#eef0ef", ellipse(41, 9, 59, 25), light=0.05)
    sheet.lay(accent if accent == colour else colour, ring(40, 8, 60, 26, width=1.6), light=-0.4)
    return sheet.lay("#fbfcfb", rounded(38, 4, 62, 15.2, radius=0), light=0)


def mug(colour: str, accent: str, wide: float = 22) -> Sheet:
    """A mug from a little above; the accent is its inside."""
    left, right = 46 - wide, 46 + wide
    sheet = Sheet((left - 4, 78, right + 18, 90))
    sheet.lay(colour, ring(right - 10, 36, right + 16, 66, width=4.4), light=0.5)
    sheet.lay(colour, rounded(left, 26, right, 85, radius=9), light=0.34)
    sheet.lay(colour, ellipse(left, 20, right, 33), light=-0.1)
    sheet.lay(accent, ellipse(left + 1.6, 21.4, right - 1.6, 31.8), light=-0.5)
    return sheet.lay("#ffffff", rounded(left + 5, 40, left + 7.4, 72, radius=1.2), light=0)


def bottle(colour: str, accent: str) -> Sheet:
    """A bottle of juice; the accent is its cap and the fruit on its label."""
    sheet = Sheet((32, 84, 68, 93))
    sheet.lay(colour, rounded(36, 34, 64, 90, radius=6), light=0.36)
    sheet.lay(colour, polygon((43, 20), (57, 20), (63.6, 38), (36.4, 38)), light=0.36)
    sheet.lay(accent, rounded(42, 9, 58, 20, radius=1.6), light=0.4)
    sheet.lay("#fdfaf2", rounded(36, 48, 64, 78, radius=0), light=0.14)
    sheet.lay(accent, ellipse(42.5, 54, 57.5, 69), light=0.3)
    sheet.lay("#3f7d4e", line((50, 56), (52.5, 50.5), width=1.2))
    return sheet.lay("#ffffff", rounded(38.4, 36, 40, 47, radius=0.8), light=0)


def earphones(colour: str, accent: str) -> Sheet:
    """Two earphones over their open case."""
    sheet = Sheet((20, 82, 80, 92))
    sheet.lay(accent, rounded(22, 52, 78, 87, radius=14), light=0.3)
    sheet.lay(colour, rounded(22, 60, 78, 87, radius=12), light=0.34)
    sheet.lay(accent, ellipse(48.6, 70, 51.4, 72.8), light=0)
    for x in (30.0, 56.0):
        sheet.lay(colour, rounded(x + 5, 24, x + 10, 52, radius=2.5), light=0.5)
        sheet.lay(colour, ellipse(x, 14, x + 15, 31), light=0.4)
        sheet.lay(accent, ellipse(x + 3.4, 17.6, x + 9.4, 25), light=0.3)
    return sheet


def blocks(colour: str, accent: str) -> Sheet:
    """A small house of blocks: two cubes, a bridge, a roof."""
    sheet = Sheet((18, 82, 82, 91))
    sheet.lay(colour, rounded(22, 64, 44, 86, radius=1.4), light=0.3)
    sheet.lay(accent, rounded(56, 64, 78, 86, radius=1.4), light=0.3)
    bridge = rounded(22, 44, 78, 63.6, radius=1.4)
    sheet.lay("#dcb877", bridge, light=0.2)
    sheet.lay("#fbfcfb", within(bridge, ellipse(40, 52, 60, 76)), light=0)
    sheet.lay("#5d8fa3", rounded(34, 30, 66, 43.6, radius=1.4), light=0.3)
    return sheet.lay("#c1503f", polygon((28, 29.6), (72, 29.6), (50, 10)), light=0.3)


DRAWINGS: dict[str, Callable[[str, str], Sheet]] = {
    "blocks": blocks,
    "bottle": bottle,
    "earphones": earphones,
    "long-shirt": partial(shirt, long_sleeves=True),
    "mug": mug,
    "shirt": shirt,
    "small-cup": partial(mug, wide=16),
}


def sheet() -> bytes:
    """A document's file: one page of PDF with lines where a real one has words."""
    page = Image.new("L", (620, 877), 255)
    draw = ImageDraw.Draw(page)
    draw.rectangle((220, 70, 400, 92), fill=60)
    for line in range(14):
        width = 480 if line % 4 != 3 else 260
        draw.rectangle((70, 150 + 44 * line, 70 + width, 158 + 44 * line), fill=150)
    buffer = io.BytesIO()
    page.save(buffer, "PDF")
    return buffer.getvalue()


def drawing(name: str, colour: str, accent: str = "", side: int = SIDE) -> bytes:
    """The JPEG file of a drawing, *side* pixels wide and high."""
    sheet = DRAWINGS[name](colour, accent or colour)
    if side == SIDE:
        return sheet.jpeg()
    buffer = io.BytesIO()
    sheet.image.resize((side, side), Image.Resampling.BOX).save(buffer, "JPEG", quality=88)
    return buffer.getvalue()
