"""Which answers of a listing fit another category, moved there or copied into it. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types import is_empty, problems
from app.taxonomy.definitions import Category
from app.validation.fields import product_fields
from app.validation.subject import Content, read


@dataclass
class Fit:
    """What people call the answers that are kept, and those that the new category has no use for.

    `wrong` are asked for there, too, but do not allow what was answered: they are kept to be
    mended. `asked` are what the new category asks besides and requires.
    """

    kept: list[Words] = field(default_factory=list)
    wrong: list[Words] = field(default_factory=list)
    dropped: list[Words] = field(default_factory=list)
    asked: list[Words] = field(default_factory=list)


def fit(content: Content, old: Category, new: Category) -> Fit:
    """What becomes of the answers in *content* that depend on the category."""
    product = content.get("product") or {}
    found = Fit()
    for label, verdict in (*_attributes(product, old, new), *_papers(product, old, new)):
        getattr(found, verdict).append(label)
    answers = product.get("attributes") or {}
    found.asked = [a.label for a in new.attributes if a.required and is_empty(answers.get(a.code))]
    return found


def left_out(answers: Mapping[str, Any], category: Category) -> list[str]:
    """Those of some answers, by path, that *category* does not ask for or does not allow."""
    chosen = answers.get("notice.class")
    asked = {each.path for each in product_fields(category, chosen)}
    return [
        path
        for path, value in answers.items()
        if path not in asked or not _allows(category, path, value, chosen)
    ]


def _allows(category: Category, path: str, value: Any, notice: str | None) -> bool:
    kind, _, code = path.partition(".")
    if kind == "notice":
        return notice is None or category.notice(notice) is not None
    if kind == "options":
        return {*value} <= {option.code for option in category.buying_options}
    attribute = category.attribute(code) if kind == "attributes" else None
    return attribute is None or not problems(value, attribute)


def _attributes(product: Content, old: Category, new: Category) -> Iterator[tuple[Words, str]]:
    for attribute in old.attributes:
        value = read(product, f"attributes.{attribute.code}")
        if is_empty(value):
            continue
        twin = new.attribute(attribute.code)
        if twin is None:
            yield attribute.label, "dropped"
        else:
            yield attribute.label, "wrong" if problems(value, twin) else "kept"


def _papers(product: Content, old: Category, new: Category) -> Iterator[tuple[Words, str]]:
    chosen = old.notice(str(read(product, "notice.class") or ""))
    lines = read(product, "notice.fields") or {}
    if chosen and any(not is_empty(value) for value in lines.values()):
        label = Words(f"고시: {chosen.label.ko}", f"Notice: {chosen.label.en}")
        yield label, "kept" if new.notice(chosen.code) else "dropped"
    for rule in old.certifications:
        if not is_empty(read(product, f"certifications.{rule.code}.held")):
            yield rule.label, "kept" if new.certification(rule.code) else "dropped"
    for document in old.documents:
        if not is_empty(read(product, f"documents.{document.code}")):
            yield document.label, "kept" if new.document(document.code) else "dropped"
