"""What a listing in a category must look like: JSON Schema 2020-12, made of the form's own fields.

It says what a field can say of itself: types, choices, lengths, limits, what is required on a day.
What compares fields with each other is left to the rules. Values are those that are kept: a number
with units is `{"value": "500", "unit": "ml"}`, and numbers may also be given as such. `x-label`,
`x-help` and `x-choices` carry both languages for programs; `title` and `description` for people.
"""

from collections.abc import Callable, Iterable
from datetime import date

from app.taxonomy.dated import binds
from app.taxonomy.definitions import Category
from app.validation import schema_parts as parts
from app.validation.field import Field
from app.validation.fields import item_fields, sections
from app.validation.schema_parts import FILLED, Schema, titled

DIALECT = "https://json-schema.org/draft/2020-12/schema"
MOST_ITEMS = 200
# Sections whose fields are the category's own.
_OF_THE_CATEGORY = ("attributes", "notice", "certifications", "documents")


def form_schema(category: Category, on: date) -> Schema:
    """The schema of `{"product", "items"}` for *category*, by what is required on the day *on*."""
    product = _product(category, on)
    item = _nested(
        (f.changed(path=f.inner) for f in item_fields(category)), lambda field: field.required
    )
    return {
        "$schema": DIALECT,
        "$id": f"urn:onshelf:category:{category.code}:{category.no}",
        **titled(category.names),
        "type": "object",
        "required": ["product", "items"],
        "properties": {
            "product": product,
            "items": {"type": "array", "minItems": 1, "maxItems": MOST_ITEMS, "items": item},
        },
        "x-version": category.no,
        "x-effective-on": category.effective_on.isoformat(),
        "x-age-limit": category.age_limit,
        "x-documents": [
            {"code": d.code, "requirement": d.requirement, "when": d.when, **titled(d.label)}
            for d in category.documents
        ],
    }


def _product(category: Category, on: date) -> Schema:
    fields = [f for section in sections(category) for f in section.fields]
    own = [f for f in fields if f.path.split(".")[0] not in (*_OF_THE_CATEGORY, "items")]
    schema = _nested(own, lambda field: field.required)
    schema["properties"]["attributes"] = parts.attributes(category)
    schema["properties"]["notice"] = parts.notice(category, on)
    schema["required"].append("notice")
    if category.certifications:
        schema["properties"]["certifications"] = parts.certifications(category, on)
    if any(binds(rule, on) for rule in category.certifications):
        schema["required"].append("certifications")
    return schema | {"allOf": list(parts.answers(category, on))}


def _nested(fields: Iterable[Field], needed: Callable[[Field], bool]) -> Schema:
    """Objects within objects by the parts of the fields' paths, with what each requires."""
    root: Schema = {"type": "object", "required": [], "properties": {}}
    for field in fields:
        *above, last = field.path.split(".")
        place = root
        for part in above:
            fresh: Schema = {"type": "object", "required": [], "properties": {}}
            inner = place["properties"].setdefault(part, fresh)
            if needed(field) and part not in place["required"]:
                place["required"].append(part)
            place = inner
        place["properties"][last] = _field(field, needed(field))
        if needed(field):
            place["required"].append(last)
    return root


def _field(field: Field, needed: bool) -> Schema:
    about = titled(field.label, field.hint)
    if field.kind in ("select", "radios"):
        return about | _choices(field, [] if needed else [""])
    if field.kind == "checks":
        return about | {"type": "array", "uniqueItems": True, "items": _choices(field, [])}
    if field.kind in ("money", "count"):
        return about | {"type": ["integer"] if needed else ["integer", "null"], "minimum": 0}
    if field.kind == "names":
        return about | {"type": "array", "uniqueItems": True}
    if field.kind == "pictures":
        return about | {"type": "array", "minItems": 1, "uniqueItems": True}
    text: Schema = about | {"type": "string"}
    if field.max_length:
        text["maxLength"] = field.max_length
    return text | ({"pattern": FILLED} if needed else {})


def _choices(field: Field, empty: list[str]) -> Schema:
    return {
        "enum": [*empty, *(choice.code for choice in field.choices)],
        "x-choices": {choice.code: choice.label.as_dict() for choice in field.choices},
    }
