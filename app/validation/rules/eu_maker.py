"""Offers to the EU show the manufacturer's name, postal and electronic address.

Regulation (EU) 2023/988 on general product safety, article 19 (a), since 2024-12-13.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.eu import complete, empty, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("eu.maker_address", "eu.maker_email")


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    yield from empty(subject, PATHS)


RULE = Rule(
    code="eu-maker",
    severity="blocks",
    message=Words("EU 판매에 필요한데 비어 있습니다.", "Needed for sale in the EU, and empty."),
    remedy=Words(
        "제조사의 이름, 우편 주소, 전자우편 주소를 쓰세요.",
        "Give the manufacturer's name, postal address and e-mail address.",
    ),
    source="GPSR (EU) 2023/988 art. 19(a)",
    reads=("sold_in", *PATHS),
    check=check,
    passes=(
        complete(),
        Example({"sold_in": ["kr"]}),
    ),
    fails=(Example({"sold_in": ["eu"]}),),
)
