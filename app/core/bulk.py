"""Many rows in one statement: sent as one JSON parameter, unfolded by PostgreSQL.

However many rows there are, the statement is the same text, so it is planned once; a hundred rows
cost a fraction of a hundred statements (`make bench-handoff`).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    Table,
    Text,
    Update,
    any_,
    column,
    func,
    literal,
    select,
    type_coerce,
    update,
)
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, Insert, insert

Row = Mapping[str, Any]


def given(table: Table, rows: Sequence[Row], names: Sequence[str]) -> Select[Any]:
    """*rows* as a query with the columns *names*, typed as the table's are.

    Values are what `core/jsons` writes, instants included; a name that a row leaves out is null.
    """
    columns = [column(name, table.c[name].type) for name in names]
    told = func.jsonb_to_recordset(type_coerce(list(rows), JSONB))
    return select(*told.table_valued(*columns, name="given").render_derived(with_types=True).c)


def insert_all(table: Table, rows: Sequence[Row], names: Sequence[str]) -> Insert:
    """One INSERT of all *rows*; what they leave to the table's defaults is not among *names*."""
    return insert(table).from_select(list(names), given(table, rows, names), include_defaults=False)


def any_of(values: Iterable[int] | Iterable[str]) -> ColumnElement[Any]:
    """`column == any_of(ids)`: one parameter, however many there are, where IN has one for each."""
    found = list(values)
    kind = Text() if found and isinstance(found[0], str) else BigInteger()
    return any_(literal(found, ARRAY(kind)))


def rounds(rows: Sequence[Row], key: str) -> list[list[Row]]:
    """*rows* in as few lists as leave no *key* twice in one, each key's in their order."""
    found: list[list[Row]] = []
    met: dict[Any, int] = {}
    for row in rows:
        place = met.get(row[key], 0)
        met[row[key]] = place + 1
        if place == len(found):
            found.append([])
        found[place].append(row)
    return found


def update_all(table: Table, rows: Sequence[Row], names: Sequence[str], key: str) -> Update:
    """One UPDATE that gives each row of *rows*, found by *key*, the other columns of *names*."""
    told = given(table, rows, names).subquery()
    values = {name: told.c[name] for name in names if name != key}
    return update(table).where(table.c[key] == told.c[key]).values(values)
