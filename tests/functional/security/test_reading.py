"""Looking changes nothing: no GET or HEAD of anybody leaves a trace in what is kept."""

import pytest
from sqlalchemy import text

from app.core.database import db
from tests.contracts.visitors import KINDS
from tests.functional.security.conftest import insider, rows

# A visitor's own session is made and kept awake by visiting.
OWN = {"web_session"}


def digest():
    """One line a table, of all its rows."""
    tables = [table.name for table in db.metadata.sorted_tables if table.name not in OWN]
    parts = [
        f"SELECT '{name}', md5(coalesce(string_agg(t::text, '|' ORDER BY t::text), ''))"
        f' FROM "{name}" t'
        for name in tables
    ]
    found = dict(tuple(row) for row in db.session.execute(text(" UNION ALL ".join(parts))))
    db.session.rollback()
    return found


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true", "HX-Request-Type": "partial"}])
def test_looking_changes_nothing(app, session, world, visitor, address, headers):
    changed = []
    for _, rule, row in rows("GET"):
        url = address(rule, row.places(world))
        session.commit()
        before = digest()
        for kind in KINDS:
            visitor(kind).get(url, headers=headers)
        visitor(insider(row)).head(url, headers=headers)
        after = digest()
        changed += [(rule, name) for name in after if after[name] != before[name]]

    assert changed == []
