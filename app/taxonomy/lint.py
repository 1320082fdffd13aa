"""What the shapes alone cannot say about a taxonomy: codes, choices, units, patterns."""

import re
from collections import Counter
from collections.abc import Iterator

from app.taxonomy import units
from app.taxonomy.attribute_types import ATTRIBUTE_TYPES
from app.taxonomy.definitions import Attribute, Category
from app.taxonomy.loader import Taxonomy
from app.taxonomy.yaml_lines import Mistake, TaxonomyError

_CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


def checked(taxonomy: Taxonomy) -> Taxonomy:
    """*taxonomy* itself; TaxonomyError with every mistake where it is not sound."""
    mistakes = list(mistakes_of(taxonomy))
    if mistakes:
        raise TaxonomyError(mistakes)
    return taxonomy


def mistakes_of(taxonomy: Taxonomy) -> Iterator[Mistake]:
    """Every mistake of every category, at the line of its cause."""
    for category in taxonomy.categories.values():
        document = taxonomy.documents[category.code]
        for place, text in _category(category):
            yield document.mistake(place, text)


Place = tuple[int | str, ...]


def _category(category: Category) -> Iterator[tuple[Place, str]]:
    if not _CODE.fullmatch(category.code):
        yield ("code",), f"code {category.code!r} is not kebab-case"
    for code, times in Counter(a.code for a in category.attributes).items():
        if times > 1:
            yield ("attributes", code), f"attribute {code!r} is asked {times} times"
    for attribute in category.attributes:
        for text in _attribute(attribute):
            yield _place(attribute), f"attribute {attribute.code!r}: {text}"
    for rule in category.certifications:
        if not _is_pattern(rule.pattern):
            yield ("certifications",), f"certification {rule.code!r}: pattern does not compile"


def _place(attribute: Attribute) -> Place:
    return ("attributes", attribute.code)


def _attribute(attribute: Attribute) -> Iterator[str]:
    if not _CODE.fullmatch(attribute.code):
        yield "the code is not kebab-case"
    if attribute.type not in ATTRIBUTE_TYPES.load():
        yield f"no attribute type {attribute.type!r}"
    if attribute.type in ("one-of", "many-of") and len(attribute.choices) < 2:
        yield "a list needs at least two choices"
    if len({c.code for c in attribute.choices}) < len(attribute.choices):
        yield "two choices share a code"
    if attribute.buying_option and attribute.type == "many-of":
        yield "items cannot differ along several answers at once"
    for unit in set(attribute.units) - set(units.UNITS):
        yield f"no unit {unit!r} in units.py"


def _is_pattern(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
