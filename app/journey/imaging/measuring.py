"""What a picture looks like, in numbers. Runs in the child (`child.py`) and knows Pillow alone.

All of it but the sharpness is read from the rendition of 320 pixels, so that it costs the same few
milliseconds whatever was sent. Shares are percent, 0 to 100; what a picture does not tell is None.
How a number is found stands at its function; what it is held to stands in `checks/`.
"""

from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageChops, ImageFilter

# Under this, an alpha channel lets through what lies behind.
OPAQUE = 250
# A level that eyes and screens take for white; encoders do not keep to 255.
WHITE = 248
# How far from the ground's colour, in levels of the channel that differs most, goods begin.
GROUND = 24
# The border that is looked at, as a part of the shorter side; a drawn frame is as near as the next.
BORDER, FRAME_DEPTH = 0.025, 0.1
# A strip narrower than this, in pixels, has no border, frame or lines to speak of.
ROOM = 32
# An edge, in levels from one pixel to the next.
EDGE = 40
# Lines of text are looked for in cells of so many pixels of the small rendition, and of it made
# smaller. So much of a cell is edges where there are letters, at least, and where there is nothing,
# at most; fewer cells are no line. An edge of a letter is softer, being small.
CELL, BUSY, QUIET, SHORTEST, LETTER = 8, 10, 5, 4, 30
SCALES = (1, 2, 3)
# Sharpness is read in so many pieces of so many pixels of the large rendition.
PATCHES, PATCH = 4, 96


def look(large: Any, small: Any) -> dict[str, Any]:
    """Every measure of one picture from two of its renditions, both RGB; not its transparency."""
    grey = small.convert("L")
    if min(small.size) < ROOM:
        unread = dict.fromkeys(("whiteness", "fill", "sharpness", "frame", "text"))
        return unread | {
            "brightness": brightness(grey),
            "hash": fingerprint(grey),
            "colours": colours(small),
        }
    ground = ground_of(small)
    return {
        "whiteness": whiteness(small),
        "fill": fill(small, ground),
        "sharpness": sharpness(large, grey),
        "brightness": brightness(grey),
        "frame": frame(grey, ground),
        "text": text(grey),
        "hash": fingerprint(grey),
        "colours": colours(small),
    }


def transparency(picture: Any) -> int | None:
    """How much of an RGBA picture lets through what lies behind; None where nothing could."""
    if picture.mode != "RGBA":
        return None
    counts = picture.getchannel("A").histogram()
    return _percent(sum(counts[:OPAQUE]), sum(counts))


def whiteness(picture: Any) -> int:
    """How much of the border, a ring of BORDER, is white."""
    strips = [_least(strip) for strip in _border(picture)]
    white = sum(sum(strip.histogram()[WHITE:]) for strip in strips)
    return _percent(white, sum(strip.width * strip.height for strip in strips))


def fill(picture: Any, ground: tuple[int, ...] | None) -> int | None:
    """How much of the frame the goods take up, in the direction in which they take most.

    None where no one colour goes around them: a photograph of a place has no edge to measure to.
    """
    if ground is None:
        return None
    apart = _most(ImageChops.difference(picture, Image.new("RGB", picture.size, ground)))
    goods = apart.point(_above(GROUND))
    # A speck is no part of them: a row counts where more than a hundredth of it is theirs.
    across = [
        share > 2 for share in goods.resize((picture.width, 1), Image.Resampling.BOX).tobytes()
    ]
    down = [
        share > 2 for share in goods.resize((1, picture.height), Image.Resampling.BOX).tobytes()
    ]
    return max(_percent(_extent(side), len(side)) for side in (across, down))


def brightness(grey: Any) -> int:
    """The level of all pixels together."""
    return _percent(_sum(grey), 255 * grey.width * grey.height)


