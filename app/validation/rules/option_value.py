"""An item's option value fits the option's type: a size of the list, a number with its unit."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import problems
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for option in subject.options:
            inner = f"options.{option.code}"
            for problem in problems(item.text(inner), option)[:1]:
                fact, remedy = problem.in_words()
                params = {"problem": problem.code, "fact": fact, "mend": remedy}
                yield Hit(item.path(inner), params)


RULE = Rule(
    code="option-value",
    severity="blocks",
    message=Words("{fact}", "{fact}"),
    remedy=Words("{mend}", "{mend}"),
    source="Coupang 속성 값 규칙 (2024-10-31)",
    reads=("options", "items.*.options.*"),
    check=check,
    passes=(
        Example({"items.1.options.size": "프리사이즈"}),
        Example({"items.1.options.volume": "1.5L"}, "fruit-juice"),
    ),
    fails=(
        Example({"items.1.options.size": "9XL"}),
        Example({"items.1.options.volume": "큰 병"}, "fruit-juice"),
    ),
)
