"""`make bench-review`: the desk with 10,000 versions and with 1,000,000. Last line: JSON.

Two databases on one server: VERSIONS["10k"] of which WAITING["10k"] wait, and the same with "1m".
In turns, ROUNDS times, each process (`bench_review_one`) claims the next case CLAIMS times and
opens the queue's page PAGES times, while WRITERS threads of it claim, decide and submit.
`claim_1m_vs_10k` and `queue_page_1m_vs_10k` are medians against medians. `next_case_ms`
(`bench_review_desk`) is what a reviewer waits in a browser, from the key that approves to the
first paint of the next case.
"""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from app.core.postgres import Cluster, Server
from tests.benchmarks import bench_review_desk

VERSIONS = {"10k": 10_000, "1m": 1_000_000}
WAITING = {"10k": 300, "1m": 30_000}
ROUNDS = 7


def main() -> int:
    """Measure and print."""
    with tempfile.TemporaryDirectory(prefix="onshelf-bench-") as folder:
        cluster = Cluster.under(Path(folder) / "postgres")
        with Server(cluster):
            taken = _in_turns(cluster, Path(folder))
    found: dict[str, float] = {}
    for what in ("claim", "queue_page"):
        small, large = (median(taken[size][what]) for size in VERSIONS)
        print(f"{what}: {small * 1000:.2f} ms of 10,000, {large * 1000:.2f} ms of 1,000,000")
        found[f"{what}_1m_vs_10k"] = round(large / small, 2)
    found["next_case_ms"] = bench_review_desk.measure()
    print(json.dumps(found))
    return 0


def _in_turns(cluster: Cluster, folder: Path) -> dict[str, dict[str, list[float]]]:
    """Seconds of each claim and page by size, measured in turns."""
    taken: dict[str, dict[str, list[float]]] = {
        size: {"claim": [], "queue_page": []} for size in VERSIONS
    }
    measuring = {size: _started(cluster, folder, size) for size in VERSIONS}
    for _ in range(ROUNDS):
        for size, process in measuring.items():
            assert process.stdin and process.stdout
            process.stdin.write("go\n")
            process.stdin.flush()
            for what, seconds in json.loads(process.stdout.readline()).items():
                taken[size][what] += seconds
    for process in measuring.values():
        process.communicate()
    return taken


def _started(cluster: Cluster, folder: Path, size: str) -> "subprocess.Popen[str]":
    """A process with its database filled."""
    cluster.ensure_database(f"review_{size}")
    environment = os.environ | {
        "ONSHELF_ENV": "test",
        "ONSHELF_INSTANCE": str(folder / size),
        "DATABASE_URL": cluster.url(f"review_{size}"),
        "PUBLIC_URL": "http://localhost",
        "BROKER_URL": "memory://",
        "SECRET_KEY": "a key for benchmarks, of no worth",
        "CATALOGUE_SECRET": "catalogue secret for benchmarks",
        "ORDERS_SECRET": "orders secret for benchmarks",
    }
    numbers = [str(VERSIONS[size]), str(WAITING[size])]
    started = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.bench_review_one", *numbers],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    assert started.stdout is not None
    print(started.stdout.readline().strip(), flush=True)
    return started


if __name__ == "__main__":
    raise SystemExit(main())