def sharpness(large: Any, grey: Any) -> int | None:
    """How much of the change from pixel to pixel a blur would take away.

    After Crété-Roffet et al., "The blur effect" (2007): what is blurred has little left to lose.
    Read where *grey*, the same picture small, has its strongest edges: a soft ground is no fault.
    """
    sums = [_blurring(patch) for patch in _patches(large, grey)]
    had = sum(each[0] for each in sums)
    return _percent(sum(each[1] for each in sums), had) if had else None


def frame(grey: Any, ground: tuple[int, ...] | None) -> int:
    """How far a straight edge goes along the sides, by the side where it goes least far.

    Goods with straight sides on a white ground are no frame: there the edge has to be a line's, by
    which it gets darker and, soon after, light again.
    """
    white = ground is not None and min(ground) >= WHITE
    found = []
    for picture in (grey, grey.transpose(Image.Transpose.TRANSPOSE)):
        rows = _edges_by_row(picture)
        depth = max(3, round(len(rows) * FRAME_DEPTH))
        found += [_straight(rows[:depth], white), _straight(rows[::-1][:depth], white)]
    return round(min(found))


def text(grey: Any) -> float:
    """How much of the picture lies in what looks like lines of text, to a tenth.

    Letters are many edges side by side, in a band with quiet above and below it; large ones
    show where the picture is made smaller.
    """
    return max(_text_at(grey.reduce(scale) if scale > 1 else grey) for scale in SCALES)


def fingerprint(grey: Any) -> str:
    """A hash of 64 bits in hex that survives scaling and encoding: does it darken to the right?

    Differences within an encoder's noise are none, or plain grounds would hash as chance goes.
    """
    levels = grey.resize((9, 8), Image.Resampling.BOX).tobytes()
    bits = 0
    for row in range(8):
        for here in range(9 * row, 9 * row + 8):
            bits = bits << 1 | (levels[here] > levels[here + 1] + 2)
    return f"{bits:016x}"


def colours(picture: Any) -> str:
    """The mean colours of sixteen fields in hex, by which black and green goods are told apart."""
    return str(picture.resize((4, 4), Image.Resampling.BOX).tobytes().hex())


def ground_of(picture: Any) -> tuple[int, ...] | None:
    """The colour that most of the border has; None where it has no such colour."""
    strips = _border(picture)
    levels = [sum(counts) for counts in zip(*(s.histogram() for s in strips), strict=True)]
    middle = tuple(_median(levels[start : start + 256]) for start in (0, 256, 512))
    near = 0
    for strip in strips:
        plain = Image.new("RGB", strip.size, middle)
        near += sum(_most(ImageChops.difference(strip, plain)).histogram()[: GROUND + 1])
    return middle if near >= 0.6 * sum(levels) / 3 else None


def _border(picture: Any) -> list[Any]:
    """The four strips of the ring along the sides; corners belong to the upper and lower one."""
    width, height = picture.size
    thick = max(2, round(min(picture.size) * BORDER))
    boxes = (
        (0, 0, width, thick),
        (0, height - thick, width, height),
        (0, thick, thick, height - thick),
        (width - thick, thick, width, height - thick),
    )
    return [picture.crop(box) for box in boxes]


