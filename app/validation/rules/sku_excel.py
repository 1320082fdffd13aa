"""`1.23E+11` is what a spreadsheet made of a code of digits: orders would never find it."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

# With its decimal sign and plus nobody means it.
CUT = r"[0-9][.,][0-9]+E\+[0-9]{2}"


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        text = item.text("sku") or item.typed("sku")
        if re.fullmatch(CUT, text):
            yield Hit(item.path("sku"), {"value": text})


RULE = Rule(
    code="sku-excel",
    severity="blocks",
    message=Words("{value}: 엑셀이 줄인 코드입니다.", "{value}: Excel cut this code."),
    remedy=Words("열을 텍스트로 바꾸고 다시 붙이세요.", "Set the column to Text and paste again."),
    source="Excel: 15자리 지수 표기",
    reads=("items.*.sku",),
    check=check,
    passes=(
        Example({"items.1.sku": "12E5"}),
        Example({"items.1.sku": "A1.5E+10"}),
    ),
    fails=(
        Example({"items.1.sku": "8.02E+12"}),
        Example({"items.1.sku": "8,02E+12"}),
    ),
)
