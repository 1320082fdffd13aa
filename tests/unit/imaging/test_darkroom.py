"""What the child makes of a file: pixels are looked at, and nothing a file does escapes."""

import io
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image

from app.journey.imaging import darkroom
from app.journey.imaging.darkroom import ChildLost, Developed
from tests.factories import pictures as make

PIXELS = 40_000_000


def develop(data: bytes, tmp_path: Path) -> Developed:
    file = tmp_path / "file"
    file.write_bytes(data)
    with file.open("rb") as source:
        return darkroom.develop(source, PIXELS)


def picture(developed: Developed, name: str = "1200") -> Image.Image:
    data = next(data for facts, data in developed.renditions if facts["name"] == name)
    return Image.open(io.BytesIO(data))


def near(pixel: object, wanted: tuple[int, int, int], by: int = 14) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) <= by for a, b in zip(pixel, wanted, strict=True))


def test_five_renditions_fit_their_squares_and_are_never_enlarged(tmp_path: Path) -> None:
    developed = develop(make.jpeg(1500, 900), tmp_path)
    sizes = {f["name"]: (f["width"], f["height"], f["type"]) for f, _ in developed.renditions}
    assert sizes == {
        "1200": (1200, 720, "image/webp"),
        "1200-jpeg": (1200, 720, "image/jpeg"),
        "640": (640, 384, "image/webp"),
        "320": (320, 192, "image/webp"),
        "160": (160, 96, "image/webp"),
    }
    for facts, data in developed.renditions:
        assert Image.open(io.BytesIO(data)).size == (facts["width"], facts["height"])
    small = develop(make.jpeg(500, 500), tmp_path)
    assert small.renditions[0][0]["width"] == 500


def enlarge(data: bytes, tmp_path: Path, edits: Sequence[dict[str, object]] = ()) -> bytes | None:
    file = tmp_path / "file"
    file.write_bytes(data)
    with file.open("rb") as source:
        return darkroom.enlarge(source, PIXELS, edits)


@pytest.mark.parametrize(
    ("data", "edits", "size"),
    [
        (make.jpeg(1500, 900), (), (1500, 900)),
        (make.jpeg(4400, 2200), (), (4000, 2000)),
        (make.turned_jpeg(6), (), (600, 800)),
        (make.saved(make.quarters(1500, 900).convert("RGBA"), "PNG"), (), (1500, 900)),
        (make.jpeg(1500, 900), ({"do": "turn", "degrees": 90},), (900, 1500)),
    ],
)
def test_enlarged_it_is_as_large_as_its_file_and_encoded_anew(
    tmp_path: Path, data: bytes, edits: Sequence[dict[str, object]], size: tuple[int, int]
) -> None:
    made = enlarge(data, tmp_path, edits)
    assert made is not None and made != data
    shown = Image.open(io.BytesIO(made))
    assert (shown.format, shown.size) == ("JPEG", size)


def test_what_cannot_be_decoded_or_carries_more_is_not_enlarged(tmp_path: Path) -> None:
    assert enlarge(make.jpeg()[:900], tmp_path) is None
    assert enlarge(b"%PDF-1.7", tmp_path) is None
    assert enlarge(make.png_pixel_bomb(14_000, 14_000), tmp_path) is None
    made = enlarge(make.tagged_jpeg(), tmp_path)
    assert made is not None and b"SECRET" not in made


@pytest.mark.parametrize("orientation", range(1, 9))
def test_every_orientation_comes_out_upright(tmp_path: Path, orientation: int) -> None:
    made = picture(develop(make.turned_jpeg(orientation), tmp_path))
    assert made.size == (600, 800)
    for place, colour in zip(
        ((150, 200), (450, 200), (150, 600), (450, 600)), make.FOUR, strict=True
    ):
        assert near(made.getpixel(place), colour), (orientation, place)


