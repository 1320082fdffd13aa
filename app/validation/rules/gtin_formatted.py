"""A sheet that takes a barcode for a number adds commas, a decimal part or a quotation mark.

The digits are still all there: the remedy gives them back.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.gtin import spreadsheet_digits
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        digits = spreadsheet_digits(item.text("gtin"))
        if digits:
            yield Hit(item.path("gtin"), {"value": shorten(item.text("gtin")), "digits": digits})


RULE = Rule(
    code="gtin-formatted",
    severity="blocks",
    message=Words(
        "{value}: 표 프로그램이 숫자로 바꾼 바코드입니다.",
        "{value}: a spreadsheet wrote this barcode as a number.",
    ),
    remedy=Words("쓰세요: {digits}.", "Write {digits}."),
    source="GS1 General Specifications",
    reads=("items.*.gtin",),
    check=check,
    passes=(
        Example({"items.1.gtin": "8806090597145"}),
        Example({"items.1.gtin": "8806090-597145"}),
    ),
    fails=(
        Example({"items.1.gtin": "8,806,090,597,145"}),
        Example({"items.1.gtin": "8806090597145.0"}),
        Example({"items.1.gtin": "8806090597145,00"}),
        Example({"items.1.gtin": "'8806090597145"}),
        Example({"items.1.gtin": '="8806090597145"'}),
    ),
)
