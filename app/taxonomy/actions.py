"""Verbs: the files become rows. Run by the start command in every environment; safe to repeat."""

import hashlib
import json
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from app.core.database import db
from app.taxonomy import search
from app.taxonomy.dated import with_grace
from app.taxonomy.definitions import Category, as_json, from_json
from app.taxonomy.learning import know_names
from app.taxonomy.lint import checked
from app.taxonomy.loader import FOLDER, Node, Taxonomy, digest_of, load
from app.taxonomy.models import CategoryNode, CategoryVersion, TaxonomyEdition


def load_categories(folder: Path = FOLDER) -> int:
    """Bring the tree and its versions up to the files; how many versions were added.

    A leaf gets a version only when its definition changed. What left the files is retired, and
    comes back when they name it again. Raises TaxonomyError (file, line, what) on any mistake.
    """
    taxonomy = sound(folder)
    rows = _rows(taxonomy)
    for node in taxonomy.nodes.values():
        _keep_node(rows[node.code], node)
    for position, category in enumerate(taxonomy.categories.values()):
        parent = taxonomy.parents[category.code]
        _keep_leaf(rows[category.code], category, parent, position)
    renamed = {row.code: row.terms for row in rows.values() if row.leaf and _is_changed(row)}
    db.session.flush()
    newest = _newest_versions()
    added = sum(
        _keep_version(category, newest.get(category.code))
        for category in taxonomy.categories.values()
    )
    retired = _retire_others(taxonomy)
    if renamed or retired:
        know_names(renamed)
        note_change()
    return added


def note_change() -> None:
    """Tell every process that what it holds of the tree is old."""
    statement = insert(TaxonomyEdition).values(id=True, mark=secrets.token_hex(8))
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["id"], set_={"mark": statement.excluded.mark}
        )
    )


def sound(folder: Path = FOLDER) -> Taxonomy:
    """The folder's taxonomy, checked; read again only when a file of it changed. TaxonomyError."""
    return _sound(folder, digest_of(folder))


@lru_cache(maxsize=2)
def _sound(folder: Path, digest: str) -> Taxonomy:
    """The folder's taxonomy, read and checked once while its files stay as *digest* says."""
    return checked(load(folder))


def _rows(taxonomy: Taxonomy) -> dict[str, CategoryNode]:
    """A row for every code of the files, those that are not there yet made."""
    codes = [*taxonomy.nodes, *taxonomy.categories]
    known = db.session.scalars(select(CategoryNode).where(CategoryNode.code.in_(codes)))
    rows = {row.code: row for row in known}
    for code in codes:
        if code not in rows:
            rows[code] = CategoryNode(code=code)
            db.session.add(rows[code])
        rows[code].retired_at = None
        rows[code].source = "files"
    return rows


def _keep_node(row: CategoryNode, node: Node) -> None:
    row.parent_code, row.position, row.leaf = node.parent, node.position, False
    row.names = node.names.as_dict()
    row.path = [words.as_dict() for words in node.path]


def _keep_leaf(row: CategoryNode, category: Category, parent: str, position: int) -> None:
    row.parent_code, row.position, row.leaf = parent, position, True
    row.names = category.names.as_dict()
    row.path = [words.as_dict() for words in category.path]
    row.terms = search.terms_of(category.names, category.synonyms)


def _newest_versions() -> dict[str, tuple[int, int, str]]:
    """Of each category its newest version: (id, no, digest)."""
    rows = db.session.execute(
        select(
            CategoryVersion.category_code,
            CategoryVersion.id,
            CategoryVersion.no,
            CategoryVersion.digest,
        )
        .ext(distinct_on(CategoryVersion.category_code))
        .order_by(CategoryVersion.category_code, CategoryVersion.no.desc())
    )
    return {code: (id_, no, digest) for code, id_, no, digest in rows}


def _keep_version(category: Category, newest: tuple[int, int, str] | None) -> int:
    """Add the category's definition as its next version where it is another one; how many."""
    if newest is not None:
        newest_id, _, digest = newest
        if digest == _digest(as_json(category)):
            return 0
        earlier = from_json(db.session.get_one(CategoryVersion, newest_id).definition)
        category = with_grace(category, earlier)
        if category == earlier:
            return 0
    definition = as_json(category)
    db.session.add(
        CategoryVersion(
            category_code=category.code,
            no=newest[1] + 1 if newest else 1,
            effective_on=category.effective_on,
            definition=definition,
            digest=_digest(definition),
        )
    )
    return 1


def _digest(definition: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()


def _is_changed(row: CategoryNode) -> bool:
    return row in db.session.new or db.session.is_modified(row)


def _retire_others(taxonomy: Taxonomy) -> int:
    """How many nodes left the files."""
    gone = db.session.scalars(
        update(CategoryNode)
        .where(
            CategoryNode.source == "files",
            CategoryNode.retired_at.is_(None),
            CategoryNode.code.not_in([*taxonomy.nodes, *taxonomy.categories]),
        )
        .values(retired_at=func.clock_timestamp())
        .returning(CategoryNode.code)
        .execution_options(synchronize_session="fetch")
    )
    return len(gone.all())
