"""Each item has the seller's own code: orders and stock are told by it."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        if not item.text("sku") and not item.typed("sku"):
            yield Hit(item.path("sku"))


RULE = Rule(
    code="sku-missing",
    severity="blocks",
    message=Words("판매자 상품코드가 비어 있습니다.", "The seller SKU is empty."),
    remedy=Words(
        "재고를 찾을 때 쓰는 코드를 입력하세요.", "Enter the code you find this item's stock by."
    ),
    source="Coupang externalVendorSku; Naver sellerCodeInfo",
    reads=("items.*.sku",),
    check=check,
    passes=(Example({"items.1.sku": "TS-BLK-S"}),),
    fails=(Example({"items.1.sku": " "}),),
)
