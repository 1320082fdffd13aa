"""Imported food says that it was declared (수입식품안전관리 특별법): the notice has a line for
it.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

STATEMENT = "수입식품안전관리특별법에 따른 수입신고를 필함"


def check(subject: Subject) -> Iterator[Hit]:
    food = notices.is_of(subject, notices.FOOD)
    if not food or subject.notice is None or subject.text("origin.kind") != "imported":
        return
    for line in subject.notice.fields:
        text = subject.text(f"notice.fields.{line.code}")
        if "수입신고" in line.label.ko.replace(" ", "") and not (text and notices.applies(text)):
            yield Hit(f"notice.fields.{line.code}", {"statement": STATEMENT})


RULE = Rule(
    code="food-import-statement",
    severity="limits",
    weight=8,
    message=Words(
        "수입산인데 수입신고 문구가 없습니다.", "It is imported, but the declaration is not stated."
    ),
    remedy=Words(
        "수입신고를 마쳤으면 쓰세요: {statement}.", "If it was declared, write: {statement}."
    ),
    source="상품정보제공고시 가공식품·건강기능식품; 수입식품안전관리 특별법 제20조",
    reads=("origin.kind", "notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example(
            {
                "origin.kind": "imported",
                "origin.country": "US",
                "notice.fields.import-statement": "수입식품안전관리특별법에 따른 수입신고를 필함",
            },
            "fruit-juice",
        ),
    ),
    fails=(
        Example(
            {
                "origin.kind": "imported",
                "origin.country": "US",
                "notice.fields.import-statement": "해당 없음",
            },
            "fruit-juice",
        ),
    ),
)
