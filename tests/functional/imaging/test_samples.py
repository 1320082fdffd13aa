"""Real photographs and odd files of the sample folder, each with the two verdicts it must get.

First the technical one: '' where the file is whole and can be decoded, else what refuses it. Then
the ones by rule, as the representative of a listing: '' or what is to be mended, in order.
"""

import io
from pathlib import Path
from typing import Any

from PIL import Image

from app.core.storage import DirectoryStorage
from app.journey.imaging import verdict
from app.journey.imaging.check import checks
from app.journey.imaging.measured import Limits
from tests.factories.pictures import shared_pictures

LIMITS = Limits(20 * 1024 * 1024, 40_000_000, 500, 10_000)
Expected = dict[str, tuple[str, str]]
COLOUR: Expected = {
    "2569067123_aca715a2ee_o.jpg": ("", "square ground"),
    "Channel_digital_image_CMYK_color.jpg": ("", "side-too-short square ground"),
    "icc_profile_big.jpg": ("", "side-too-short square ground"),
    "p3.png": ("", "side-too-short"),
    "pil_sample_cmyk.jpg": ("", "side-too-short ground brightness"),
}
# The small ones of PngSuite are fine as files; the x* ones are corrupt on purpose.
PNG: Expected = {
    "basi2c08.png": ("", "side-too-short ground"),
    "basi6a16.png": ("", "side-too-short ground blurred transparent"),
    "basn2c16.png": ("", "side-too-short ground blurred"),
    "basn6a08.png": ("", "side-too-short ground blurred transparent"),
    "tbbn3p08.png": ("", "side-too-short transparent"),
    "tp1n3p08.png": ("", "side-too-short transparent"),
    "xc1n0g08.png": ("broken", ""),
    "xcrn0g04.png": ("format", ""),
    "xcsn0g01.png": ("broken", ""),
    "xdtn0g01.png": ("broken", ""),
    "xlfn0g04.png": ("format", ""),
    "xs1n0g01.png": ("format", ""),
}
REFUSE: Expected = {
    "animated-loop-3.webp": ("animated", ""),
    "decompression_bomb.gif": ("format", ""),
    "logo.svg": ("format", ""),
    "lottapixel.jpg": ("side-too-long", ""),
    "truncated.jpg": ("truncated", ""),
    "truncated_image.png": ("truncated", ""),
}
# Photographs of places, each with the names of its sides and a digit written on it.
ORIENTATION: Expected = {
    "LICENSE": ("format", ""),
    "Landscape_3.jpg": ("", "square ground"),
    "Landscape_6.jpg": ("", "square ground"),
    "Landscape_8.jpg": ("", "square ground"),
    "Portrait_1.jpg": ("", "square ground"),
    "Portrait_5.jpg": ("", "square ground"),
    "Portrait_6.jpg": ("", "square ground"),
}
PRODUCT: Expected = {
    "gift-card-physical-custom.jpg": ("", "square ground text"),
    "mh04-white_main.jpg": ("", "square"),
    "mj01-red_main.jpg": ("", "square"),
    "mj11-red_main.jpg": ("", "square"),
    "mp09-blue_back.jpg": ("", "square"),
    "ms07-black_main.jpg": ("", "square"),
    "msh05-gray_main.jpg": ("", "square"),
    "mt04-blue_back.jpg": ("", "square"),
    "saleor-apple-drink.png": ("", "fill transparent"),
    "saleor-beanie-1.png": ("", "fill transparent"),
    "saleor-blue-plimsolls-1.png": ("", "fill transparent"),
    "saleor-carrot-drink.png": ("", "fill transparent"),
    # Its name is printed on the shoe.
    "saleor-dash-force-1.png": ("", "fill text transparent"),
    "saleor-mighty-mug.png": ("", "fill transparent"),
    "saleor-monospace-white-tee-back.png": ("", "fill transparent"),
    "saleor-sunnies.png": ("", "fill transparent"),
    "saleor-white-parrot-cushion.png": ("", "fill transparent"),
    "saleor-white-plimsolls-2.png": ("", "fill transparent"),
    "wb04-blue_alt1.jpg": ("", "square"),
    "wh07-purple_main.jpg": ("", "square"),
    "wj05-brown_back.jpg": ("", "square"),
    "wp03-black_main.jpg": ("", "square"),
    "wp12-gray_main.jpg": ("", "square"),
    "ws10-yellow_main.jpg": ("", "square"),
}
FOLDERS = {
    "colour": COLOUR,
    "orientation": ORIENTATION,
    "png": PNG,
    "product": PRODUCT,
    "refuse": REFUSE,
}


def judged(path: Path, kept: DirectoryStorage) -> verdict.Verdict:
    return verdict.examine(kept.put(path.read_bytes()).key, LIMITS)


def both(found: verdict.Verdict) -> tuple[str, str]:
    """The technical verdict, and the open ones by rule where it was decoded."""
    technical = found.code if found.code and checks[found.code].unsafe else ""
    rows = [] if technical else [row["code"] for row in found.facts["rows"] if not row["ok"]]
    return technical.removeprefix("picture-"), " ".join(c.removeprefix("picture-") for c in rows)


def test_each_sample_gets_its_verdicts_and_turned_photographs_look_alike(
    kept: DirectoryStorage,
) -> None:
    alike: dict[str, list[Any]] = {}
    for folder, expected in FOLDERS.items():
        got = {}
        for path in shared_pictures(folder):
            found = judged(path, kept)
            got[path.name] = both(found)
            assert bool(found.code) == (found.facts["renditions"] == [] or "short" in found.code)
            if folder == "orientation" and not found.code:
                wide = found.facts["width"] > found.facts["height"]
                assert wide == path.name.startswith("Landscape"), path.name
                alike.setdefault(path.name.split("_")[0], []).append(_small(found, kept))
        assert got == expected
    for same in alike.values():
        for other in same[1:]:
            apart = sum(abs(a - b) for a, b in zip(same[0], other, strict=True)) / 256
            assert apart < 12, "every turning of one photograph comes out as the same picture"


def _small(found: verdict.Verdict, kept: DirectoryStorage) -> bytes:
    row = next(r for r in found.facts["renditions"] if r["name"] == "160")
    with kept.open(row["key"]) as file:
        return Image.open(io.BytesIO(file.read())).convert("L").resize((16, 16)).tobytes()
