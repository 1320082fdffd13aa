"""An offer to the EU tells the product apart: by a type, batch or other identifier.

Regulation (EU) 2023/988, article 19 (c).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.eu import complete, of_eu_sales
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


@of_eu_sales
def check(subject: Subject) -> Iterator[Hit]:
    if subject.answered("attributes.model"):
        return
    for item in subject.items:
        if not item.text("gtin"):
            yield Hit(item.path("gtin"))


RULE = Rule(
    code="eu-identified",
    severity="advice",
    weight=4,
    message=Words(
        "품목에 바코드가 없고 모델명도 없습니다.", "The item has no barcode, and there is no model."
    ),
    remedy=Words("바코드나 모델명을 입력하세요.", "Enter a barcode or a model."),
    source="GPSR (EU) 2023/988 art. 19(c)",
    reads=("sold_in", "items.*.gtin", "attributes.model"),
    check=check,
    passes=(complete(),),
    fails=(
        Example({"sold_in": ["eu"], "items.1.gtin": "", "items.1.gtin_reason": "직접 만든 상품"}),
    ),
)
