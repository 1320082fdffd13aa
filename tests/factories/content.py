"""Content of a listing with nothing wrong in it, for any category. No database."""

from functools import lru_cache
from typing import Any

from app.taxonomy.actions import sound
from app.taxonomy.definitions import Category
from app.taxonomy.loader import Taxonomy
from app.validation.examples import changed, example_content
from app.validation.samples import SAMPLES

__all__ = ["category_named", "changed", "taxonomy", "valid_content"]


@lru_cache
def taxonomy() -> Taxonomy:
    """Our own files, read once: `listings.categories` loads the same."""
    return sound()


def category_named(code: str) -> Category:
    """One of our categories, as the files define it, or one that only rules' examples use."""
    return SAMPLES.get(code) or taxonomy().categories[code]


def valid_content(category: Category | str, items: int = 1, seed: int = 1) -> dict[str, Any]:
    """`{"product", "items", "pictures"}` that may be submitted as it stands."""
    if isinstance(category, str):
        category = category_named(category)
    return example_content(category, items=items, seed=seed)
