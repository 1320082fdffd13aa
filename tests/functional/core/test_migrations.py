"""The migrations make exactly what the models say, and know a database that is ahead of them."""

from uuid import uuid4

import pytest
from sqlalchemy import create_engine, text

from app.core import migration
from app.core.postgres import Cluster


@pytest.fixture
def empty_database(cluster: Cluster) -> str:
    name = f"migrated_{uuid4().hex[:8]}"
    cluster.ensure_database(name)
    return cluster.url(name)


@pytest.mark.parametrize("branch", migration.BRANCHES)
def test_migrations_make_what_the_models_say(empty_database: str, branch: str) -> None:
    if not migration.has_revisions(branch):
        pytest.skip("no revision yet")
    migration.upgrade(branch, empty_database)
    assert migration.differences(branch, empty_database) == ""


@pytest.mark.parametrize("branch", migration.BRANCHES)
def test_upgrading_twice_changes_nothing(empty_database: str, branch: str) -> None:
    migration.upgrade(branch, empty_database)
    migration.upgrade(branch, empty_database)


@pytest.mark.parametrize("branch", migration.BRANCHES)
def test_a_database_ahead_of_the_code_is_told(empty_database: str, branch: str) -> None:
    if not migration.has_revisions(branch):
        pytest.skip("no revision yet")
    migration.upgrade(branch, empty_database)
    schema = "public" if branch == "onshelf" else branch
    with create_engine(empty_database).begin() as connection:
        connection.execute(text(f"UPDATE {schema}.alembic_version SET version_num = '9999'"))
    with pytest.raises(migration.DatabaseNewerError, match="newer than this code"):
        migration.upgrade(branch, empty_database)
