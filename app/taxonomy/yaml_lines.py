"""YAML that remembers its lines, so that a mistake can be shown where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

# libyaml's reader is ten times faster, where the wheel brings it.
_FASTEST: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_FASTEST):
    """Refuses a key that is given twice: YAML would silently take the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        seen: set[str] = set()
        for key, _ in node.value:
            if key.value in seen:
                text = f"{key.value!r} is given twice"
                raise yaml.constructor.ConstructorError(None, None, text, key.start_mark)
            seen.add(key.value)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True)
class Mistake:
    """One thing wrong, at a line of a file (1 is the first)."""

    path: Path
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class TaxonomyError(ValueError):
    """The files do not make a taxonomy; `mistakes` says everything that was found."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(str(m) for m in mistakes))
        self.mistakes = list(mistakes)


@dataclass(frozen=True)
class Document:
    """A file's data with the text it was read from: lines are looked up only for a mistake."""

    path: Path
    data: Any
    text: str

    @cached_property
    def node(self) -> yaml.Node | None:
        """The text's nodes, which know their lines."""
        return yaml.compose(self.text, _Loader)

    def mistake(self, place: Sequence[int | str], text: str) -> Mistake:
        """A mistake at the key path *place*, or at the nearest thing above it."""
        return Mistake(self.path, _line(self.node, list(place)), text)


def read(path: Path) -> Document:
    """The document of *path*; TaxonomyError where it is missing or not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
        data = yaml.load(text, _Loader)  # noqa: S506 - made from the safe loader
        return Document(path, data, text)
    except OSError as error:
        raise TaxonomyError([Mistake(path, 1, f"cannot be read: {error.strerror}")]) from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise TaxonomyError([Mistake(path, line, error.problem or "not YAML")]) from None


def _line(node: yaml.Node | None, place: list[int | str]) -> int:
    if node is None:
        return 1
    child = _child(node, place[0]) if place else None
    return _line(child, place[1:]) if child is not None else node.start_mark.line + 1


def _child(node: yaml.Node, key: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.SequenceNode):
        return _entry(node, key)
    if isinstance(node, yaml.MappingNode):
        return next((value for name, value in node.value if name.value == str(key)), None)
    return None


def _entry(node: yaml.SequenceNode, key: int | str) -> yaml.Node | None:
    """The entry at an index, or the one whose `code` or `use` is *key*."""
    if isinstance(key, int):
        return node.value[key] if key < len(node.value) else None
    for entry in node.value:
        if key in (getattr(_child(entry, name), "value", None) for name in ("code", "use")):
            return entry
    return None
