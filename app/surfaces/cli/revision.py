"""Writes an Alembic revision: what the models have and the migrations so far do not make.

Compares with a throw-away private PostgreSQL that the present migrations have built.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from app.core import migration
from app.core.postgres import Cluster, Server


def write(branch: str, message: str) -> Path:
    """The file of the next revision of *branch*."""
    folder = Path(tempfile.mkdtemp(prefix="onshelf-revision-"))
    try:
        with Server(Cluster.under(folder, fast=True)) as server:
            server.cluster.ensure_database("revision")
            url = server.cluster.url("revision")
            if migration.has_revisions(branch):
                migration.upgrade(branch, url)
            return migration.revise(branch, url, message)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def write_initial() -> list[Path]:
    """The first revision of every branch, in the place of all that there were."""
    for branch in migration.BRANCHES:
        for old in (migration.FOLDER / branch / "versions").glob("*.py"):
            old.unlink()
    return [write(branch, "initial") for branch in migration.BRANCHES]


def main() -> None:
    """`revision BRANCH MESSAGE`, or `revision --initial`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("branch", nargs="?", choices=migration.BRANCHES)
    parser.add_argument("message", nargs="?")
    parser.add_argument("--initial", action="store_true")
    options = parser.parse_args()
    if not options.initial and not (options.branch and options.message):
        parser.error("a branch and a message, or --initial")
    # Models read no settings, but packages they import may.
    os.environ.setdefault("SECRET_KEY", "only to write a revision")
    made = write_initial() if options.initial else [write(options.branch, options.message)]
    subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "ruff", "format", "--quiet", *map(str, made)], check=False
    )
    for path in made:
        print(path)


if __name__ == "__main__":
    main()
