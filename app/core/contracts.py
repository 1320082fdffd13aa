"""The published contracts between Onshelf and its neighbours: `docs/contracts/*.schema.json`.

Both sides of the wire check what they send and what they get against the same files.
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "contracts"
_VALUE_LENGTH = 60


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
    errors = _validator(contract).iter_errors(document)
    found = {Fault(_pointer(error), _text(error)) for error in errors}
    return sorted(found, key=lambda fault: (fault.path, fault.text))


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
def _validator(contract: str) -> Draft202012Validator:
    return Draft202012Validator(schema(contract))


def _pointer(error: ValidationError) -> str:
    return "".join(f"/{step}" for step in error.absolute_path)


def _text(error: ValidationError) -> str:
    # The library puts the whole value into its sentence: a description of a page would fill a log.
    value = repr(error.instance)
    if len(value) <= _VALUE_LENGTH:
        return error.message
    return error.message.replace(value, value[:_VALUE_LENGTH] + "…")[:500]
