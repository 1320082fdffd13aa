"""Reads our YAML files into definitions; what is wrong is told with its file and line.

Shape of the folder: `tree.yaml` (departments and groups), `categories/*.yaml` (one leaf a file),
`groups/*.yaml` and `certifications.yaml` (what is referred to by `use:`), `notices/*.yaml`.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from app.core.words import Words
from app.taxonomy.definitions import (
    Attribute,
    Category,
    CertificationRule,
    DocumentRule,
    NoticeClass,
    PictureRules,
    Text,
)
from app.taxonomy.yaml_lines import Document, Mistake, TaxonomyError, read

FOLDER = Path(__file__).parent
Place = tuple[int | str, ...]


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
class Source:
    """The file that a category or notice class came from.

    `entries` says of each part of a list (`attributes`, ...) which entry of the file it stands
    in: one `use:` may bring several.
    """

    document: Document
    entries: dict[str, list[int]] = field(default_factory=dict)

    def place(self, place: Place) -> Place:
        """Where the part at *place* of the resolved data stands in the file."""
        if len(place) > 1 and isinstance(place[1], int) and place[1] < len(self._of(place)):
            return (place[0], self._of(place)[place[1]], *place[2:])
        return place

    def mistake(self, place: Place, text: str) -> Mistake:
        """A mistake at *place* of the resolved data."""
        return self.document.mistake(self.place(place), text)

    def _of(self, place: Place) -> list[int]:
        return self.entries.get(str(place[0]), [])


@dataclass
class Taxonomy:
    """Everything in the folder; of each category also its node and the file it came from."""

    nodes: dict[str, Node] = field(default_factory=dict)
    categories: dict[str, Category] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    notices: dict[str, NoticeClass] = field(default_factory=dict)
    notice_sources: dict[str, Source] = field(default_factory=dict)
    tree: Document | None = None
    # The shared files, and which of their entries somebody uses.
    shared: dict[str, Document] = field(default_factory=dict)
    used: set[tuple[str, str]] = field(default_factory=set)


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
    grace_until: date | None = None
    synonyms: list[str] = []
    attributes: list[Attribute]
    notices: list[str] = []
    certifications: list[CertificationRule] = []
    documents: list[DocumentRule] = []
    queue: str = ""
    pictures: PictureRules | None = None
    age_limit: int = 0


def load(folder: Path = FOLDER) -> Taxonomy:
    """The taxonomy of *folder*. Raises TaxonomyError naming every mistake's file and line."""
    return _Loader(folder).load()


def load_one(file: Path, folder: Path = FOLDER) -> Taxonomy:
    """The taxonomy of the category *file* alone, within what *folder* shares."""
    return _Loader(folder).load([file])


