"""`make restore FROM=...`: an installation as it was when a backup was made.

What happened since is lost here and not at the targets: so numbers that may have been given since
are not given again, and the next thing is a run of reconciliation.
"""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Connection, NullPool, create_engine, text
from sqlalchemy.exc import OperationalError

from app.core import migration
from app.core.postgres import PostgresError
from app.core.storage import DirectoryStorage
from app.surfaces.cli import archive, starting
from app.surfaces.cli.archive import BackupError, Manifest
from app.surfaces.cli.backup import revision_of, run, schema_of
from app.surfaces.cli.installed import Installed, installation, instance
from app.surfaces.cli.problem import CannotStartError

# More than are given between two backups: of listings, items, stock changes, anything.
GAP = 1_000_000
# What the schema is called that waits to be let go of.
ASIDE = "_replaced"


def restore(backup: Path, into: Installed, branches: tuple[str, ...], replace: bool) -> list[str]:
    """Put *branches* of *backup* in place; those that were. `BackupError` before anything is done.

    *replace* lets go of what is there. Tables of a branch change in one step or not at all.
    """
    manifest = archive.manifest_of(backup)
    wanted = [branch for branch in branches if branch in manifest.dumps]
    _check(backup, manifest, wanted, into, replace)
    if "onshelf" in wanted:
        # Files first: what the tables refer to is there when they are.
        _put_files(backup, manifest, into.storage)
    for branch in wanted:
        _put_tables(branch, into.databases[branch], archive.dump(backup, branch))
    if "onshelf" in wanted:
        starting.migrate(into.databases["onshelf"])
        _count_on(into.databases["onshelf"])
    return wanted


def refuse_running(into: Installed) -> None:
    """`BackupError` where somebody else is connected to a database that would be replaced."""
    for url in set(into.databases.values()):
        engine = create_engine(url, poolclass=NullPool)
        with suppress(OperationalError), engine.connect() as connection:
            others = connection.scalars(text(_OTHERS)).one()
            if others:
                raise BackupError(
                    f"{others} other programs are connected to the database: stop the installation"
                    " first, its receivers and workers too."
                )


def _check(
    backup: Path, manifest: Manifest, wanted: list[str], into: Installed, replace: bool
) -> None:
    if not wanted:
        raise BackupError(f"{backup} has none of what is wanted.")
    for branch in wanted:
        if manifest.revisions[branch] not in migration.known_revisions(branch):
            raise BackupError(
                f"The backup ({branch}) is at revision {manifest.revisions[branch]}, which is newer"
                " than this code: use the newer release."
            )
    found = archive.first_damages(archive.damages(backup, manifest))
    if found:
        raise BackupError(f"The backup is damaged: {found}.")
    there = [branch for branch in wanted if _is_there(into.databases[branch], branch)]
    if there and not replace:
        raise BackupError(
            f"There are tables of {', '.join(there)} already: say REPLACE=1 to let go of them."
        )


def _is_there(url: str, branch: str) -> bool:
    with create_engine(url, poolclass=NullPool).connect() as connection:
        return revision_of(connection, branch) is not None


def _put_files(backup: Path, manifest: Manifest, storage: Path) -> None:
    held = DirectoryStorage(storage)
    for key in sorted(set(archive.keys(backup)) - set(manifest.missing)):
        if held.exists(key) and archive.sum_of(held.path(key)) == key:
            continue
        with held.receive() as incoming, archive.file(backup, key).open("rb") as source:
            while piece := source.read(archive.PIECE):
                incoming.write(piece)
            if incoming.keep().key != key:
                raise BackupError(f"The file {key} changed while it was restored.")


def _put_tables(branch: str, url: str, dump: Path) -> None:
    """The schema as it is in *dump*; what was there is let go of only when that is done."""
    schema = schema_of(branch)
    makes_it = f" SCHEMA - {schema} " in run("pg_restore", url, "--list", str(dump))
    with _alone(url) as connection:
        # What a restore that was killed has put aside is what was there.
        _put_back(connection, schema)
        if _has_schema(connection, schema):
            connection.execute(text(f'ALTER SCHEMA "{schema}" RENAME TO "{schema}{ASIDE}"'))
        if not makes_it:
            connection.execute(text(f'CREATE SCHEMA "{schema}"'))
        try:
            run("pg_restore", url, "--dbname=", "--single-transaction", "--exit-on-error",
                "--no-owner", "--no-privileges", str(dump))  # fmt: skip
        except BackupError:
            _put_back(connection, schema)
            raise
        connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema}{ASIDE}" CASCADE'))


def _put_back(connection: Connection, schema: str) -> None:
    if _has_schema(connection, f"{schema}{ASIDE}"):
        connection.execute(text(f'DROP SCHEMA IF EXISTS "{schema}" CASCADE'))
        connection.execute(text(f'ALTER SCHEMA "{schema}{ASIDE}" RENAME TO "{schema}"'))


def _alone(url: str) -> Connection:
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    return engine.connect()


def _has_schema(connection: Connection, name: str) -> bool:
    known = text("SELECT count(*) FROM pg_namespace WHERE nspname = :name")
    return bool(connection.scalar(known, {"name": name}))


def _count_on(url: str) -> None:
    """Nothing that was numbered since the backup shares its number with what comes now.

    The targets know those numbers: a new listing under the number of a lost one would be taken
    for it, and an amount of stock under a number they have had would be left out. And whoever was
    signed in then is not now: the session may have been ended since.
    """
    with create_engine(url, poolclass=NullPool).begin() as connection:
        connection.execute(text(_NUMBERS), {"gap": GAP})
        connection.execute(text("UPDATE stock SET change_no = change_no + :gap"), {"gap": GAP})
        connection.execute(text("DELETE FROM web_session"))
        connection.execute(text(_END_RUN))


_NUMBERS = """
    SELECT setval(name, nextval(name) + :gap)
      FROM (SELECT format('%I.%I', schemaname, sequencename)::regclass AS name
              FROM pg_sequences WHERE schemaname = 'public') AS sequences
"""
_END_RUN = "UPDATE reconciliation SET finished_at = clock_timestamp() WHERE finished_at IS NULL"
_OTHERS = """
    SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()
       AND pid <> pg_backend_pid() AND backend_type = 'client backend'
"""


def ask_for_reconciliation() -> None:
    """A run waits for the workers: the first thing that they do."""
    from app import create_app
    from app.core.database import db
    from app.core.unit_of_work import unit_of_work
    from app.journey.handoff.reconciling import runs
    from app.settings import settings

    with create_app(settings()).app_context():
        with unit_of_work():
            runs.start()
        db.engine.dispose()


def main(arguments: list[str] | None = None) -> int:
    """0 when it is done; 1 and one sentence."""
    parser = argparse.ArgumentParser(prog="make restore", description=__doc__)
    parser.add_argument("backup", type=Path)
    parser.add_argument("--replace", action="store_true", help="let go of what is there")
    parser.add_argument("--only", choices=migration.BRANCHES, help="one branch, not all")
    options = parser.parse_args(arguments)
    branches = (options.only,) if options.only else migration.BRANCHES
    try:
        of = instance()
        of.lock("restoring a backup")
        with installation(of) as found:
            refuse_running(found)
            done = restore(options.backup, found, branches, options.replace)
            if "onshelf" in done:
                ask_for_reconciliation()
    except (BackupError, CannotStartError, PostgresError, OperationalError, OSError) as error:
        print(f"nothing was restored: {str(error).splitlines()[0]}", file=sys.stderr)
        return 1
    print(f"restored: {', '.join(done)}. The next start compares both targets with it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
