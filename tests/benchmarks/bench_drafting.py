"""`make bench-drafting`: finding categories, saving drafts, paging listings. Last line: JSON.

Everything runs on one private PostgreSQL made for it. What needs the shared sample data is left
out, and said so, where the machine has none.
"""

import json
import os
import tempfile
from contextlib import ExitStack
from pathlib import Path

from app.core.postgres import Cluster, Server
from tests.shared import shared_data


def main() -> int:
    """Measure and print."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="onshelf-bench-")))
        server = stack.enter_context(Server(Cluster.under(folder / "postgres")))
        _settings(folder, server.cluster)
        print(json.dumps(_measure()))
    return 0


def _settings(folder: Path, cluster: Cluster) -> None:
    cluster.ensure_database("bench")
    os.environ.update(
        ONSHELF_ENV="test",
        ONSHELF_INSTANCE=str(folder),
        DATABASE_URL=cluster.url("bench"),
        BROKER_URL="memory://",
        PUBLIC_URL="http://localhost",
        STATEMENT_TIMEOUT_SECONDS="600",
        SECRET_KEY="a key for benchmarks, of no worth",
        CATALOGUE_SECRET="catalogue secret for benchmarks",
        ORDERS_SECRET="orders secret for benchmarks",
    )


def _measure() -> dict[str, float]:
    from app import create_app
    from app.core import migration
    from tests.benchmarks import bench_drafting_save, bench_finding, bench_listings

    migration.upgrade("onshelf", os.environ["DATABASE_URL"])
    found: dict[str, float] = {}
    app = create_app()
    with app.app_context():
        found["last_page_vs_first"] = bench_listings.measure()
    found["save_200_vs_1"] = bench_drafting_save.measure(app)
    with app.app_context():
        data = shared_data()
        if data is None:
            print("SAMPLE DATA ABSENT: set ONSHELF_SHARED_DATA to measure search and suggestion")
            return found
        found |= bench_finding.measure_search(data)
        found["suggestion_top3"] = round(bench_finding.measure_suggestion(data), 4)
    return found


if __name__ == "__main__":
    raise SystemExit(main())
