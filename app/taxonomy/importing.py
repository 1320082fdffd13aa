"""Verb: a large tree from elsewhere becomes categories, all of it in one transaction or nothing.

Format (the shared taxonomy's): a JSON object a line, parents before children, with `id`, `parent`
(an id or null), `leaf`, `en`, `ko` and, of a leaf, `attributes`; beside it one JSON object of
attributes: code to `en`, `ko` and `values` (`h`, `en`, `ko` each) or `values_from` (another code).
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import distinct_on, insert

from app.core.database import db
from app.core.words import Words
from app.taxonomy import search
from app.taxonomy.actions import note_change
from app.taxonomy.definitions import Attribute, Category, Choice, NoticeClass, as_json
from app.taxonomy.learning import know_names
from app.taxonomy.models import CategoryNode, CategoryVersion
from app.taxonomy.yaml_lines import Mistake, TaxonomyError

# Definitions are made and stored so many at a time: the transaction is never long without a word.
BATCH = 500
# Attributes that items may differ in; of the others a product may have several values.
_BUYING_OPTIONS = re.compile(r"(^|[_/])(color|size|flavor|scent|capacity)$")


@dataclass(frozen=True)
class Imported:
    """What an import did: nodes and leaves there are, versions added, nodes retired."""

    nodes: int
    leaves: int
    versions: int
    retired: int


@dataclass
class _Node:
    code: str
    parent: str | None
    position: int
    leaf: bool
    names: Words
    path: tuple[Words, ...]
    attributes: list[str] = field(default_factory=list)


def import_tree(
    tree: Path, attributes: Path, source: str, notices: tuple[NoticeClass, ...], on: date
) -> Imported:
    """Bring the categories of *source* up to the files; may be repeated.

    A leaf gets a new version, in force from *on*, only where its definition changed; what left
    the files is retired. TaxonomyError names every mistake with its line; nothing is then kept.
    """
    nodes = _read_tree(tree)
    shared = _Attributes(attributes, json.loads(attributes.read_text(encoding="utf-8")))
    _must_be_free(tree, nodes, source)
    before = _terms_of(source)
    _keep_nodes(nodes, source)
    versions = _keep_versions(_leaves(nodes), shared, notices, on)
    retired = _retire_others(nodes, source)
    renamed = {
        node.code: terms
        for node in _leaves(nodes)
        if before.get(node.code) != (terms := search.terms_of(node.names, ()))
    }
    know_names(renamed)
    note_change()
    return Imported(len(nodes), len(_leaves(nodes)), versions, retired)


def _leaves(nodes: Mapping[str, _Node]) -> list[_Node]:
    return [node for node in nodes.values() if node.leaf]


def _read_tree(file: Path) -> dict[str, _Node]:
    nodes: dict[str, _Node] = {}
    mistakes: list[Mistake] = []
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
        try:
            node = _node(json.loads(line), nodes)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            mistakes.append(Mistake(file, number, f"{type(error).__name__}: {error}"))
            continue
        nodes[node.code] = node
    if mistakes:
        raise TaxonomyError(mistakes)
    return nodes


def _node(row: dict[str, Any], nodes: Mapping[str, _Node]) -> _Node:
    parent = nodes[row["parent"]] if row["parent"] else None
    if row["id"] in nodes:
        raise ValueError(f"{row['id']} stands twice")
    names = Words.of({"ko": row.get("ko", ""), "en": row.get("en", "")})
    if not names.ko:
        raise ValueError(f"{row['id']} has no name")
    return _Node(
        code=row["id"],
        parent=parent.code if parent else None,
        position=len(nodes),
        leaf=bool(row["leaf"]),
        names=names,
        path=(*(parent.path if parent else ()), names),
        attributes=list(row.get("attributes") or ()),
    )


class _Attributes:
    """The attributes of a file, each put into our shape once."""

    def __init__(self, file: Path, rows: Mapping[str, Any]) -> None:
        self.file = file
        self.rows = rows
        self.made: dict[str, Attribute] = {}

    def of(self, names: Iterable[str]) -> tuple[Attribute, ...]:
        """Those of a leaf, by code; of two that would have one code the first."""
        found = [self._one(name) for name in names]
        return tuple({attribute.code: attribute for attribute in reversed(found)}.values())[::-1]

    def _one(self, name: str) -> Attribute:
        if name not in self.made:
            self.made[name] = self._make(name)
        return self.made[name]

    def _make(self, name: str) -> Attribute:
        row = self.rows.get(name)
        if row is None:
            raise TaxonomyError([Mistake(self.file, 0, f"there is no attribute {name!r}")])
        option = _BUYING_OPTIONS.search(name) is not None
        values = row.get("values") or self.rows.get(row.get("values_from"), {}).get("values") or ()
        return Attribute(
            code=_kebab(name),
            label=Words.of({"ko": row.get("ko", ""), "en": row.get("en", "")}),
            type=("one-of" if option else "many-of") if values else "text",
            choices=tuple(_choice(value) for value in values),
            buying_option=option,
            filter=bool(values),
        )


def _choice(value: Mapping[str, str]) -> Choice:
    label = Words.of({"ko": value.get("ko", ""), "en": value.get("en", "")})
    return Choice(_kebab(value["h"].rpartition("__")[2]), label)


def _kebab(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _must_be_free(file: Path, nodes: Mapping[str, _Node], source: str) -> None:
    taken = db.session.scalars(
        select(CategoryNode.code).where(
            CategoryNode.code.in_(list(nodes)), CategoryNode.source != source
        )
    ).all()
    if taken:
        text = f"these codes are another source's: {', '.join(sorted(taken)[:5])}"
        raise TaxonomyError([Mistake(file, 0, text)])


def _terms_of(source: str) -> dict[str, list[str]]:
    rows = db.session.execute(
        select(CategoryNode.code, CategoryNode.terms).where(
            CategoryNode.source == source, CategoryNode.leaf, CategoryNode.retired_at.is_(None)
        )
    )
    return {row.code: row.terms for row in rows}


def _keep_nodes(nodes: Mapping[str, _Node], source: str) -> None:
    rows = [
        {
            "code": node.code,
            "parent_code": node.parent,
            "position": node.position,
            "leaf": node.leaf,
            "source": source,
            "names": node.names.as_dict(),
            "path": [words.as_dict() for words in node.path],
            "terms": search.terms_of(node.names, ()) if node.leaf else [],
            "retired_at": None,
        }
        for node in nodes.values()
    ]
    statement = insert(CategoryNode)
    fresh = {name: statement.excluded[name] for name in rows[0] if name != "code"} if rows else {}
    if rows:
        db.session.execute(
            statement.on_conflict_do_update(index_elements=["code"], set_=fresh), rows
        )


def _keep_versions(
    leaves: list[_Node], shared: _Attributes, notices: tuple[NoticeClass, ...], on: date
) -> int:
    newest = {
        code: (no, digest)
        for code, no, digest in db.session.execute(
            select(CategoryVersion.category_code, CategoryVersion.no, CategoryVersion.digest)
            .ext(distinct_on(CategoryVersion.category_code))
            .order_by(CategoryVersion.category_code, CategoryVersion.no.desc())
        )
    }
    parts = _Parts(shared, notices)
    added = 0
    for at in range(0, len(leaves), BATCH):
        rows = []
        for leaf in leaves[at : at + BATCH]:
            definition = parts.definition(leaf, on)
            digest = _digest(definition)
            no, had = newest.get(leaf.code, (0, ""))
            if digest != had:
                rows.append(
                    {
                        "category_code": leaf.code,
                        "no": no + 1,
                        "effective_on": on,
                        "definition": definition,
                        "digest": digest,
                    }
                )
        if rows:
            db.session.execute(insert(CategoryVersion), rows)
        added += len(rows)
    return added


class _Parts:
    """Leaves put together from definitions that are made once: they share most of them."""

    def __init__(self, shared: _Attributes, notices: tuple[NoticeClass, ...]) -> None:
        self.shared = shared
        self.notices = notices
        self.known: dict[str, Any] = {}

    def definition(self, leaf: _Node, on: date) -> dict[str, Any]:
        """The stored form of a leaf: `as_json` of its category."""
        bare = Category(leaf.code, on, leaf.names, leaf.path, (), ())
        found = as_json(bare)
        found["attributes"] = [self._attribute(a) for a in self.shared.of(leaf.attributes)]
        found["notices"] = self._notices()
        return found

    def _attribute(self, attribute: Attribute) -> Any:
        if attribute.code not in self.known:
            holder = Category("", date.min, attribute.label, (), (attribute,), ())
            self.known[attribute.code] = as_json(holder)["attributes"][0]
        return self.known[attribute.code]

    def _notices(self) -> Any:
        if "" not in self.known:
            holder = Category("", date.min, Words("", ""), (), (), self.notices)
            self.known[""] = as_json(holder)["notices"]
        return self.known[""]


def _digest(definition: Mapping[str, Any]) -> str:
    """Of what is asked, whatever the day: the same question repeated is no new version."""
    asked = {key: value for key, value in definition.items() if key != "effective_on"}
    return hashlib.sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _retire_others(nodes: Mapping[str, _Node], source: str) -> int:
    gone = db.session.scalars(
        update(CategoryNode)
        .where(
            CategoryNode.source == source,
            CategoryNode.retired_at.is_(None),
            CategoryNode.code.not_in(list(nodes)),
        )
        .values(retired_at=func.clock_timestamp())
        .returning(CategoryNode.code)
        .execution_options(synchronize_session="fetch")
    )
    return len(gone.all())