def _patches(large: Any, grey: Any) -> Iterator[Any]:
    """Pieces of *large* in grey, around the strongest edges of *grey*."""
    size = max(1, grey.width // 20), max(1, grey.height // 20)
    strong = _steps(grey).resize(size, Image.Resampling.BOX).tobytes()
    for place in sorted(range(len(strong)), key=lambda n: -strong[n])[:PATCHES]:
        if strong[place] < 2:
            return
        left = _within((place % size[0] + 0.5) / size[0], large.width)
        top = _within((place // size[0] + 0.5) / size[1], large.height)
        right, bottom = min(left + PATCH, large.width), min(top + PATCH, large.height)
        yield large.crop((left, top, right, bottom)).convert("L")


def _within(centre: float, length: int) -> int:
    return max(0, min(round(centre * length - PATCH / 2), length - PATCH))


def _blurring(patch: Any) -> tuple[int, int]:
    """The change from pixel to pixel, both ways, and how much of it a blur takes away."""
    had = lost = 0
    for picture in (patch, patch.transpose(Image.Transpose.TRANSPOSE)):
        before = _steps(picture)
        had += _sum(before)
        after = _steps(picture.filter(ImageFilter.BoxBlur((4, 0))))
        lost += _sum(ImageChops.subtract(before, after))
    return had, lost


def _steps(picture: Any) -> Any:
    """The change from each pixel to the one on its right."""
    width, height = picture.size
    here, right = picture.crop((0, 0, width - 1, height)), picture.crop((1, 0, width, height))
    return ImageChops.difference(here, right)


def _edges_by_row(grey: Any) -> list[tuple[float, float]]:
    """How much of each row is much darker than the next one, and how much lighter, in percent."""
    width, height = grey.size
    above, below = grey.crop((0, 0, width, height - 1)), grey.crop((0, 1, width, height))
    shares = []
    for one, other in ((below, above), (above, below)):
        edges = ImageChops.subtract(one, other).point(_above(EDGE))
        shares.append(edges.resize((1, height - 1), Image.Resampling.BOX).tobytes())
    return [(darker / 2.55, lighter / 2.55) for darker, lighter in zip(*shares, strict=True)]


def _straight(rows: list[tuple[float, float]], line: bool) -> float:
    """The most that one row has; of a *line*, that two near each other have, one each way."""
    if not line:
        return max(max(row) for row in rows)
    near = ((a, b) for n, a in enumerate(rows) for b in rows[n + 1 : n + 6])
    return max((max(min(a[0], b[1]), min(a[1], b[0])) for a, b in near), default=0.0)


def _text_at(grey: Any) -> float:
    edges = _steps(grey).point(_above(LETTER))
    size = max(1, edges.width // CELL), max(1, edges.height // CELL)
    shares = [level / 2.55 for level in edges.resize(size, Image.Resampling.BOX).tobytes()]
    cells = sum(_lines([shares[n :: size[0]] for n in range(size[0])]))
    return min(100.0, round(100 * cells / len(shares), 1))


def _lines(columns: list[list[float]]) -> Iterator[int]:
    """The cells of each line of text: neighbours whose busy cells begin and end at one height."""
    open_lines: dict[tuple[int, int], int] = {}
    for column in [*columns, []]:
        present = set(_bands(column))
        for band in [band for band in open_lines if band not in present]:
            length, (top, below) = open_lines.pop(band), band
            if length >= max(SHORTEST, 2 * (below - top)):
                yield length * (below - top)
        for band in present:
            open_lines[band] = open_lines.get(band, 0) + 1


def _bands(column: list[float]) -> Iterator[tuple[int, int]]:
    """Where busy cells begin and end in a column, of those that have quiet above and below."""
    top = None
    for n, share in enumerate([*column, 0.0]):
        if share >= BUSY:
            top = n if top is None else top
        elif top is not None:
            if share <= QUIET and (top == 0 or column[top - 1] <= QUIET):
                yield top, n
            top = None


def _above(least: int) -> list[int]:
    return [255 * (level > least) for level in range(256)]


def _least(picture: Any) -> Any:
    red, green, blue = picture.split()
    return ImageChops.darker(ImageChops.darker(red, green), blue)


def _most(picture: Any) -> Any:
    red, green, blue = picture.split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue)


def _sum(grey: Any) -> int:
    return sum(level * count for level, count in enumerate(grey.histogram()))


def _median(counts: list[int]) -> int:
    half, seen = sum(counts) / 2, 0
    for level, count in enumerate(counts):
        seen += count
        if seen >= half:
            return level
    return 0


def _extent(marked: list[bool]) -> int:
    """From the first to the last that is marked."""
    if True not in marked:
        return 0
    return len(marked) - marked.index(True) - marked[::-1].index(True)


def _percent(part: float, whole: float) -> int:
    return round(100 * part / whole) if whole else 0
