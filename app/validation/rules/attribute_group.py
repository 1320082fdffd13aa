"""Of the attributes in one group, one answer is enough, and one is needed.

Coupang's groupNumber: capacity by volume or by weight, say.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.dated import binds
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for group in dict.fromkeys(a.group for a in subject.category.attributes if a.group):
        members = [a for a in subject.category.attributes if a.group == group]
        answered = any(
            subject.answered(f"attributes.{a.code}") or a in subject.options for a in members
        )
        if any(binds(a, subject.on) for a in members) and not answered:
            labels = [a.label for a in members]
            listed = {
                "ko": ", ".join(w.ko for w in labels),
                "en": ", ".join(w.en for w in labels),
            }
            yield Hit(f"attributes.{members[0].code}", {"labels": listed})


RULE = Rule(
    code="attribute-group",
    severity="blocks",
    message=Words("모두 비어 있습니다: {labels}.", "All of these are empty: {labels}."),
    remedy=Words("그 가운데 하나 이상을 입력하세요.", "Fill in at least one of them."),
    source="Coupang category-related-metas groupNumber",
    reads=("attributes.*", "options"),
    check=check,
    passes=(Example({"attributes.height": None}, "mugs"),),
    fails=(Example({"attributes.height": None, "attributes.diameter": None}, "mugs"),),
)
