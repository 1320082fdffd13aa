"""Warnings and safety information stand on the offer, or that none are needed.

Regulation (EU) 2023/988, article 19 (d): in a language that consumers there easily understand.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.eu import complete, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import HANGUL


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    text = subject.text("eu.warnings")
    # Korean alone is not read there.
    if not text or (HANGUL.search(text) and not re.search("[A-Za-z]{3}", text)):
        yield Hit("eu.warnings")


RULE = Rule(
    code="eu-warnings",
    severity="limits",
    weight=8,
    message=Words(
        "EU 판매에 필요한 안전 정보가 없습니다.",
        "The safety information that the EU asks for is missing.",
    ),
    remedy=Words(
        "경고와 안전 정보를 영어로 쓰세요. 없으면 없다고 쓰세요.",
        "Write warnings and safety information in English; if none are needed, say so.",
    ),
    source="GPSR (EU) 2023/988 art. 19(d)",
    reads=("sold_in", "eu.warnings"),
    check=check,
    passes=(complete(),),
    fails=(
        Example({"sold_in": ["eu"]}),
        Example({"sold_in": ["eu"], "eu.warnings": "삼키지 마세요."}),
    ),
)
