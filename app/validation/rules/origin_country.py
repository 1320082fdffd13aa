"""Imported goods name the country they come from.

대외무역법 제33조 and the platforms' origin fields (Naver originAreaInfo, Coupang 원산지).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if subject.text("origin.kind") == "imported" and not subject.answered("origin.country"):
        yield Hit("origin.country")


RULE = Rule(
    code="origin-country",
    severity="blocks",
    message=Words(
        "수입산인데 원산지 국가가 없습니다.", "It is imported, but from where is not said."
    ),
    remedy=Words("국가를 고르세요.", "Choose the country."),
    source="대외무역법 제33조; Naver originAreaInfo",
    reads=("origin.kind", "origin.country"),
    check=check,
    passes=(Example({"origin.kind": "imported", "origin.country": "VN"}),),
    fails=(Example({"origin.kind": "imported", "origin.country": ""}),),
)