def test_cmyk_becomes_rgb_of_the_same_look(tmp_path: Path) -> None:
    made = picture(develop(make.saved(make.quarters().convert("CMYK")), tmp_path))
    assert made.mode == "RGB" and near(made.getpixel((450, 600)), make.FOUR[3], by=30)


def test_a_profile_is_obeyed_then_dropped(tmp_path: Path) -> None:
    swapped = make.saved(make.quarters(), "PNG", icc_profile=make.wide_gamut_profile())
    made = picture(develop(swapped, tmp_path))
    red, green, _ = made.getpixel((150, 200))
    assert green > red + 80, "red and green stand in each other's place in that profile"
    assert "icc_profile" not in made.info


def test_a_broken_profile_is_left_out(tmp_path: Path) -> None:
    made = picture(develop(make.saved(make.quarters(), icc_profile=b"nonsense" * 40), tmp_path))
    assert near(made.getpixel((150, 200)), make.FOUR[0])


def test_sixteen_bits_of_grey_keep_their_brightness(tmp_path: Path) -> None:
    grey = Image.new("I;16", (600, 600), 128 * 257)
    assert near(picture(develop(make.saved(grey, "PNG"), tmp_path)).getpixel((9, 9)), (128,) * 3, 3)


@pytest.mark.parametrize("mode", ["L", "1", "P", "LA", "RGBA", "RGB"])
def test_modes_of_png_and_transparency_on_white(tmp_path: Path, mode: str) -> None:
    source = make.quarters(600, 600)
    if "A" in mode:
        source.putalpha(Image.new("L", (600, 600), 0))
    developed = develop(make.saved(source.convert(mode), "PNG"), tmp_path)
    assert developed.fault == ""
    assert picture(developed).mode == "RGB"
    if "A" in mode:
        assert near(picture(developed).getpixel((150, 150)), (255, 255, 255), by=2)


def test_a_keyed_colour_is_transparency_too(tmp_path: Path) -> None:
    keyed = make.saved(Image.new("RGB", (600, 600), (10, 20, 30)), "PNG", transparency=(10, 20, 30))
    assert near(picture(develop(keyed, tmp_path)).getpixel((300, 300)), (255, 255, 255), by=2)


def test_an_interlaced_png_is_whole(tmp_path: Path) -> None:
    data = make.interlaced_png(make.quarters())
    assert Image.open(io.BytesIO(data)).info["interlace"] == 1
    made = picture(develop(data, tmp_path))
    for place, colour in zip(
        ((150, 200), (450, 200), (150, 600), (450, 600)), make.FOUR, strict=True
    ):
        assert near(made.getpixel(place), colour), place


@pytest.mark.parametrize("options", [{"progressive": True}, {"subsampling": 0}, {"optimize": True}])
def test_ways_of_writing_jpeg(tmp_path: Path, options: dict[str, object]) -> None:
    assert develop(make.jpeg(**options), tmp_path).fault == ""


@pytest.mark.parametrize(
    "data", [make.tagged_jpeg(), make.polyglot_jpeg(), make.png_carrying_html()]
)
def test_nothing_but_pixels_comes_out(tmp_path: Path, data: bytes) -> None:
    assert b"SECRET" in data or b"PK" in data
    for _, made in develop(data, tmp_path).renditions:
        opened = Image.open(io.BytesIO(made))
        assert not opened.getexif() and not {"exif", "xmp", "comment"} & set(opened.info)
        assert not any(mark in made for mark in (b"SECRET", b"PK\x03\x04", b"<script", b"Exif"))


