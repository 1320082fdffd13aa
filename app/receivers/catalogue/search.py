"""Search by built-in means: words as text, and their pairs of letters in an array with GIN.

Pairs find parts of Korean words, which are written together, without a dictionary.
"""

import unicodedata
from typing import Any

from sqlalchemy import ColumnElement, and_

from app.receivers.catalogue.models import Product

MOST_WORDS = 8


def text_of(payload: dict[str, Any]) -> str:
    """What a product is found by: names, brand, category, options and codes."""
    found = [payload["brand"], *payload["name"].values()]
    found += [name for step in payload["category"]["path"] for name in step.values()]
    for item in payload["items"]:
        found += [item["option"], item["sku"], item.get("gtin") or ""]
        found += [name for one in item.get("options", []) for name in one["value"].values()]
    return normal(" ".join(found))


def normal(text: str) -> str:
    """Compatibility-composed, lower-case, single spaces."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def pairs(text: str) -> list[str]:
    """Every two neighbouring letters within a word, once each."""
    words = normal(text).split()
    return sorted({word[n : n + 2] for word in words for n in range(len(word) - 1)})


def matches(query: str) -> ColumnElement[bool]:
    """Products in which each word of *query* occurs."""
    words = normal(query.replace("\0", " ")).split()[:MOST_WORDS]
    tests: list[ColumnElement[bool]] = [
        Product.words.contains(word, autoescape=True) for word in words
    ]
    wanted = pairs(" ".join(words))
    if wanted:
        tests.append(Product.pairs.contains(wanted))
    return and_(True, *tests)
