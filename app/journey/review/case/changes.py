"""What changed since the version judged before, in the words of the page."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from app.core.words import NOTHING, Words
from app.journey.review.case.fields import Documents, file_of, said
from app.journey.review.comparing.diff import Changed
from app.journey.review.comparing.differing import Places
from app.journey.review.comparing.within import Within, within
from app.listings.models import Document
from app.validation.field import Section
from app.validation.field_table import PICTURE_TEXTS


@dataclass(frozen=True)
class Told:
    """A place where something changed, in words."""

    path: str
    label: Words
    old: Words
    new: Words
    document: Document | None = None
    within: Within | None = None


def changes_of(
    differing: Sequence[Changed], form: Sequence[Section], labels: Places, documents: Documents
) -> list[Told]:
    """The changes in words, but for those of pictures: the gallery tells these."""
    return [_told(each, form, labels, documents) for each in differing if each.what != "picture"]


def _told(each: Changed, form: Sequence[Section], labels: Places, documents: Documents) -> Told:
    """The change in words: of a field both values, of an item whether it went or came."""
    fields = {field.path: field for section in form for field in section.fields}
    fields |= {field.path: field for field in PICTURE_TEXTS}
    label = labels.of(each.path)
    if each.what == "item":
        gone, come = Words("뺌", "removed"), Words("더함", "added")
        return Told(each.path, label, gone if each.old else NOTHING, come if each.new else NOTHING)
    if each.path.startswith("items.") and each.path.endswith(".pictures"):
        return Told(each.path, label, _named(each.old, labels), _named(each.new, labels))
    field = fields.get(re.sub(r"^(items|picture_texts)\.\d+", r"\1.*", each.path))
    old, new = (said(value, field, documents) for value in (each.old, each.new))
    inside = within(each.old, each.new, field)
    return Told(each.path, label, old, new, file_of(each.new, field, documents), inside)


def _named(pictures: Any, labels: Places) -> Words:
    """Pictures by their places; none is no choice among them."""
    return Words.joined(labels.of(f"pictures.{each}") for each in pictures or [])
