"""An item's option value fits the option's type: a size of the list, a number with its unit."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import problems
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if subject.axis is None:
        return
    for item in subject.items:
        for problem in problems(item.text("option"), subject.axis)[:1]:
            fact, remedy = problem.in_words()
            params = {"problem": problem.code, "fact": fact, "mend": remedy}
            yield Hit(item.path("option"), params)


RULE = Rule(
    code="option-value",
    severity="blocks",
    message=Words("{fact}", "{fact}"),
    remedy=Words("{mend}", "{mend}"),
    source="Coupang 속성 값 규칙 (2024-10-31)",
    reads=("option.axis", "items.*.option"),
    check=check,
    passes=(
        Example({"items.1.option": "프리사이즈"}),
        Example({"items.1.option": "1.5L"}, "fruit-juice"),
    ),
    fails=(
        Example({"items.1.option": "9XL"}),
        Example({"items.1.option": "큰 병"}, "fruit-juice"),
    ),
)
