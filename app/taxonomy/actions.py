"""Verbs: the files become rows. Run by the start command in every environment; safe to repeat."""

import hashlib
import json
import secrets
from pathlib import Path

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert

from app.core.database import db
from app.taxonomy import search
from app.taxonomy.definitions import Category, as_json
from app.taxonomy.learning import know_names
from app.taxonomy.lint import checked
from app.taxonomy.loader import FOLDER, Node, Taxonomy, load
from app.taxonomy.models import CategoryNode, CategoryVersion, TaxonomyEdition


def load_categories(folder: Path = FOLDER) -> int:
    """Bring the tree and its versions up to the files; how many versions were added.

    A leaf gets a version only when its definition changed. What left the files is retired, and
    comes back when they name it again. Raises TaxonomyError (file, line, what) on any mistake.
    """
    taxonomy = checked(load(folder))
    for node in taxonomy.nodes.values():
        _keep_node(node)
    added, renamed = 0, {}
    for position, category in enumerate(taxonomy.categories.values()):
        if _keep_leaf(category, taxonomy.parents[category.code], position):
            renamed[category.code] = search.terms_of(category.names, category.synonyms)
        added += _keep_version(category)
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


def _row(code: str) -> CategoryNode:
    row = db.session.get(CategoryNode, code)
    if row is None:
        row = CategoryNode(code=code)
        db.session.add(row)
    row.retired_at = None
    row.source = "files"
    return row


def _keep_node(node: Node) -> None:
    row = _row(node.code)
    row.parent_code, row.position, row.leaf = node.parent, node.position, False
    row.names = node.names.as_dict()
    row.path = [words.as_dict() for words in node.path]
    db.session.flush()


def _keep_leaf(category: Category, parent: str, position: int) -> bool:
    """Whether it is new, called otherwise or elsewhere than before."""
    row = _row(category.code)
    row.parent_code, row.position, row.leaf = parent, position, True
    row.names = category.names.as_dict()
    row.path = [words.as_dict() for words in category.path]
    row.terms = search.terms_of(category.names, category.synonyms)
    changed = db.session.is_modified(row)
    db.session.flush()
    return changed


def _keep_version(category: Category) -> int:
    definition = as_json(category)
    digest = hashlib.sha256(json.dumps(definition, sort_keys=True).encode()).hexdigest()
    newest = db.session.scalars(
        select(CategoryVersion)
        .where(CategoryVersion.category_code == category.code)
        .order_by(CategoryVersion.no.desc())
        .limit(1)
    ).first()
    if newest is not None and newest.digest == digest:
        return 0
    db.session.add(
        CategoryVersion(
            category_code=category.code,
            no=newest.no + 1 if newest else 1,
            effective_on=category.effective_on,
            definition=definition,
            digest=digest,
        )
    )
    db.session.flush()
    return 1


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
