"""What a listing's JSON Schema has from its category: answers, notice, certifications."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from app.core.words import Words
from app.taxonomy.attribute_types import ATTRIBUTE_TYPES
from app.taxonomy.dated import binds
from app.taxonomy.definitions import Attribute, Category, CertificationRule, NoticeClass

Schema = dict[str, Any]

FILLED = r"\S"
NUMBER_LENGTH = 50
# Of text, of a list, of a number with its unit: each keyword holds for its own kind alone.
_NOT_EMPTY: Schema = {
    "not": {"type": "null"},
    "pattern": FILLED,
    "minItems": 1,
    "properties": {"value": {"pattern": FILLED}},
}


def titled(label: Words, help_text: Words | None = None) -> Schema:
    """The texts of a field: both languages in one for people, apart for programs."""
    said: Schema = {"title": _both(label), "x-label": label.as_dict()}
    if help_text and (help_text.ko or help_text.en):
        said |= {"description": _both(help_text), "x-help": help_text.as_dict()}
    return said


def attributes(category: Category) -> Schema:
    """Answers that may be left out, and must be good ones where they are there."""
    return {"type": "object", "properties": {a.code: _attribute(a) for a in category.attributes}}


def answers(category: Category, on: date) -> Iterator[Schema]:
    """What must be answered: by the product, or, for a buying option, by its items."""
    needed = [a for a in category.attributes if binds(a, on)]
    for attribute in needed:
        if not attribute.group:
            yield _one_of_these([attribute])
    for group in dict.fromkeys(a.group for a in needed if a.group):
        yield _one_of_these([a for a in category.attributes if a.group == group])


def notice(category: Category, on: date) -> Schema:
    """The chosen class and its lines."""
    return {
        "type": "object",
        "required": ["class", "fields"],
        "properties": {
            "class": {"enum": [offered.code for offered in category.notices]},
            "fields": {"type": "object", "additionalProperties": {"type": "string"}},
        },
        "allOf": [_lines(offered, on) for offered in category.notices],
    }


def certifications(category: Category, on: date) -> Schema:
    """Whether each is held, and its number."""
    return {
        "type": "object",
        "required": [rule.code for rule in category.certifications if binds(rule, on)],
        "properties": {r.code: _certification(r, on) for r in category.certifications},
    }


def _attribute(attribute: Attribute) -> Schema:
    schema = titled(attribute.label, attribute.help)
    schema |= ATTRIBUTE_TYPES[attribute.type].schema(attribute)
    if attribute.choices:
        schema["x-choices"] = {c.code: c.label.as_dict() for c in attribute.choices}
    return schema


def _one_of_these(wanted: list[Attribute]) -> Schema:
    ways = [_answered(attribute) for attribute in wanted]
    ways += [_is_option(attribute) for attribute in wanted if attribute.buying_option]
    return ways[0] if len(ways) == 1 else {"anyOf": ways}


def _answered(attribute: Attribute) -> Schema:
    inner = {"required": [attribute.code], "properties": {attribute.code: _NOT_EMPTY}}
    return {"required": ["attributes"], "properties": {"attributes": inner}}


def _is_option(attribute: Attribute) -> Schema:
    chosen = {"contains": {"const": attribute.code}}
    return {"required": ["options"], "properties": {"options": chosen}}


def _lines(offered: NoticeClass, on: date) -> Schema:
    needed = [line.code for line in offered.fields if binds(line, on)]
    fields = {
        line.code: titled(line.label, line.hint)
        | ({"pattern": FILLED} if line.code in needed else {})
        for line in offered.fields
    }
    return {
        "if": {"properties": {"class": {"const": offered.code}}},
        "then": {
            **titled(offered.label),
            "properties": {"fields": {"required": needed, "properties": fields}},
        },
    }


def _certification(rule: CertificationRule, on: date) -> Schema:
    needed = binds(rule, on)
    schema: Schema = {
        **titled(rule.label, rule.help),
        "type": "object",
        "required": ["held"] if needed else [],
        "properties": {"held": {"enum": [*([] if needed else [""]), "yes", "exempt"]}},
    }
    if rule.number:
        schema["properties"]["number"] = {"type": "string", "maxLength": NUMBER_LENGTH}
        schema["if"] = {"required": ["held"], "properties": {"held": {"const": "yes"}}}
        number = {"pattern": f"^({rule.pattern})$"}
        schema["then"] = {"required": ["number"], "properties": {"number": number}}
    return schema


def _both(words: Words) -> str:
    return words.ko if words.ko == words.en else f"{words.ko} / {words.en}"
