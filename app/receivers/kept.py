"""Rows of one table that a batch is about: read once, changed in memory, written together.

Whoever uses it holds the locks that keep others from the same rows (see `inbox`).
"""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Select, Table
from sqlalchemy.orm import Session

from app.core import bulk

Row = dict[str, Any]


class Kept:
    """The rows by *key*, a column without two alike; `write` writes what was put in or changed.

    *fresh* names the columns of a new row; *told* those that the table fills in and `write` reads.
    """

    def __init__(
        self, session: Session, table: Table, key: str, fresh: tuple[str, ...], told: str = ""
    ) -> None:
        self.session = session
        self.table = table
        self.key = key
        self.fresh = fresh
        self.told = told
        self.rows: dict[int, Row] = {}
        self._new: dict[int, Row] = {}
        self._changed: dict[int, set[str]] = {}

    def read(self, query: Select[Any]) -> None:
        """Take in what *query*, of this table's columns, finds."""
        for row in self.session.execute(query).mappings():
            self.rows[row[self.key]] = dict(row)

    def get(self, key: int) -> Row | None:
        """The row as it will be."""
        return self.rows.get(key)

    @property
    def new(self) -> Collection[Row]:
        """Rows that were put in and are not written yet."""
        return self._new.values()

    def put(self, row: Row) -> Row:
        """A row that is not there yet."""
        self.rows[row[self.key]] = self._new[row[self.key]] = row
        return row

    def change(self, row: Row, **columns: Any) -> None:
        """Give a row other values."""
        row.update(columns)
        if row[self.key] not in self._new:
            self._changed.setdefault(row[self.key], set()).update(columns)

    def write(self) -> None:
        """Two statements at most, whatever was done."""
        if self._new:
            self._insert(list(self._new.values()))
        if self._changed:
            self._update(self._changed)
        self._new, self._changed = {}, {}

    def _insert(self, rows: list[Row]) -> None:
        statement = bulk.insert_all(self.table, _plain(rows, self.fresh), self.fresh)
        if not self.told:
            self.session.execute(statement)
            return
        table = self.table.c
        for key, told in self.session.execute(
            statement.returning(table[self.key], table[self.told])
        ):
            self.rows[key][self.told] = told

    def _update(self, changed: dict[int, set[str]]) -> None:
        # All columns that any of them changed: a row keeps the others by being given them again.
        names = (self.key, *sorted(set().union(*changed.values())))
        rows = _plain([self.rows[key] for key in changed], names)
        self.session.execute(bulk.update_all(self.table, rows, names, self.key))


def _plain(rows: Collection[Row], names: tuple[str, ...]) -> list[Row]:
    return [{name: row[name] for name in names} for row in rows]
