"""What the demo sellers sell, as `goods/*.yaml` tell it; its first file says how to read them."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from app.taxonomy.attribute_types import read
from app.taxonomy.definitions import Category
from app.validation.examples import example_content

FOLDER = Path(__file__).with_name("goods")


@dataclass(frozen=True)
class Goods:
    """One listing: its texts, items and drawings, and how far it is to travel."""

    category: str
    stage: str
    product: dict[str, Any]
    pictures: list[dict[str, Any]] = field(default_factory=list)
    items: list[dict[str, Any]] = field(default_factory=list)
    options: list[str] = field(default_factory=list)
    # Nothing is added to what is said: what is missing shall be seen missing.
    bare: bool = False
    edit: dict[str, Any] = field(default_factory=dict)
    reasons: list[dict[str, str]] = field(default_factory=list)
    message: str = ""
    why: str = ""
    # Of a rejected one: the grounds on which its seller appeals.
    appeal: str = ""

    def values(self, category: Category) -> dict[str, Any]:
        """The product's fields by path, as a save takes them."""
        said = dict(_leaves(self.product)) | ({"options": self.options} if self.options else {})
        if not self.bare:
            said = _ground(category, self.options) | said
        return {path: _read(path, value, category) for path, value in said.items()}


def all_goods() -> list[tuple[str, list[Goods]]]:
    """(business number of the seller, its listings in the order in which they are made)."""
    files = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.yaml"))]
    return [(file["seller"], [Goods(**row) for row in file["listings"]]) for file in files]


def _ground(category: Category, options: list[str]) -> dict[str, Any]:
    """What the category's own examples answer, names and choices of no use to others left out."""
    example = example_content(category)["product"]
    skipped = ("picture", "documents.", "name.", "option", "description.", "attributes.")
    return {
        path: value
        for path, value in _leaves(example)
        if not path.startswith(skipped) and path.removeprefix("attributes.") not in options
    }


def _leaves(content: dict[str, Any], before: str = "") -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for key, value in content.items():
        path = f"{before}{key}"
        if isinstance(value, dict) and not before.startswith("attributes."):
            found += _leaves(value, f"{path}.")
        else:
            found.append((path, value))
    return found


def _read(path: str, value: Any, category: Category) -> Any:
    kind, _, code = path.partition(".")
    if kind != "attributes":
        return value
    return read(value, next(a for a in category.attributes if a.code == code))
