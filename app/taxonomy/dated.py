"""From which day a requirement binds. Until then it is asked for, and only warns.

A file may give any requirement its own `required_from`. Where a changed file has a `grace_until`,
what it requires and the version before it did not binds from the day after, so that sellers with
goods in hand have time; what was required before binds as it did.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import TypeVar

from app.taxonomy.definitions import (
    Attribute,
    Category,
    CertificationRule,
    DocumentRule,
    NoticeClass,
    NoticeField,
)

Part = TypeVar("Part", Attribute, CertificationRule, DocumentRule, NoticeField)


def binds(part: Attribute | CertificationRule | DocumentRule | NoticeField, on: date) -> bool:
    """Whether nothing may be submitted without it on the day *on*."""
    return part.required and (part.required_from is None or part.required_from <= on)


def warns(part: Attribute | CertificationRule | DocumentRule | NoticeField, on: date) -> bool:
    """Whether it will bind later, and is under grace on the day *on*."""
    return part.required and part.required_from is not None and on < part.required_from


def with_grace(category: Category, earlier: Category) -> Category:
    """*category* as the next version after *earlier*: what it newly requires is dated."""

    def dated(parts: Iterable[Part], were: Iterable[Part]) -> tuple[Part, ...]:
        before = {part.code: part for part in were}
        return tuple(_dated(p, before.get(p.code), category, earlier) for p in parts)

    def lines(notice: NoticeClass) -> NoticeClass:
        before = earlier.notice(notice.code)
        # A class that is offered for the first time is nobody's duty: the old ones may be chosen.
        return replace(notice, fields=dated(notice.fields, before.fields)) if before else notice

    return replace(
        category,
        attributes=dated(category.attributes, earlier.attributes),
        certifications=dated(category.certifications, earlier.certifications),
        documents=dated(category.documents, earlier.documents),
        notices=tuple(lines(notice) for notice in category.notices),
    )


def _dated(part: Part, was: Part | None, category: Category, earlier: Category) -> Part:
    if part.required_from is not None or not part.required:
        return part
    if was is None or not was.required:
        return replace(part, required_from=_end_of_grace(category))
    moved = category.effective_on == earlier.effective_on
    if was.required_from and moved and was.required_from == _end_of_grace(earlier):
        return replace(part, required_from=_end_of_grace(category))
    return replace(part, required_from=was.required_from)


def _end_of_grace(category: Category) -> date | None:
    """The first day after the grace period, None where there is none."""
    return category.grace_until + timedelta(days=1) if category.grace_until else None
