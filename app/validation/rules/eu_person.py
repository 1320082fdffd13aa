"""A maker outside the EU has a responsible person inside it, named on the offer.

Regulation (EU) 2023/988, articles 16 and 19 (b).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.eu import complete, empty, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("eu.person", "eu.person_email")


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    if subject.text("eu.maker_inside") == "yes":
        return
    yield from empty(subject, PATHS)


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
        complete(),
        Example({"sold_in": ["eu"], "eu.maker_inside": "yes"}),
    ),
    fails=(Example({"sold_in": ["eu"], "eu.maker_inside": "no"}),),
)
