"""The receivers' migrations make what their models say."""

import pytest
from sqlalchemy import create_engine, inspect

from app.core.migration import differences, upgrade
from tests.conftest import CLUSTER, WORKER


@pytest.mark.parametrize("branch", ["catalogue", "orders"])
def test_migrations_make_what_the_models_say(database, branch):
    name = f"migrated_{branch}_{WORKER}"
    CLUSTER.ensure_database(name)
    upgrade(branch, CLUSTER.url(name))
    upgrade(branch, CLUSTER.url(name))
    assert differences(branch, CLUSTER.url(name)) == ""
    engine = create_engine(CLUSTER.url(name))
    assert inspect(engine).get_table_names("public") == []
    engine.dispose()
