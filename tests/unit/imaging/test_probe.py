"""What a file is, told from its bytes alone."""

from pathlib import Path

import pytest
from PIL import features

from app.journey.imaging.probe import probe
from tests.factories import pictures as make


@pytest.mark.parametrize(
    ("data", "shape"),
    [
        (make.jpeg(700, 600), ("JPEG", 700, 600, 1)),
        (make.jpeg(700, 600, progressive=True), ("JPEG", 700, 600, 1)),
        (make.saved(make.quarters(640, 520), "PNG"), ("PNG", 640, 520, 1)),
        (make.saved(make.quarters(640, 520), "WEBP"), ("WebP", 640, 520, 1)),
        (make.saved(make.quarters(640, 520), "WEBP", lossless=True), ("WebP", 640, 520, 1)),
        (make.animation("WEBP", 4), ("WebP", 600, 600, 4)),
        (make.animation("PNG", 3), ("PNG", 600, 600, 3)),
    ],
)
def test_sides_and_frames(tmp_path: Path, data: bytes, shape: tuple[object, ...]) -> None:
    file = tmp_path / "anything.exe"
    file.write_bytes(data)
    measured = probe(file)
    assert (measured.kind, measured.width, measured.height, measured.frames) == shape
    assert measured.size == len(data)


@pytest.mark.parametrize(
    "data", [make.jpeg(), make.saved(make.quarters(), "PNG"), make.animation()]
)
def test_headers_cut_anywhere_are_no_error(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "cut"
    for length in [*range(40), *range(40, len(data), max(1, len(data) // 50))]:
        file.write_bytes(data[:length])
        assert probe(file).size == length


def test_files_that_carry_checksums_are_found_out_without_decoding(tmp_path: Path) -> None:
    file = tmp_path / "file"
    whole = make.saved(make.quarters(), "PNG")
    for data, fault in (
        (whole, ""),
        (whole + b"<script>", ""),
        (whole[:-6], "truncated"),
        (whole[: len(whole) // 2], "truncated"),
        (whole[:2000] + b"?" + whole[2001:], "broken"),
        (make.saved(make.quarters(), "WEBP"), ""),
        (make.saved(make.quarters(), "WEBP")[:-20], "truncated"),
    ):
        file.write_bytes(data)
        assert probe(file).fault == fault


def test_the_formats_we_take_can_be_decoded() -> None:
    assert features.check("webp") and features.check("littlecms2")