@pytest.mark.parametrize("kept", [0.02, 0.2, 0.5, 0.9, 0.99])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_file_that_breaks_off(tmp_path: Path, kind: str, kept: float) -> None:
    whole = make.saved(Image.effect_noise((600, 600), 90).convert("RGB"), kind)
    assert develop(whole[: int(len(whole) * kept)], tmp_path).fault in ("truncated", "broken")


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        (b"", {"broken"}),
        (b"\xff\xd8\xff" + b"\x00" * 5000, {"broken", "truncated"}),
        (make.animation("WEBP"), {"broken"}),
        (make.animation("PNG"), {"broken"}),
        (make.animation("GIF"), {"broken"}),
        (make.saved(make.quarters(), "TIFF"), {"broken"}),
        (b"<html><script>alert(1)</script>", {"broken"}),
        (make.png_pixel_bomb(14_000, 14_000), {"too-heavy"}),
        (make.png_text_bomb(), {"broken", "too-heavy", ""}),
        (make.lying_png(), {"broken", "too-heavy"}),
    ],
)
def test_what_is_no_picture_of_ours_ends_as_a_verdict(
    tmp_path: Path, data: bytes, faults: set[str]
) -> None:
    assert develop(data, tmp_path).fault in faults


def test_memory_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "MEMORY", 220 * 1024 * 1024)
    file = make.saved(Image.new("RGBA", (6000, 6000)), "PNG")
    assert develop(file, tmp_path).fault == "too-heavy"


def test_processor_time_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(darkroom, "PROCESSOR_SECONDS", 1)
    endless = tmp_path / "endless.py"
    endless.write_text(
        f"import sys\nsys.path.insert(0, {str(darkroom.CHILD.parent)!r})\nimport child\n"
        "def develop(*_):\n    while True: pass\n"
        "child.develop = develop\nchild.main()\n"
    )
    monkeypatch.setattr(darkroom, "CHILD", endless)
    assert develop(make.jpeg(), tmp_path).fault == "too-heavy"


def test_a_child_that_vanishes_is_no_verdict(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dying = tmp_path / "dying.py"
    dying.write_text("import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    monkeypatch.setattr(darkroom, "CHILD", dying)
    with pytest.raises(ChildLost):
        develop(make.jpeg(), tmp_path)


def test_a_full_disk_is_no_fault_of_the_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "full"
    full.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(full)]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("a file system of 64 kB cannot be mounted here (not root)")
    monkeypatch.setattr(tempfile, "tempdir", str(full))
    try:
        with pytest.raises(OSError, match="no room"):
            develop(make.saved(make.goods(0.8, side=1200)), tmp_path)
    finally:
        subprocess.run(["umount", "--lazy", str(full)], check=True)


def test_one_file_leaves_nothing_for_the_next(tmp_path: Path) -> None:
    first = develop(make.jpeg(1500, 900), tmp_path)
    keeper = darkroom._keeper().process.pid
    assert develop(make.png_pixel_bomb(14_000, 14_000), tmp_path).fault == "too-heavy"
    again = develop(make.jpeg(1500, 900), tmp_path)
    assert [data for _, data in again.renditions] == [data for _, data in first.renditions]
    assert darkroom._keeper().process.pid == keeper, "what has the decoders loaded saw no file"


def confined(body: str, limits: str = '{"memory": 2**30, "seconds": 20, "output": 0}') -> str:
    """A script that runs *body* confined as the child is."""
    folder = str(darkroom.CHILD.parent)
    return (
        f"import sys; sys.path.insert(0, {folder!r}); import child; child.confine({limits})\n{body}"
    )


def test_the_child_writes_no_file(tmp_path: Path) -> None:
    leak = tmp_path / "leak"
    body = f"open({str(leak)!r}, 'w').write('x' * 100_000)"
    ended = subprocess.run([sys.executable, "-c", confined(body)], capture_output=True, check=False)
    assert ended.returncode != 0
    assert not leak.exists() or leak.read_bytes() == b""


def test_the_child_dies_with_its_worker() -> None:
    waiting = confined("print('up', flush=True); import time; time.sleep(60)")
    worker = f"""
import os, signal, subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {waiting!r}], stdout=subprocess.PIPE, text=True)
child.stdout.readline()
print(child.pid, flush=True)
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", worker], capture_output=True, check=False)
    try:
        orphan = os.pidfd_open(int(ended.stdout))
    except ProcessLookupError:
        return
    assert select.select([orphan], [], [], 10)[0], "it is readable once the process has ended"
