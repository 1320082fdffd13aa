"""The category's required attributes are answered; options are answered by the items.

Coupang lists limited or refused since 2026-02-02 where a mandatory attribute is missing.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.dated import binds
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for attribute in subject.category.attributes:
        if not binds(attribute, subject.on) or attribute.group or attribute in subject.options:
            continue
        if not subject.answered(f"attributes.{attribute.code}"):
            yield Hit(f"attributes.{attribute.code}", {"label": attribute.label.as_dict()})


RULE = Rule(
    code="attribute-required",
    severity="blocks",
    message=Words("비어 있습니다.", "This is empty."),
    remedy=Words("입력하세요: {label}.", "Fill in: {label}."),
    source="Coupang category-related-metas attributes (MANDATORY)",
    reads=("attributes.*", "options"),
    check=check,
    passes=(Example({"attributes.stretch": ""}), Example({"attributes.size": None})),
    fails=(
        Example({"attributes.material": " "}),
        Example({"attributes.count": {"value": "", "unit": "pcs"}}, "fruit-juice"),
        Example({"attributes.fruit": []}, "fruit-juice"),
    ),
)
