"""The installation that a command is about: its database, its files, where its backups are.

A private PostgreSQL that is not running is started for as long as the command takes.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app.core import migration
from app.core.postgres import Cluster, Server
from app.settings import ROOT, postgres_address
from app.surfaces.cli.instance import Instance


@dataclass(frozen=True)
class Installed:
    """Where everything of one installation is. `databases` are addresses by branch."""

    databases: dict[str, str]
    storage: Path
    backups: Path
    backups_kept: int


def instance() -> Instance:
    """The instance folder that the environment names."""
    return Instance(Path(os.environ.get("ONSHELF_INSTANCE") or ROOT / "instance"))


@contextmanager
def installation(of: Instance) -> Iterator[Installed]:
    """The installation of this instance folder, with its database answering."""
    given = os.environ.get("DATABASE_URL")
    if given:
        yield _installed(of, postgres_address(given))
        return
    cluster = Cluster.under(of.folder / "postgres")
    if cluster.is_ready():
        yield _installed(of, cluster.url("onshelf"))
        return
    cluster.data.parent.mkdir(parents=True, exist_ok=True)
    with Server(cluster):
        cluster.ensure_database("onshelf")
        yield _installed(of, cluster.url("onshelf"))


def _installed(of: Instance, url: str) -> Installed:
    for name, secret in of.secrets().items():
        os.environ.setdefault(name, secret)
    os.environ.update(DATABASE_URL=url, ONSHELF_INSTANCE=str(of.folder))
    from app.settings import settings

    settings.cache_clear()
    own = settings()
    databases = {
        branch: postgres_address(os.environ.get(f"{branch.upper()}_DATABASE_URL") or url)
        for branch in migration.BRANCHES
    }
    return Installed(
        databases,
        own.storage_path or own.onshelf_instance / "storage",
        own.backup_path or own.onshelf_instance / "backups",
        own.backups_kept,
    )