def digest_of(folder: Path) -> str:
    """SHA-256 of every file of *folder*: the same digest, the same taxonomy."""
    files = sorted(folder.rglob("*.yaml"))
    seen = hashlib.sha256()
    for file in files:
        seen.update(f"{file.relative_to(folder)}\0".encode())
        seen.update(hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()


# What an entry may `use:`, by key of a category (or `fields`, of a notice class).
_SHARED = {
    "attributes": "groups/attributes.yaml",
    "certifications": "certifications.yaml",
    "documents": "groups/documents.yaml",
    "fields": "groups/notice_fields.yaml",
}


class _Loader:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[Mistake] = []
        self.taxonomy = Taxonomy()
        self.shared: dict[str, dict[str, list[dict[str, Any]]]] = {key: {} for key in _SHARED}

    def load(self, files: list[Path] | None = None) -> Taxonomy:
        for key, name in _SHARED.items():
            self._guard(self.folder / name, self._shared_as(key))
        for path in sorted((self.folder / "notices").glob("*.yaml")):
            self._guard(path, self._read_notice)
        self._guard(self.folder / "tree.yaml", self._read_tree)
        for path in files or sorted((self.folder / "categories").glob("*.yaml")):
            self._guard(path, self._read_category)
        if self.mistakes:
            raise TaxonomyError(self.mistakes)
        return self.taxonomy

    def _guard(self, path: Path, act: Callable[[Document], None]) -> None:
        try:
            act(read(path))
        except TaxonomyError as error:
            self.mistakes.extend(error.mistakes)

    def _shared_as(self, key: str) -> Callable[[Document], None]:
        """Keeps a file of shared parts: lists of them, or single ones under their code."""

        def keep(document: Document) -> None:
            self.taxonomy.shared[key] = document
            self.shared[key] = {
                name: part if isinstance(part, list) else [{"code": name, **part}]
                for name, part in _mapping(document).items()
            }

        return keep

    def _read_notice(self, document: Document) -> None:
        data, source = dict(_mapping(document)), Source(document)
        data["fields"] = self._used(source, "fields", data.get("fields", []))
        notice: NoticeClass = _checked(source, NoticeClass, data)
        if notice.code in self.taxonomy.notices:
            text = f"notice class {notice.code!r} is written twice"
            raise TaxonomyError([document.mistake(("code",), text)])
        self.taxonomy.notices[notice.code] = notice
        self.taxonomy.notice_sources[notice.code] = source

    def _read_tree(self, document: Document) -> None:
        self.taxonomy.tree = document
        roots: list[_NodeFile] = _checked(Source(document), list[_NodeFile], document.data)
        for position, root in enumerate(roots):
            self._add_node(root, None, position, (position,))

    def _add_node(self, node: _NodeFile, parent: Node | None, position: int, at: Place) -> None:
        if node.code in self.taxonomy.nodes:
            self._blame_tree((*at, "code"), f"code {node.code!r} is used twice")
        self._known_notices(node.notices, (*at, "notices"))
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
        for n, child in enumerate(node.children):
            self._add_node(child, added, n, (*at, "children", n))

    def _known_notices(self, codes: list[str], at: Place) -> None:
        unknown = [code for code in codes if code not in self.taxonomy.notices]
        if unknown:
            self._blame_tree(at, f"no notice class {', '.join(unknown)}")

    def _blame_tree(self, at: Place, text: str) -> None:
        assert self.taxonomy.tree is not None  # noqa: S101 - only the tree's reader calls
        self.mistakes.append(self.taxonomy.tree.mistake(at, text))

    def _read_category(self, document: Document) -> None:
        data, source = dict(_mapping(document)), Source(document)
        node = self._parent(document, data)
        for key in ("attributes", "certifications", "documents"):
            data[key] = self._used(source, key, data.get(key) or [])
        self._add_category(source, _checked(source, _CategoryFile, data), node)

    def _add_category(self, source: Source, read: _CategoryFile, node: Node) -> None:
        if read.code in self.taxonomy.categories or read.code in self.taxonomy.nodes:
            raise TaxonomyError([source.mistake(("code",), f"code {read.code!r} is used twice")])
        self.taxonomy.parents[read.code] = node.code
        self.taxonomy.sources[read.code] = source
        self.taxonomy.categories[read.code] = Category(
            code=read.code,
            effective_on=read.effective_on,
            grace_until=read.grace_until,
            names=read.names,
            path=(*node.path, read.names),
            synonyms=tuple(read.synonyms),
            attributes=tuple(read.attributes),
            notices=self._notices_of(source, read.notices or list(node.notices)),
            certifications=tuple(read.certifications),
            documents=tuple(read.documents),
            queue=read.queue or node.queue,
            own_pictures=read.pictures,
            age_limit=read.age_limit,
        )

    def _parent(self, document: Document, data: dict[str, Any]) -> Node:
        node = self.taxonomy.nodes.get(str(data.get("parent")))
        if node is None:
            raise TaxonomyError([document.mistake(("parent",), "parent is not in tree.yaml")])
        return node

    def _notices_of(self, source: Source, codes: list[str]) -> tuple[NoticeClass, ...]:
        unknown = [code for code in codes if code not in self.taxonomy.notices]
        if unknown:
            text = f"no notice class {', '.join(unknown)}"
            raise TaxonomyError([source.mistake(("notices",), text)])
        return tuple(self.taxonomy.notices[code] for code in codes)

    def _used(self, source: Source, key: str, entries: list[Any]) -> list[dict[str, Any]]:
        """*entries* with each `use: name` put out in full, its other keys laid over."""
        shared, found = self.shared[key], []
        places = source.entries.setdefault(key, [])
        for at, entry in enumerate(entries):
            parts = [entry]
            if isinstance(entry, dict) and "use" in entry:
                own, name = {k: v for k, v in entry.items() if k != "use"}, entry["use"]
                if name not in shared:
                    text = f"nothing shared is called {name!r}"
                    raise TaxonomyError([source.document.mistake((key, at, "use"), text)])
                self.taxonomy.used.add((key, name))
                parts = [{**part, **own} for part in shared[name]]
            found.extend(parts)
            places.extend([at] * len(parts))
        return found


def _mapping(document: Document) -> dict[str, Any]:
    """The document's keys; TaxonomyError where it is something else."""
    if not isinstance(document.data, dict):
        raise TaxonomyError([document.mistake((), "expected keys and values")])
    return document.data


@lru_cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _checked(source: Source, kind: Any, data: Any) -> Any:
    try:
        return _adapter(kind).validate_python(data)
    except ValidationError as error:
        mistakes = [
            source.mistake(e["loc"], f"{_place(e['loc'])}: {e['msg']}") for e in error.errors()
        ]
        raise TaxonomyError(mistakes) from None


def _place(loc: Place) -> str:
    return ".".join(str(part) for part in loc)
