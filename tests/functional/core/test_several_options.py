"""What was stored with one axis is read as options after the migration; all else stays."""

from uuid import uuid4

import pytest
from alembic import command
from sqlalchemy import create_engine, text

from app.core import migration
from app.core.postgres import Cluster

OLD = """
INSERT INTO listing (id, seller_id, category_code) OVERRIDING SYSTEM VALUE VALUES (1, 1, 'mugs');
INSERT INTO version (id, listing_id, no, state, submitted_at, rules_as_of, decided_at)
  OVERRIDING SYSTEM VALUE VALUES
  (1, 1, 1, 'approved', now(), now(), now()), (2, 1, 2, 'draft', null, null, null);
INSERT INTO item (id, listing_id, seller_id) OVERRIDING SYSTEM VALUE VALUES (7, 1, 1), (8, 1, 1);
INSERT INTO version_part (id, version_id, item_id, content) OVERRIDING SYSTEM VALUE VALUES
  (1, 1, null, '{"brand": "b", "option": {"axis": "colour"}}'),
  (2, 1, 7, '{"gtin": "1", "option": "red"}'),
  (3, 2, null, '{"option": {"axis": ""}}'),
  (4, 2, 8, '{"option": ""}');
INSERT INTO change (id, version_id, part_id, revision, path, old, new)
  OVERRIDING SYSTEM VALUE VALUES
  (1, 1, 1, 2, 'option.axis', '{"value": null}', '{"value": "colour"}'),
  (2, 1, 2, 2, 'option', '{"value": ""}', '{"value": "red"}'),
  (3, 1, 2, 3, 'gtin', '{"value": ""}', '{"value": "1"}');
INSERT INTO finding (id, version_id, item_id, path, code, params, severity, source)
  OVERRIDING SYSTEM VALUE VALUES
  (1, 1, 7, 'items.7.option', 'x', '{}', 'advice', 'rule'),
  (2, 1, null, 'option.axis', 'x', '{}', 'advice', 'rule'),
  (3, 1, 7, 'items.7', 'x', '{}', 'advice', 'rule');
"""


@pytest.fixture
def url(cluster: Cluster) -> str:
    name = f"options_{uuid4().hex[:8]}"
    cluster.ensure_database(name)
    return cluster.url(name)


def test_one_axis_becomes_a_list_of_options(url: str) -> None:
    command.upgrade(migration._configuration("onshelf", url), "0006")
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        connection.exec_driver_sql(OLD)
    command.upgrade(migration._configuration("onshelf", url), "0007")
    with engine.begin() as connection:
        parts = connection.execute(text("SELECT id, content FROM version_part ORDER BY id"))
        assert [tuple(row) for row in parts] == [
            (1, {"brand": "b", "options": ["colour"]}),
            (2, {"gtin": "1", "options": {"colour": "red"}}),
            (3, {}),
            (4, {}),
        ]
        changes = connection.execute(text("SELECT path, old, new FROM change ORDER BY id"))
        assert [tuple(row) for row in changes] == [
            ("options", {"value": []}, {"value": ["colour"]}),
            ("options.colour", {"value": ""}, {"value": "red"}),
            ("gtin", {"value": ""}, {"value": "1"}),
        ]
        found = connection.scalars(text("SELECT path FROM finding ORDER BY id"))
        assert list(found) == ["items.7.options.colour", "options", "items.7"]
        with pytest.raises(Exception, match="was submitted"):
            connection.exec_driver_sql("UPDATE version_part SET content = '{}' WHERE id = 1")
