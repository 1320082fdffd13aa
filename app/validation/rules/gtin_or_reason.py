"""An item has a barcode or says why it has none (Coupang barcode or emptyBarcode with reason)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        if not item.text("gtin") and not item.text("gtin_reason"):
            yield Hit(item.path("gtin"))


RULE = Rule(
    code="gtin-or-reason",
    severity="blocks",
    message=Words("바코드도, 없는 이유도 없습니다.", "There is neither a barcode nor a reason."),
    remedy=Words(
        "바코드를 입력하거나 없는 이유를 쓰세요.", "Enter the barcode, or say why there is none."
    ),
    source="Coupang emptyBarcode, emptyBarcodeReason",
    reads=("items.*.gtin", "items.*.gtin_reason"),
    check=check,
    passes=(Example({"items.1.gtin": "", "items.1.gtin_reason": "직접 만든 상품"}),),
    fails=(Example({"items.1.gtin": "", "items.1.gtin_reason": " "}),),
)
