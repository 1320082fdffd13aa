"""Does a recipe's steps (`mends/recipe.py`) to a picture. Runs in the child (`child.py`) and knows
Pillow alone.

Pictures come as RGB, or as RGBA until they are flattened. What is measured, to be cut off or to be
in the middle, is measured on the picture made small, as it looks on white.
"""

from collections.abc import Callable, Sequence
from math import ceil
from typing import Any

from PIL import Image, ImageChops

WHOLE = 10_000
# The side of what is measured.
SMALL = 640
# The longest side that is kept for a trim, of which nobody knows before what it leaves: a square
# padded from a larger one would not fit into the memory of the child.
MOST = 6000
# As in `measuring.py`: what is taken for white, and how far from a ground goods begin.
WHITE, GROUND = 248, 24
# So much of the outermost pixels have one colour where there is a border or a frame.
PLAIN = 0.6
# How many are cut off, one within the other; a line that is drawn within white is no wider than
# this part of the shorter side, or it is a thing of that colour.
LAYERS, LINE = 6, 0.025
# What is left of a white border, as a part of the longer side.
MARGIN = 0.02

Box = tuple[int, int, int, int]
Change = Callable[[Any], Any]
Shrink = Callable[[Any, int], Any]


def left_of(size: Sequence[int], step: dict[str, Any]) -> tuple[int, int]:
    """The sides that a step leaves of *size*. How much a trim leaves, only the picture tells."""
    width, height = size
    if step["do"] == "turn" and step["degrees"] != 180:
        return height, width
    if step["do"] == "crop":
        left, top, right, bottom = _edges(step, size)
        return right - left, bottom - top
    if step["do"] in ("square", "pad"):
        side = min(size) if step["do"] == "square" else max(size)
        return side, side
    return width, height


def room(size: Sequence[int], edits: Sequence[dict[str, Any]], side: int) -> int:
    """How long the longer side must stay so that the steps leave *side* where there is as much.

    What is trimmed is known only then, so before that MOST stays.
    """
    longest = max(size)
    for step in edits:
        if step["do"] == "trim":
            return min(longest, MOST)
        size = left_of(size, step)
    return ceil(min(longest, side * longest / max(size)))


def mended(
    picture: Any,
    sides: Sequence[int],
    edits: Sequence[dict[str, Any]],
    side: int,
    shrunk: Shrink,
    flattened: Change,
) -> tuple[Any, tuple[int, int]]:
    """*picture* after all steps, made no smaller than *side* needs; and what they leave of *sides*.

    The steps are done in turn, and before each the picture is made as small as what follows allows.
    *sides* are those of the file, counted beside: what was made smaller is not counted back, for
    a side of 500 px may come to 499 so.
    """
    width, height = sides
    for n, step in enumerate(edits):
        picture = shrunk(picture, room(picture.size, edits[n:], side))
        before = picture.size
        picture = _DOING[step["do"]](picture, step, flattened)
        width, height = left_of((width, height), step)
        if step["do"] == "trim":
            width = max(1, round(width * picture.width / before[0]))
            height = max(1, round(height * picture.height / before[1]))
    return picture, (width, height)


def _turn(picture: Any, step: dict[str, Any], _: Change) -> Any:
    how = {
        90: Image.Transpose.ROTATE_270,
        180: Image.Transpose.ROTATE_180,
        270: Image.Transpose.ROTATE_90,
    }
    return picture.transpose(how[step["degrees"]])


def _crop(picture: Any, step: dict[str, Any], _: Change) -> Any:
    return picture.crop(_edges(step, picture.size))


def _edges(step: dict[str, Any], size: Sequence[int]) -> Box:
    """The box of a crop in pixels: one of them at least."""
    width, height = size
    sides = (width, height, width, height)
    edges = [round(part * side / WHOLE) for part, side in zip(step["box"], sides, strict=True)]
    left, top = min(edges[0], width - 1), min(edges[1], height - 1)
    return left, top, max(left + 1, edges[2]), max(top + 1, edges[3])


def _square(picture: Any, step: dict[str, Any], flattened: Change) -> Any:
    """The square with the goods in its middle; without a plain ground, the one in the middle."""
    if picture.width == picture.height:
        return picture
    small = _small(picture, flattened)
    left, top, right, bottom = _differing(small, _border_of(small)) or (0, 0, *small.size)
    scale = picture.width / small.width
    side = min(picture.size)
    x = _start((left + right) / 2 * scale, side, picture.width)
    y = _start((top + bottom) / 2 * scale, side, picture.height)
    return picture.crop((x, y, x + side, y + side))


def _start(centre: float, side: int, length: int) -> int:
    return max(0, min(round(centre - side / 2), length - side))


def _pad(picture: Any, step: dict[str, Any], _: Change) -> Any:
    side = max(picture.size)
    if picture.width == picture.height:
        return picture
    ground = Image.new(picture.mode, (side, side), "white")
    ground.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    return ground


