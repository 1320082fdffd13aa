"""A sheet reads `1-2` or `JAN2` as a day of the year and keeps the day, not the text."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.item_texts import option_texts
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_MONTH = r"(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DATE = re.compile(
    rf"\d{{1,2}}월 ?\d{{1,2}}일|\d{{1,2}}-{_MONTH}(-\d{{2,4}})?|{_MONTH}-\d{{2,4}}"
    r"|(19|20)\d\d-\d{2}-\d{2}( 0?0:00(:00)?)?",
    re.IGNORECASE,
)


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        for inner, text in (("sku", item.text("sku")), *option_texts(item)):
            if _DATE.fullmatch(text):
                yield Hit(item.path(inner), {"value": text})


RULE = Rule(
    code="excel-date",
    severity="advice",
    weight=5,
    message=Words(
        "{value}: 엑셀이 날짜로 바꾼 값으로 보입니다.",
        "{value} looks like a date that Excel made of it.",
    ),
    remedy=Words(
        "열을 텍스트로 바꾸고 원래 값을 다시 붙이세요.",
        "Set the column to Text and paste what it was.",
    ),
    source="Excel: 셀 서식 자동 변환",
    reads=("items.*.sku", "items.*.options"),
    check=check,
    passes=(
        Example({"items.1.sku": "TS-1-2"}),
        Example({"items.1.sku": "MAR-BLACK-2"}),
    ),
    fails=(
        Example({"items.1.sku": "1월 2일"}),
        Example({"items.1.sku": "2-Jan"}),
        Example({"items.2.sku": "Jan-02"}),
        Example({"items.1.sku": "2026-01-02 00:00:00"}),
    ),
)
