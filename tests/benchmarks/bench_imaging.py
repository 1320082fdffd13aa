"""`make bench-imaging`: five renditions of 12 and 24 megapixel photographs. Last line: JSON.

Side by side in one run, by the processor time of parent and child together, medians of ROUNDS:
the *floor* (scaled JPEG decode, then only the encodes), the *naive* way (open, convert, Lanczos
each size from the full picture) and *ours* (storage, child, every check, renditions kept). WebP is
of quality 80, method 4, JPEG of quality 85 in all three.
"""

import io
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFilter

from tests.benchmarks import bench_imaging_web

SEED = 7
SIZES = {"12mp": (4000, 3000), "24mp": (6000, 4000)}
ROUNDS = 9
AT_ONCE = 16


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="onshelf-bench-") as folder:
        found = _measure(Path(folder))
        found["web_latency_under_imaging"] = bench_imaging_web.measure(
            Path(folder), photograph(*SIZES["12mp"])
        )
        print(json.dumps(found))
    return 0


def photograph(width: int, height: int) -> bytes:
    """A baseline JPEG with what photographs have: soft light, edges, texture of every size, grain.

    About 0.3 bytes a pixel, as a camera's own are at this quality.
    """
    light = Image.linear_gradient("L").resize((width, height))
    soft = Image.radial_gradient("L").resize((width, height))
    texture = light
    for octave in (32, 16, 8, 4, 2):
        size = max(1, width // octave), max(1, height // octave)
        texture = Image.blend(texture, Image.effect_noise(size, 90).resize((width, height)), 0.24)
    bands = (Image.blend(light, texture, 0.7), texture, Image.blend(soft, texture, 0.5))
    picture = Image.merge("RGB", bands)
    draw = ImageDraw.Draw(picture)
    for n in range(60):
        x, y = (n * 7919 * SEED) % width, (n * 104_729 * SEED) % height
        side = width // 12 + n * width // 500
        colour = (n * 37 % 256, n * 91 % 256, n * 153 % 256)
        draw.ellipse((x, y, x + side, y + side), fill=colour, outline="white", width=3)
    picture = Image.blend(picture.filter(ImageFilter.SHARPEN), picture, 0.5)
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=90)
    return buffer.getvalue()


def _measure(folder: Path) -> dict[str, float]:
    examine, keep, limits = ours(folder)
    found: dict[str, float] = {}
    for name, size in SIZES.items():
        data = photograph(*size)
        ways: dict[str, Callable[[], Any]] = {
            "floor": _floor(data),
            "naive": lambda data=data: _naive(data),  # type: ignore[misc]
            "ours": lambda data=data: examine(keep(data), limits),  # type: ignore[misc]
        }
        spent = _medians(ways)
        found[f"ours_vs_floor_{name}"] = round(spent["ours"] / spent["floor"], 2)
        found[f"naive_vs_ours_{name}"] = round(spent["naive"] / spent["ours"], 2)
        told = ", ".join(f"{way} {1000 * each:.0f} ms" for way, each in spent.items())
        print(f"{name}: {len(data) / 1e6:.1f} MB, CPU a picture: {told}")
    found["two_processes_vs_one"] = _processes(folder)
    found["peak_mb_24mp"] = _peak(photograph(*SIZES["24mp"]))
    return found


def ours(folder: Path) -> tuple[Callable[..., Any], Callable[[bytes], str], Any]:
    """What examines a kept file, what keeps one, and the limits."""
    os.environ.update(
        ONSHELF_ENV="test",
        ONSHELF_INSTANCE=str(folder),
        STORAGE_PATH=str(folder / "storage"),
        DATABASE_URL="postgresql+psycopg://nobody@/nothing",
        PUBLIC_URL="http://localhost",
        SECRET_KEY="a key for benchmarks, of no worth",
        CATALOGUE_SECRET="catalogue secret for benchmarks",
        ORDERS_SECRET="orders secret for benchmarks",
    )
    from app.journey.imaging.measured import Limits
    from app.journey.imaging.verdict import examine
    from app.listings.store import store

    def keep(data: bytes) -> str:
        # What was kept in the round before would not be written again.
        for key in list(store().keys()):
            store().delete(key)
        return store().put(data).key

    limits = Limits(max_bytes=20_000_000, max_pixels=40_000_000, min_side=500, max_side=10_000)
    return examine, keep, limits


