"""Real photographs and odd files of the sample folder, each with the verdict it must get."""

import io
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from app.core.storage import DirectoryStorage
from app.journey.imaging import verdict
from app.journey.imaging.measured import Limits
from tests.factories.pictures import shared_pictures

LIMITS = Limits(20 * 1024 * 1024, 40_000_000, 500, 10_000)
SMALL = "picture-side-too-short"
COLOUR = {
    "2569067123_aca715a2ee_o.jpg": "",
    "Channel_digital_image_CMYK_color.jpg": SMALL,
    "icc_profile_big.jpg": SMALL,
    "p3.png": SMALL,
    "pil_sample_cmyk.jpg": SMALL,
}
# The small ones of PngSuite: fine as files, too small by rule; the x* ones are corrupt on purpose.
PNG = {
    "basi2c08.png": SMALL,
    "basi6a16.png": SMALL,
    "basn2c16.png": SMALL,
    "basn6a08.png": SMALL,
    "tbbn3p08.png": SMALL,
    "tp1n3p08.png": SMALL,
    "xc1n0g08.png": "picture-broken",
    "xcrn0g04.png": "picture-format",
    "xcsn0g01.png": "picture-broken",
    "xdtn0g01.png": "picture-broken",
    "xlfn0g04.png": "picture-format",
    "xs1n0g01.png": "picture-format",
}
REFUSE = {
    "animated-loop-3.webp": "picture-animated",
    "decompression_bomb.gif": "picture-format",
    "logo.svg": "picture-format",
    "lottapixel.jpg": "picture-side-too-long",
    "truncated.jpg": "picture-truncated",
    "truncated_image.png": "picture-truncated",
}


def judged(path: Path, kept: DirectoryStorage) -> verdict.Verdict:
    return verdict.examine(kept.put(path.read_bytes()).key, LIMITS)


@pytest.mark.parametrize(
    ("folder", "expected"), [("colour", COLOUR), ("png", PNG), ("refuse", REFUSE)]
)
def test_each_sample_gets_its_verdict(
    folder: str, expected: dict[str, str], kept: DirectoryStorage
) -> None:
    got = {path.name: judged(path, kept).code for path in shared_pictures(folder)}
    assert got == expected


def test_product_photographs_are_ready(kept: DirectoryStorage) -> None:
    for path in shared_pictures("product"):
        found = judged(path, kept)
        assert found.code == "", path.name
        assert len(found.facts["renditions"]) == 5


def test_turned_photographs_look_alike(kept: DirectoryStorage) -> None:
    small: dict[str, list[Any]] = {}
    for path in shared_pictures("orientation"):
        if path.suffix != ".jpg":
            continue
        found = judged(path, kept)
        row = next(r for r in found.facts["renditions"] if r["name"] == "160")
        wide = found.facts["width"] > found.facts["height"]
        assert wide == path.name.startswith("Landscape"), path.name
        with kept.open(row["key"]) as file:
            picture = Image.open(io.BytesIO(file.read())).convert("L").resize((16, 16))
        small.setdefault(path.name.split("_")[0], []).append(picture.tobytes())
    for same in small.values():
        for other in same[1:]:
            apart = sum(abs(a - b) for a, b in zip(same[0], other, strict=True)) / 256
            assert apart < 12, "every turning of one photograph comes out as the same picture"
