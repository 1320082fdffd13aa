"""`make backup`: the database and the files that it refers to, while everything runs.

The dumps are of one instant: they share one snapshot, in which the files referred to are read, too.
The files are fetched after it. They are named by their hashes and never change, so one that an
earlier backup has is linked to, and one that comes later is only missing from this backup.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from app.core.postgres import PostgresError, binaries
from app.core.storage import DirectoryStorage
from app.surfaces.cli import archive
from app.surfaces.cli.archive import BackupError, Manifest
from app.surfaces.cli.installed import Installed, installation, instance

# How the settings of a connection are called in the environment of PostgreSQL's programs.
NAMES = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


def back_up(of: Installed) -> Path:
    """Make a backup and delete the oldest ones; its folder. `BackupError`."""
    of.backups.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = datetime.now(UTC)
    name = f"{made_at:%Y%m%dT%H%M%S%fZ}"
    folder = of.backups / f".{name}"
    folder.mkdir(mode=0o700)
    revisions, referred = _dump_all(of.databases, folder)
    earlier = archive.backups(of.backups)
    size, missing = _fetch(of.storage, folder, referred, earlier[-1] if earlier else None)
    (folder / archive.LIST).write_text("".join(f"{key}\n" for key in referred), encoding="ascii")
    dumps = {branch: archive.sum_of(archive.dump(folder, branch)) for branch in revisions}
    listed = archive.sum_of(folder / archive.LIST)
    told = (revisions, dumps, listed, len(referred) - len(missing), size, missing)
    Manifest(made_at.isoformat(), *told).write(folder)
    os.sync()
    whole = folder.rename(of.backups / name)
    archive.prune(of.backups, of.backups_kept)
    return whole


def _dump_all(databases: dict[str, str], folder: Path) -> tuple[dict[str, str], list[str]]:
    """Dump each branch that is there: revisions by branch, and the keys of all files."""
    from app.journey.imaging.tidying import references

    revisions: dict[str, str] = {}
    referred: list[str] = []
    for url in dict.fromkeys(databases.values()):
        with snapshot(url) as (connection, number):
            for branch in [name for name, address in databases.items() if address == url]:
                revision = revision_of(connection, branch)
                if revision is None:
                    continue
                revisions[branch] = revision
                schema, target = schema_of(branch), archive.dump(folder, branch)
                run("pg_dump", url, "--format=custom", f"--schema={schema}",
                    f"--snapshot={number}", "--no-owner", "--no-privileges",
                    f"--file={target}")  # fmt: skip
                if branch == "onshelf":
                    referred = sorted(connection.scalars(references()))
    if "onshelf" not in revisions:
        raise BackupError("There is nothing to back up: the database has no tables of Onshelf.")
    return revisions, referred


@contextmanager
def snapshot(url: str) -> Iterator[tuple[Connection, str]]:
    """A transaction that sees one instant, and the number by which others see the same."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="REPEATABLE READ")
    with engine.connect() as connection:
        # It may last as long as the dumps take.
        connection.execute(text("SET idle_in_transaction_session_timeout = 0"))
        yield connection, connection.scalars(text("SELECT pg_export_snapshot()")).one()


def revision_of(connection: Connection, branch: str) -> str | None:
    """At which revision the tables of *branch* are; None where there are none."""
    table = f"{schema_of(branch)}.alembic_version"
    if connection.scalar(text("SELECT to_regclass(:name)"), {"name": table}) is None:
        return None
    found = connection.scalars(text(f"SELECT version_num FROM {table}"))  # noqa: S608 - ours
    return str(found.one())


def schema_of(branch: str) -> str:
    """The schema that the tables of *branch* are in."""
    return "public" if branch == "onshelf" else branch


def run(program: str, url: str, *arguments: str) -> str:
    """One of PostgreSQL's own programs on the database of *url*; what it printed. `BackupError`."""
    told = conninfo_to_dict(url.replace("+psycopg", "", 1))
    # In the environment: everybody on the machine can read a command line.
    given = {NAMES[name]: str(value) for name, value in told.items() if name in NAMES}
    command = [str(binaries() / program), *arguments]
    environment = {**os.environ, **given}
    done = subprocess.run(  # noqa: S603 - our own arguments
        command, env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        reason = (done.stderr.strip() or "no reason given").splitlines()[0]
        raise BackupError(f"{program} failed: {reason}")
    return done.stdout


def _fetch(
    storage: Path, folder: Path, keys: list[str], earlier: Path | None
) -> tuple[int, list[str]]:
    """Take the files in; their bytes, and the keys of those that are not there or are damaged."""
    held = DirectoryStorage(storage)
    size, missing = 0, []
    for key in keys:
        target = archive.file(folder, key)
        target.parent.mkdir(parents=True, exist_ok=True)
        if not (earlier and _link(archive.file(earlier, key), target)):
            try:
                shutil.copyfile(held.path(key), target)
            except (OSError, ValueError):
                missing.append(key)
                continue
            if archive.sum_of(target) != key:
                target.unlink()
                missing.append(key)
                continue
        size += target.stat().st_size
    return size, missing


def _link(source: Path, target: Path) -> bool:
    try:
        os.link(source, target)
    except OSError:
        return False
    return True


def main() -> int:
    """0 and the folder's name; 1 and one sentence."""
    try:
        with installation(instance()) as found:
            made = back_up(found)
    except (BackupError, PostgresError, OperationalError, OSError) as error:
        print(f"no backup was made: {str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    told = archive.manifest_of(made)
    print(f"{made}: {', '.join(told.dumps)}, {told.files} files, {told.bytes:,} bytes of them")
    if told.missing:
        lost = f"{len(told.missing)} files that the database refers to are not there or damaged"
        print(f"{lost}: {', '.join(told.missing[:3])}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
