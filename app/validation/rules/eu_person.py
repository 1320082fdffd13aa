"""A maker outside the EU has a responsible person inside it, named on the offer.

Regulation (EU) 2023/988, articles 16 and 19 (b).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.markets import EU, sold_in
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("eu.person", "eu.person_email")


def check(subject: Subject) -> Iterator[Hit]:
    if EU not in sold_in(subject):
        return
    if subject.text("eu.maker_inside") == "yes":
        return
    for path in PATHS:
        if not subject.answered(path):
            yield Hit(path)


RULE = Rule(
    code="eu-person",
    severity="blocks",
    message=Words(
        "제조사가 EU 밖인데 책임자가 비어 있습니다.",
        "The maker is outside the EU, and no responsible person is named.",
    ),
    remedy=Words(
        "EU 안의 책임자와 그 주소, 전자우편 주소를 쓰세요.",
        "Name the responsible person in the EU with postal and e-mail address.",
    ),
    source="GPSR (EU) 2023/988 art. 16, 19(b)",
    reads=("sold_in", "eu.maker_inside", *PATHS),
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
            }
        ),
        Example({"sold_in": ["eu"], "eu.maker_inside": "yes"}),
    ),
    fails=(Example({"sold_in": ["eu"], "eu.maker_inside": "no"}),),
)
