"""`8.02E+12` is what a spreadsheet made of a barcode: its digits are gone and must come again."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import EXCEL
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        if re.fullmatch(EXCEL, item.text("gtin")):
            yield Hit(item.path("gtin"), {"value": item.text("gtin")})


RULE = Rule(
    code="gtin-excel",
    severity="blocks",
    message=Words("{value}: 엑셀이 줄인 바코드입니다.", "{value}: Excel cut this barcode."),
    remedy=Words("열을 텍스트로 바꾸고 다시 붙이세요.", "Set the column to Text and paste again."),
    source="Excel: 15자리 지수 표기",
    reads=("items.*.gtin",),
    check=check,
    passes=(Example({"items.1.gtin": "8806090597145"}),),
    fails=(
        Example({"items.1.gtin": "8.02E+12"}),
        Example({"items.1.gtin": "8,02E+12"}),
        Example({"items.1.gtin": "8.80609059714e12"}),
        Example({"items.1.gtin": "9E+12"}),
    ),
)
