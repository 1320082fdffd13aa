"""An attribute's answer fits its type: a number with a known unit, a choice of the list, a date.

Coupang refuses values that do not match type and unit since 2024-10-31.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import problems
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for attribute in subject.category.attributes:
        if attribute in subject.options:
            continue
        path = f"attributes.{attribute.code}"
        for problem in problems(subject.value(path), attribute)[:1]:
            fact, remedy = problem.in_words()
            yield Hit(path, {"problem": problem.code, "fact": fact, "mend": remedy})


RULE = Rule(
    code="attribute-value",
    severity="blocks",
    message=Words("{fact}", "{fact}"),
    remedy=Words("{mend}", "{mend}"),
    source="Coupang 속성 값 규칙 (2024-10-31)",
    reads=("attributes.*", "options"),
    check=check,
    passes=(Example({"attributes.diameter": {"value": "85", "unit": "mm"}}, "mugs"),),
    fails=(
        Example({"attributes.count": "오백"}, "fruit-juice"),
        Example({"attributes.count": {"value": "5", "unit": "kg"}}, "fruit-juice"),
        Example({"attributes.juice-share": {"value": "120", "unit": "%"}}, "fruit-juice"),
        Example({"attributes.sleeve": "half"}),
        Example({"attributes.season": ["summer", "monsoon"]}),
        Example({"attributes.made": "2026-02-30"}, "fruit-juice"),
        Example({"attributes.material": "면" * 61}),
        Example({"attributes.stretch": "maybe"}),
    ),
)
