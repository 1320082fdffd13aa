"""Goods sold in the EU are described in a language read there: English at the least."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.markets import EU, sold_in
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("name.en", "description.en")


def check(subject: Subject) -> Iterator[Hit]:
    if EU not in sold_in(subject):
        return
    for path in PATHS:
        if not subject.answered(path):
            yield Hit(path)


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
    passes=(
        Example(
            {
                "sold_in": ["kr", "eu"],
                "eu.maker_address": "Hanbit, 110 Sejong-daero, Seoul, Korea",
                "eu.maker_email": "safety@hanbit.example",
                "eu.maker_inside": "no",
                "eu.person": "EU Rep GmbH, Ring 1, 10115 Berlin, Germany",
                "eu.person_email": "rep@example.eu",
                "eu.warnings": "No small parts. Not for children under 3.",
                "description.en": "A thick cotton T-shirt.",
            }
        ),
    ),
    fails=(
        Example({"sold_in": ["eu"], "name.en": ""}),
        Example({"sold_in": ["eu"], "description.en": ""}),
    ),
)
