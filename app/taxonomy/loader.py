"""Reads our YAML files into definitions; what is wrong is told with its file and line.

Shape of the folder: `tree.yaml` (departments and groups), `categories/*.yaml` (one leaf a file),
`groups/*.yaml` and `certifications.yaml` (what categories refer to by `use:`), `notices/*.yaml`.
"""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.core.words import Words
from app.taxonomy.definitions import (
    Attribute,
    Category,
    CertificationRule,
    NoticeClass,
    PictureRules,
    Text,
)
from app.taxonomy.yaml_lines import Document, Mistake, TaxonomyError, read

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Node:
    """A department or group: what its leaves inherit, and its place in the tree."""

    code: str
    names: Words
    parent: str | None
    position: int
    queue: str
    notices: tuple[str, ...]
    path: tuple[Words, ...]


@dataclass
class Taxonomy:
    """Everything in the folder; of each category also its node and the file it came from."""

    nodes: dict[str, Node] = field(default_factory=dict)
    notices: dict[str, NoticeClass] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    documents: dict[str, Document] = field(default_factory=dict)


class _NodeFile(BaseModel):
    model_config = ConfigDict(extra="forbid")
    code: str
    names: Text
    queue: str = ""
    notices: list[str] = []
    children: list["_NodeFile"] = []


class _CategoryFile(BaseModel):
    """A category file once its `use:` entries are resolved."""

    model_config = ConfigDict(extra="forbid")
    code: str
    parent: str
    names: Text
    effective_on: date
    synonyms: list[str] = []
    attributes: list[Attribute]
    notices: list[NoticeClass]
    certifications: list[CertificationRule] = []
    queue: str
    pictures: PictureRules | None = None
    adult: bool = False


def load(folder: Path = FOLDER) -> Taxonomy:
    """The taxonomy of *folder*. Raises TaxonomyError naming every mistake's file and line."""
    return _Loader(folder).load()


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.taxonomy = Taxonomy()
        self.groups: dict[str, list[dict[str, Any]]] = {}
        self.notice_fields: dict[str, list[dict[str, Any]]] = {}
        self.certifications: dict[str, dict[str, Any]] = {}
        self.notices: dict[str, dict[str, Any]] = {}

    def load(self) -> Taxonomy:
        self._read_shared()
        self._read_tree()
        for path in sorted((self.folder / "categories").glob("*.yaml")):
            self._guard(path, self._read_category)
        if self.mistakes:
            raise TaxonomyError(self.mistakes)
        return self.taxonomy

    def _guard(self, path: Path, act: Any) -> None:
        try:
            act(read(path))
        except TaxonomyError as error:
            self.mistakes.extend(error.mistakes)

    def _read_shared(self) -> None:
        self._guard(self.folder / "groups" / "attributes.yaml", self._keep(self.groups))
        self._guard(self.folder / "groups" / "notice_fields.yaml", self._keep(self.notice_fields))
        self._guard(self.folder / "certifications.yaml", self._keep(self.certifications))
        for path in sorted((self.folder / "notices").glob("*.yaml")):
            self._guard(path, self._read_notice)

    @staticmethod
    def _keep(into: dict[str, Any]) -> Any:
        return lambda document: into.update(document.data)

    def _read_notice(self, document: Document) -> None:
        data = dict(document.data)
        data["fields"] = self._used(document, "fields", data.get("fields", []), self.notice_fields)
        self.taxonomy.notices[data["code"]] = _checked(document, TypeAdapter(NoticeClass), data)
        self.notices[data["code"]] = data

    def _read_tree(self) -> None:
        document = read(self.folder / "tree.yaml")
        roots = _checked(document, TypeAdapter(list[_NodeFile]), document.data)
        for position, root in enumerate(roots):
            self._add_node(root, None, position)

    def _add_node(self, node: _NodeFile, parent: Node | None, position: int) -> None:
        added = Node(
            node.code,
            node.names,
            parent.code if parent else None,
            position,
            node.queue or (parent.queue if parent else "general"),
            tuple(node.notices) or (parent.notices if parent else ("other-goods",)),
            (*(parent.path if parent else ()), node.names),
        )
        self.taxonomy.nodes[node.code] = added
        for at, child in enumerate(node.children):
            self._add_node(child, added, at)

    def _read_category(self, document: Document) -> None:
        data = dict(document.data)
        node = self._parent(document, data)
        data["attributes"] = self._used(
            document, "attributes", data.get("attributes", []), self.groups
        )
        data["certifications"] = self._used(
            document,
            "certifications",
            data.get("certifications", []),
            {code: [{"code": code, **rule}] for code, rule in self.certifications.items()},
        )
        data["notices"] = self._notices_of(document, data.get("notices") or list(node.notices))
        data["queue"] = data.get("queue") or node.queue
        self._add_category(document, _checked(document, TypeAdapter(_CategoryFile), data), node)

    def _add_category(self, document: Document, read: _CategoryFile, node: Node) -> None:
        if read.code in self.taxonomy.categories or read.code in self.taxonomy.nodes:
            raise TaxonomyError([document.mistake(("code",), f"code {read.code!r} is used twice")])
        self.taxonomy.parents[read.code] = node.code
        self.taxonomy.documents[read.code] = document
        self.taxonomy.categories[read.code] = Category(
            code=read.code,
            effective_on=read.effective_on,
            names=read.names,
            path=(*node.path, read.names),
            synonyms=tuple(read.synonyms),
            attributes=tuple(read.attributes),
            notices=tuple(read.notices),
            certifications=tuple(read.certifications),
            queue=read.queue,
            own_pictures=read.pictures,
            adult=read.adult,
        )

    def _parent(self, document: Document, data: dict[str, Any]) -> Node:
        node = self.taxonomy.nodes.get(str(data.get("parent")))
        if node is None:
            raise TaxonomyError([document.mistake(("parent",), "parent is not in tree.yaml")])
        return node

    def _notices_of(self, document: Document, codes: list[str]) -> list[dict[str, Any]]:
        unknown = [code for code in codes if code not in self.notices]
        if unknown:
            text = f"no notice class {', '.join(unknown)}"
            raise TaxonomyError([document.mistake(("notices",), text)])
        return [self.notices[code] for code in codes]

    @staticmethod
    def _used(
        document: Document, key: str, entries: list[Any], shared: dict[str, list[dict[str, Any]]]
    ) -> list[dict[str, Any]]:
        """*entries* with each `use: name` put out in full, its other keys laid over."""
        found: list[dict[str, Any]] = []
        for at, entry in enumerate(entries):
            if not isinstance(entry, dict) or "use" not in entry:
                found.append(entry)
                continue
            own = {k: v for k, v in entry.items() if k != "use"}
            if entry["use"] not in shared:
                text = f"nothing shared is called {entry['use']!r}"
                raise TaxonomyError([document.mistake((key, at, "use"), text)])
            found.extend({**part, **own} for part in shared[entry["use"]])
        return found


def _checked(document: Document, adapter: TypeAdapter[Any], data: Any) -> Any:
    try:
        return adapter.validate_python(data)
    except ValidationError as error:
        mistakes = [
            document.mistake(e["loc"], f"{_place(e['loc'])}: {e['msg']}") for e in error.errors()
        ]
        raise TaxonomyError(mistakes) from None


def _place(loc: tuple[int | str, ...]) -> str:
    return ".".join(str(part) for part in loc)
