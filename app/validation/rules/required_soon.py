"""What a category will require from a day on only warns until then, so that nobody is surprised.

A category's own grace period (docs/categories-and-rules.md); afterwards the rules
`attribute-required`, `attribute-group`, `certification-missing` and `notice-required` block.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import show
from app.taxonomy.dated import warns
from app.taxonomy.definitions import Attribute, CertificationRule, NoticeField
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    category = subject.category
    for attribute in category.attributes:
        if attribute != subject.axis and not _answered_by_group(subject, attribute):
            yield from _hit(subject, f"attributes.{attribute.code}", attribute)
    for rule in category.certifications:
        yield from _hit(subject, f"certifications.{rule.code}.held", rule)
    for line in subject.notice.fields if subject.notice else ():
        yield from _hit(subject, f"notice.fields.{line.code}", line)


def _hit(
    subject: Subject, path: str, part: Attribute | CertificationRule | NoticeField
) -> Iterator[Hit]:
    if warns(part, subject.on) and not subject.answered(path) and part.required_from:
        day = show(part.required_from.isoformat(), _DAY)
        yield Hit(path, {"label": part.label.as_dict(), "day": day.as_dict()})


def _answered_by_group(subject: Subject, attribute: Attribute) -> bool:
    members = [a for a in subject.category.attributes if a.group and a.group == attribute.group]
    return any(a == subject.axis or subject.answered(f"attributes.{a.code}") for a in members)


_DAY = Attribute("day", Words("날짜", "Day"), "date")

RULE = Rule(
    code="required-soon",
    severity="advice",
    message=Words("{day}부터 꼭 있어야 합니다.", "This is required from {day} on."),
    remedy=Words("미리 입력하세요: {label}.", "Fill it in ahead: {label}."),
    source="Category definitions: required_from, grace_until",
    reads=("attributes.*", "option.axis", "certifications.*", "notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({}, "power-banks"),),
    fails=(Example({"attributes.energy": None}, "power-banks"),),
)
