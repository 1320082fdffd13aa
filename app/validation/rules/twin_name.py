"""Nearly the same name in another listing of the seller's own: often one product twice.

The same words in any order, or all but one: a colour that could be an item there.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for twin in subject.neighbours("names")[:1]:
        yield Hit("name.ko", twin)


RULE = Rule(
    code="twin-name",
    severity="advice",
    weight=4,
    message=Words("이름이 거의 같은 상품: {name}.", "Nearly the same name: {name}."),
    remedy=Words("같으면 거기에 품목을 더하세요.", "If it is the same, add an item there."),
    source="Coupang 중복 상품 등록 정책",
    reads=("name.ko",),
    check=check,
    passes=(Example({"name.ko": "면 티셔츠", "neighbours.names": []}),),
    fails=(
        Example(
            {
                "name.ko": "면 티셔츠",
                "neighbours.names": [{"listing": 7, "name": {"ko": "티셔츠 면", "en": "Tee"}}],
            }
        ),
    ),
)