def _trim(picture: Any, step: dict[str, Any], flattened: Change) -> Any:
    small = _small(picture, flattened)
    box = within_borders(small)
    across, down = picture.width / small.width, picture.height / small.height
    edges = (box[0] * across, box[1] * down, box[2] * across, box[3] * down)
    return picture.crop(tuple(round(edge) for edge in edges))


def _flatten(picture: Any, step: dict[str, Any], flattened: Change) -> Any:
    return flattened(picture)


_DOING = {
    "turn": _turn,
    "crop": _crop,
    "square": _square,
    "pad": _pad,
    "trim": _trim,
    "flatten": _flatten,
}


def within_borders(picture: Any) -> Box:
    """What is left of *picture* without its plain borders and frames, one within the other.

    Around goods on white a little of the white is left. A picture of one colour is left as it is.
    """
    kept: Box = (0, 0, *picture.size)
    for layer in range(LAYERS):
        piece = picture.crop(kept)
        colour = _border_of(piece)
        inner = _differing(piece, colour)
        if colour is None or inner is None:
            break
        if min(colour) >= WHITE:
            goods = _moved(inner, kept)
            line = _line_around(picture.crop(goods))
            if not line:
                return _with_margin(goods, kept)
            kept = _narrowed(goods, line)
        elif inner == (0, 0, *piece.size) or (layer and not _is_line(inner, piece.size)):
            break
        else:
            kept = _moved(_without_edge(inner, piece.size), kept)
    return kept


def _with_margin(kept: Box, outer: Box) -> Box:
    margin = round(MARGIN * max(kept[2] - kept[0], kept[3] - kept[1]))
    return (
        max(outer[0], kept[0] - margin),
        max(outer[1], kept[1] - margin),
        min(outer[2], kept[2] + margin),
        min(outer[3], kept[3] + margin),
    )


def _without_edge(kept: Box, size: tuple[int, int]) -> Box:
    """A pixel less on each side that was cut: there a frame's colour runs into the picture's."""
    left, top, right, bottom = kept
    right, bottom = right - (right < size[0]), bottom - (bottom < size[1])
    fewer = (left + (left > 0), top + (top > 0), right, bottom)
    return fewer if fewer[0] < fewer[2] and fewer[1] < fewer[3] else kept


def _is_line(inner: Box, size: tuple[int, int]) -> bool:
    """Whether what lies around *inner* is there on all four sides, and thin."""
    around = (inner[0], inner[1], size[0] - inner[2], size[1] - inner[3])
    return min(around) > 0 and max(around) <= max(2, LINE * min(size))


def _line_around(picture: Any) -> int:
    """How thick a line goes around *picture*, with white again within it; 0 is none.

    Goods that are dark up to their edges have no white so near to it.
    """
    whole: Box = (0, 0, *picture.size)
    found = False
    for depth in range(min(3 + round(LINE * min(picture.size)), min(picture.size) // 2)):
        colour = _border_of(picture.crop(_narrowed(whole, depth)))
        if colour is not None and min(colour) >= WHITE:
            return depth if found else 0
        found = found or colour is not None
    return 0


def _narrowed(box: Box, by: int) -> Box:
    return box[0] + by, box[1] + by, box[2] - by, box[3] - by


def _moved(inner: Box, outer: Box) -> Box:
    x, y = outer[:2]
    return inner[0] + x, inner[1] + y, inner[2] + x, inner[3] + y


def _small(picture: Any, flattened: Change) -> Any:
    fit = min(1.0, SMALL / max(picture.size))
    size = max(1, round(picture.width * fit)), max(1, round(picture.height * fit))
    return flattened(picture.resize(size, Image.Resampling.BILINEAR) if fit < 1 else picture)


def _differing(picture: Any, colour: tuple[int, ...] | None) -> Box | None:
    """Where *picture* is of another colour; None where nowhere, or *colour* is None."""
    if colour is None:
        return None
    apart = ImageChops.difference(picture, Image.new("RGB", picture.size, colour))
    red, green, blue = apart.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    found: Box | None = most.point([255 * (level > GROUND) for level in range(256)]).getbbox()
    return found


def _border_of(picture: Any) -> tuple[int, ...] | None:
    """The colour that most of the outermost pixels have; None where they have no such colour."""
    width, height = picture.size
    rim = Image.new("RGB", (2 * (width + height), 1))
    rim.paste(picture.crop((0, 0, width, 1)), (0, 0))
    rim.paste(picture.crop((0, height - 1, width, height)), (width, 0))
    turned = picture.transpose(Image.Transpose.TRANSPOSE)
    rim.paste(turned.crop((0, 0, height, 1)), (2 * width, 0))
    rim.paste(turned.crop((0, width - 1, height, width)), (2 * width + height, 0))
    middle = tuple(sorted(each.tobytes())[rim.width // 2] for each in rim.split())
    near = sum(
        max(abs(a - b) for a, b in zip(pixel, middle, strict=True)) <= GROUND
        for pixel in zip(*(each.tobytes() for each in rim.split()), strict=True)
    )
    return middle if near >= PLAIN * rim.width else None
