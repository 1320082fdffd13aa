"""The fields of a case as its page reads them: value, change, file, and what stands against it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from app.core.clock import today
from app.core.words import NOTHING, Words
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.within import Within, within
from app.listings.content import Content, read
from app.listings.models import Document
from app.taxonomy.definitions import Category
from app.validation.display import shown
from app.validation.documents import need_of
from app.validation.field import Field, Section
from app.validation.finding import Finding

Documents = Mapping[int, Document]
HELD = re.compile(r"(certifications\.[^.]+)\.held$")


@dataclass(frozen=True)
class Entry:
    """A field with its value, what changed in it, and what stands against it."""

    path: str
    label: Words
    value: Words
    was: Words | None
    lang: str
    findings: list[Finding]
    document: Document | None = None
    within: Within | None = None
    # A certification's number, which is read with it; of a document, how far it is asked for.
    number: "Entry | None" = None
    need: Words = NOTHING


@dataclass(frozen=True)
class Group:
    """A section of the form with the fields that say something, or should."""

    code: str
    label: Words
    entries: list[Entry]


def against(found: list[Finding], path: str) -> list[Finding]:
    return [f for f in found if f.path == path or f.path.startswith(path + ".")]


def _need(field: Field, category: Category) -> Words:
    """How far the category asks for a document, and of which goods."""
    rule = category.document(field.path.removeprefix("documents."))
    return need_of(rule, today()) if rule and field.kind == "document" else NOTHING


def groups_of(
    form: Sequence[Section],
    category: Category,
    content: Content,
    differing: list[Changed],
    found: list[Finding],
    documents: Documents,
) -> list[Group]:
    was = {each.path: each.old for each in differing if each.what == "field"}
    groups = []
    for section in form:
        entries = []
        for field in section.fields:
            if field.path.startswith(("picture", "items", "option")):
                continue
            raw = read(content["product"], field.path)
            old = said(was[field.path], field, documents) if field.path in was else None
            entries.append(
                Entry(
                    field.path,
                    field.label,
                    said(raw, field, documents),
                    old,
                    field.lang,
                    against(found, field.path),
                    file_of(raw, field, documents),
                    within(was.get(field.path), raw, field),
                    need=_need(field, category),
                )
            )
        if entries:
            groups.append(Group(section.code, section.label, _with_numbers(entries)))
    return groups


def _with_numbers(entries: list[Entry]) -> list[Entry]:
    """A certification and its number as one row."""
    found = {entry.path: entry for entry in entries}
    pairs = {
        path: found.get(re.sub(HELD, r"\1.number", path)) for path in found if HELD.match(path)
    }
    taken = {number.path for number in pairs.values() if number}
    return [
        replace(entry, number=pairs.get(entry.path)) for entry in entries if entry.path not in taken
    ]


def said(value: Any, field: Field | None, documents: Documents) -> Words:
    """The value as people read it; a document by the name of its file."""
    if field is None or field.kind != "document":
        return shown(value, field)
    document = documents.get(value)
    return Words.of(document.file_name) if document else NOTHING


def file_of(value: Any, field: Field | None, documents: Documents) -> Document | None:
    return documents.get(value) if field is not None and field.kind == "document" else None
