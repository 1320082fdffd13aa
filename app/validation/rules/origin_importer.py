"""Imported goods name the importer who answers for them.

Naver's originAreaInfo asks for it, and the notice's line on the maker does. New here, so it warns
first: sellers of many imported goods have half a year.
"""

from collections.abc import Iterator
from datetime import date

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if subject.text("origin.kind") == "imported" and not subject.answered("origin.importer"):
        yield Hit("origin.importer")


RULE = Rule(
    code="origin-importer",
    severity="blocks",
    weight=4,
    message=Words("수입산인데 수입자가 없습니다.", "It is imported, but by whom is not said."),
    remedy=Words(
        "수입한 회사를 쓰세요. 직접 수입했으면 회사 이름을 쓰세요.",
        "Name the importing company; your own if you import it yourself.",
    ),
    source="Naver originAreaInfo.importer; 상품정보제공고시 (수입자)",
    reads=("origin.kind", "origin.importer"),
    check=check,
    since=date(2026, 9, 1),
    enforced_from=date(2027, 3, 1),
    passes=(
        Example({"origin.kind": "imported", "origin.country": "VN", "origin.importer": "한빛상사"}),
    ),
    fails=(Example({"origin.kind": "imported", "origin.country": "VN"}),),
)
