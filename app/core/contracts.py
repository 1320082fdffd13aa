"""The published contracts between Onshelf and its neighbours: `docs/contracts/*.schema.json`.

Both sides of the wire check what they send and what they get against the same files.
"""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jsonschema_rs

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "contracts"
_LONGEST = 300
_HALF = "half of a character"
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True)
class Fault:
    """One place where a document leaves its contract; *path* is a JSON pointer, '' the whole."""

    path: str
    text: str

    def as_dict(self) -> dict[str, str]:
        """`{"path", "text"}`, as it stands in answers."""
        return {"path": self.path, "text": self.text}


class OffContract(ValueError):
    """A document that does not fit its contract, with every fault found."""

    def __init__(self, contract: str, found: list[Fault]) -> None:
        super().__init__(f"{contract}: " + "; ".join(f"{f.path}: {f.text}" for f in found[:5]))
        self.contract = contract
        self.faults = found


def faults(contract: str, document: Any) -> list[Fault]:
    """Every place where *document* leaves the contract; empty if nowhere."""
    try:
        return _faults(contract, document)
    except UnicodeEncodeError:  # half of a character: JSON can write it, text cannot hold it
        halves = [Fault(path, _HALF) for path in _halves(document)]
        return sorted({*halves, *faults(contract, _mended(document))}, key=_place)
    except ValueError as error:  # nested beyond what the library follows
        return [Fault("", str(error))]


def check(contract: str, document: Any) -> None:
    """Raise `OffContract` unless *document* fits."""
    found = faults(contract, document)
    if found:
        raise OffContract(contract, found)


def names() -> list[str]:
    """Every contract there is."""
    return sorted(p.name.removesuffix(".schema.json") for p in FOLDER.glob("*.schema.json"))


def schema(contract: str) -> dict[str, Any]:
    """The contract itself."""
    text = (FOLDER / f"{contract}.schema.json").read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


@lru_cache
def _validator(contract: str) -> jsonschema_rs.Draft202012Validator:
    return jsonschema_rs.Draft202012Validator(schema(contract))


def _faults(contract: str, document: Any) -> list[Fault]:
    validator = _validator(contract)
    # Most documents fit, and to know that alone takes half the time.
    if validator.is_valid(document):
        return []
    errors = validator.iter_errors(document)
    found = {Fault(_pointer(e.instance_path), _short(e.message)) for e in errors}
    return sorted(found, key=_place)


def _place(fault: Fault) -> tuple[str, str]:
    return fault.path, fault.text


def _pointer(steps: Iterable[str | int]) -> str:
    return "".join(f"/{step}" for step in steps)


def _short(text: str) -> str:
    # The library puts the whole value into its sentence: a page of text would fill a log.
    return text if len(text) <= _LONGEST else f"{text[:60]} … {text[-100:]}"


def _halves(document: Any, path: str = "") -> Iterator[str]:
    """Where texts hold half of a surrogate pair."""
    if isinstance(document, str) and _SURROGATE.search(document):
        yield path
    elif isinstance(document, dict):
        for name, value in document.items():
            yield from _halves(value, f"{path}/{_mended(name)}")
            yield from _halves(name, path)
    elif isinstance(document, list):
        for n, value in enumerate(document):
            yield from _halves(value, f"{path}/{n}")


def _mended(document: Any) -> Any:
    if isinstance(document, str):
        return _SURROGATE.sub("?", document)
    if isinstance(document, dict):
        return {_mended(name): _mended(value) for name, value in document.items()}
    return [_mended(value) for value in document] if isinstance(document, list) else document
