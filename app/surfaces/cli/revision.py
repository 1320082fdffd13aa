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


def main() -> None:
    """`revision BRANCH MESSAGE`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("branch", choices=migration.BRANCHES)
    parser.add_argument("message")
    options = parser.parse_args()
    # Models read no settings, but packages they import may.
    os.environ.setdefault("SECRET_KEY", "only to write a revision")
    made = write(options.branch, options.message)
    subprocess.run(  # noqa: S603 - our own arguments
        [sys.executable, "-m", "ruff", "format", "--quiet", str(made)], check=False
    )
    print(made)


if __name__ == "__main__":
    main()
