"""What a category will require from a day on only warns until then, so that nobody is surprised.

A category's own grace period (docs/categories-and-rules.md); afterwards the rules
`attribute-required`, `attribute-group`, `certification-missing`, `document-missing` and
`notice-required` block.
"""

from collections.abc import Iterator
from datetime import date

from app.core.words import Words
from app.taxonomy.attribute_types import show
from app.taxonomy.dated import warns
from app.taxonomy.definitions import Attribute, Category
from app.validation.documents import is_missing
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for members in _groups(subject.category):
        first = members[0]
        answered = any(a in subject.options or _answered(subject, a) for a in members)
        if not answered and any(warns(a, subject.on) for a in members):
            label = Words.joined(a.label for a in members)
            yield _hit(f"attributes.{first.code}", first.required_from, label)
    for rule in subject.category.certifications:
        path = f"certifications.{rule.code}.held"
        if warns(rule, subject.on) and not subject.answered(path):
            yield _hit(path, rule.required_from, rule.label)
    for document in subject.category.documents:
        if warns(document, subject.on) and is_missing(document, subject):
            yield _hit(f"documents.{document.code}", document.required_from, document.label)
    for line in subject.notice.fields if subject.notice else ():
        path = f"notice.fields.{line.code}"
        if warns(line, subject.on) and not subject.answered(path):
            yield _hit(path, line.required_from, line.label)


def _groups(category: Category) -> Iterator[list[Attribute]]:
    """The attributes one by one, those of a group together where its first one stands."""
    for attribute in category.attributes:
        members = [a for a in category.attributes if a.group == attribute.group]
        if not attribute.group:
            yield [attribute]
        elif members[0] == attribute:
            yield members


def _answered(subject: Subject, attribute: Attribute) -> bool:
    return subject.answered(f"attributes.{attribute.code}")


def _hit(path: str, since: date | None, label: Words) -> Hit:
    day = show(since.isoformat() if since else "", _DAY)
    return Hit(path, {"label": label.as_dict(), "day": day.as_dict()})


_DAY = Attribute("day", Words("날짜", "Day"), "date")

RULE = Rule(
    code="required-soon",
    severity="advice",
    weight=2,
    message=Words("{day}부터 꼭 있어야 합니다.", "This is required from {day} on."),
    remedy=Words("미리 입력하세요: {label}.", "Fill it in ahead: {label}."),
    source="Category definitions: required_from, grace_until",
    reads=(
        "attributes.*",
        "options",
        "certifications.*",
        "documents.*",
        "origin.kind",
        "notice.class",
        "notice.fields.*",
    ),
    check=check,
    passes=(Example({}, "power-banks"),),
    fails=(Example({"attributes.energy": None}, "power-banks"),),
)
