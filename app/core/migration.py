"""Alembic for the three branches: `onshelf`, and the receivers' `catalogue` and `orders`.

Each branch has a folder under `migrations/` with an `env.py` that hands its metadata to `run`. A
receiver's branch lives in the schema of its name, with its version table. Upgrades wait for each
other under an advisory lock, so that several machines may start at once.
"""

from pathlib import Path

from alembic import command, context
from alembic.autogenerate import comparators
from alembic.autogenerate.api import AutogenContext
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations.ops import ExecuteSQLOp, UpgradeOps
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import MetaData, NullPool, create_engine, text
from sqlalchemy.schema import CreateSchema, CreateSequence

FOLDER = Path(__file__).resolve().parents[2] / "migrations"
BRANCHES = ("onshelf", "catalogue", "orders")


class DatabaseNewerError(RuntimeError):
    """The database was migrated by a newer release than this one."""


def upgrade(branch: str, url: str, revision: str = "head") -> None:
    """Bring *branch* of the database at *url* to the newest *revision* of this code.

    Raises DatabaseNewerError when the database has a revision that this code does not know.
    """
    configuration = _configuration(branch, url)
    known = known_revisions(branch)
    unknown = set(_present(branch, url)) - known
    if unknown and known:
        raise DatabaseNewerError(
            f"The database ({branch}) is at revision {', '.join(sorted(unknown))}, which is newer"
            " than this code: use the newer release, or restore a backup made by this one."
        )
    command.upgrade(configuration, revision)


def known_revisions(branch: str) -> set[str]:
    """Every revision of *branch* that this code has."""
    return {script.revision for script in _scripts(branch).walk_revisions()}


def revise(branch: str, url: str, message: str) -> Path:
    """Write the next revision of *branch*: what the models have and the database at *url* lacks."""
    number = len(list(_scripts(branch).walk_revisions())) + 1
    configuration = _configuration(branch, url)
    configuration.attributes["empty"] = True
    made = command.revision(configuration, message, autogenerate=True, rev_id=f"{number:04d}")
    if made is None or isinstance(made, list):
        raise CommandError(f"nothing was written for {branch}")
    return Path(made.path)


def differences(branch: str, url: str) -> str:
    """What the models have and the database has not, as Alembic says it; '' when nothing."""
    try:
        command.check(_configuration(branch, url))
    except CommandError as error:
        return str(error)
    return ""


class _CreateSequence(ExecuteSQLOp):
    """A missing sequence, told as a difference and written as SQL."""

    def to_diff_tuple(self) -> tuple[str, str]:
        return "add_sequence", str(self.sqltext)

    def reverse(self) -> ExecuteSQLOp:
        return ExecuteSQLOp(str(self.sqltext).replace("CREATE", "DROP").partition(" AS ")[0])


@comparators.dispatch_for("schema")
def _compare_sequences(autogenerate: AutogenContext, upgrade: UpgradeOps, _schemas: object) -> None:
    """Alembic compares no sequences of its own accord: a missing one is a difference too."""
    metadata, connection = autogenerate.metadata, autogenerate.connection
    if connection is None or not isinstance(metadata, MetaData):
        return
    for sequence in metadata._sequences.values():
        if not connection.dialect.has_sequence(connection, sequence.name, schema=sequence.schema):
            made = str(CreateSequence(sequence).compile(dialect=connection.dialect))
            upgrade.ops.append(_CreateSequence(made))


def has_revisions(branch: str) -> bool:
    """Whether a first revision was written yet."""
    return bool(_scripts(branch).get_heads())


def run(metadata: MetaData) -> None:
    """What every `env.py` calls: migrate, or compare with, *metadata*'s schema."""
    configuration = context.config
    branch = configuration.attributes["branch"]
    engine = create_engine(configuration.attributes["url"], poolclass=NullPool)
    with engine.connect() as connection:
        connection.execute(text("SELECT pg_advisory_lock(hashtext('onshelf migration'))"))
        if metadata.schema:
            connection.execute(CreateSchema(metadata.schema, if_not_exists=True))
        connection.commit()
        context.configure(
            connection=connection,
            target_metadata=metadata,
            version_table_schema=metadata.schema,
            include_schemas=bool(metadata.schema),
            include_name=lambda name, kind, _: kind != "schema" or name == metadata.schema,
            compare_type=True,
        )
        with context.begin_transaction():
            context.run_migrations()
        if not has_revisions(branch) and not configuration.attributes.get("empty"):
            metadata.create_all(connection)
            connection.commit()


def _configuration(branch: str, url: str) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(FOLDER / branch))
    configuration.set_main_option("path_separator", "os")
    configuration.attributes.update(branch=branch, url=url)
    return configuration


def _scripts(branch: str) -> ScriptDirectory:
    return ScriptDirectory(str(FOLDER / branch))


def _present(branch: str, url: str) -> tuple[str, ...]:
    schema = None if branch == "onshelf" else branch
    engine = create_engine(url, poolclass=NullPool)
    with engine.connect() as connection:
        options = {"version_table_schema": schema}
        return MigrationContext.configure(connection, opts=options).get_current_heads()
