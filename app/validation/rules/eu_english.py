"""Goods sold in the EU are described in a language read there: English at the least."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.eu import complete, empty, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("name.en", "description.en")


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    yield from empty(subject, PATHS)


RULE = Rule(
    code="eu-english",
    severity="limits",
    weight=8,
    message=Words(
        "EU에 파는데 영어로 된 글이 없습니다.", "It is sold in the EU, and has no English text."
    ),
    remedy=Words("영어 이름과 영어 설명을 더하세요.", "Add the English name and description."),
    source="GPSR (EU) 2023/988 art. 19; Directive 2011/83/EU art. 6",
    reads=("sold_in", *PATHS),
    check=check,
    passes=(complete({"description.en": "A thick cotton T-shirt."}),),
    fails=(
        Example({"sold_in": ["eu"], "name.en": ""}),
        Example({"sold_in": ["eu"], "description.en": ""}),
    ),
)