def _floor(data: bytes) -> Callable[[], None]:
    """The scaled decode and the encodes; the scaling between them was done before."""
    from app.journey.imaging.renditions import RENDITIONS

    made = [(row, _at(_decoded(data), row.side)) for row in RENDITIONS]

    def run() -> None:
        _decoded(data)
        for row, picture in made:
            _encode(picture, row)

    return run


def _naive(data: bytes) -> None:
    from app.journey.imaging.renditions import RENDITIONS

    picture = Image.open(io.BytesIO(data)).convert("RGB")
    for row in RENDITIONS:
        _encode(_at(picture, row.side), row)


def _decoded(data: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(data))
    scale = 1200 / max(picture.size)
    picture.draft(None, (round(picture.width * scale), round(picture.height * scale)))
    picture.load()
    return picture


def _at(picture: Image.Image, side: int) -> Image.Image:
    scale = side / max(picture.size)
    size = round(picture.width * scale), round(picture.height * scale)
    return picture.resize(size, Image.Resampling.LANCZOS)


def _encode(picture: Image.Image, row: Any) -> None:
    buffer = io.BytesIO()
    if row.type == "image/webp":
        picture.save(buffer, "WEBP", quality=80, method=4)
    else:
        picture.save(buffer, "JPEG", quality=85)


def _medians(ways: dict[str, Callable[[], Any]]) -> dict[str, float]:
    """CPU seconds of each way, in turns."""
    spent: dict[str, list[float]] = {name: [] for name in ways}
    for round_ in range(ROUNDS + 1):
        for name, way in ways.items():
            before = _cpu()
            way()
            # The first of each only warms up.
            if round_:
                spent[name].append(_cpu() - before)
    return {name: statistics.median(each) for name, each in spent.items()}


def _cpu() -> float:
    """Processor seconds of this process and of all that decodes for it."""
    from app.journey.imaging import darkroom

    own = resource.getrusage(resource.RUSAGE_SELF)
    total = own.ru_utime + own.ru_stime
    keeper = getattr(darkroom._own, "keeper", None)
    if keeper is not None:
        fields = Path(f"/proc/{keeper.process.pid}/stat").read_text().rpartition(")")[2].split()
        # utime, stime, cutime, cstime of proc(5)
        total += sum(int(field) for field in fields[11:15]) / os.sysconf("SC_CLK_TCK")
    return total


def _processes(folder: Path) -> float:
    """Pictures a second of two processes at once against one alone, medians of three."""
    ratios = []
    for _ in range(3):
        one = AT_ONCE / _together(folder, 1, AT_ONCE)
        two = 2 * AT_ONCE / _together(folder, 2, AT_ONCE)
        ratios.append(two / one)
        print(f"12mp pictures a second: one process {one:.1f}, two {two:.1f}")
    return round(statistics.median(ratios), 2)


def _together(folder: Path, processes: int, pictures: int) -> float:
    """Wall seconds until the last of *processes* has done its *pictures*."""
    command = [sys.executable, "-m", "tests.benchmarks.bench_imaging_one", str(pictures)]
    started = [
        subprocess.Popen(
            [*command, str(folder / f"one-{n}")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(processes)
    ]
    for each in started:
        assert each.stdout and each.stdout.readline() == "ready\n"
    begun = time.perf_counter()
    for each in started:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    for each in started:
        assert each.stdout and each.stdout.readline() == "done\n"
    spent = time.perf_counter() - begun
    for each in started:
        each.communicate()
    return spent


def _peak(data: bytes) -> float:
    """The decoding child's highest resident size in MB."""
    from app.journey.imaging import darkroom

    with tempfile.TemporaryFile() as source, tempfile.TemporaryFile() as output:
        source.write(data)
        source.flush()
        source.seek(0)
        job = darkroom._job(40_000_000, ())
        told = darkroom._keeper().do(job, source.fileno(), output.fileno())
    return round(told["peak_kb"] / 1024, 1)


if __name__ == "__main__":
    raise SystemExit(main())
