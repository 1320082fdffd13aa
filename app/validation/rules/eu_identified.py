"""An offer to the EU tells the product apart: by a type, batch or other identifier.

Regulation (EU) 2023/988, article 19 (c).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.markets import EU, sold_in
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if EU not in sold_in(subject):
        return
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
    passes=(
        Example(
            {
                "sold_in": ["kr", "eu"],
                "eu.maker_address": "Hanbit, 110 Sejong-daero, Seoul, Korea",
                "eu.maker_email": "safety@hanbit.example",
                "eu.maker_inside": "no",
                "eu.person": "EU Rep GmbH, Ring 1, 10115 Berlin, Germany",
                "eu.person_email": "rep@example.eu",
                "eu.warnings": "No small parts. Not for children under 3.",
            }
        ),
    ),
    fails=(
        Example({"sold_in": ["eu"], "items.1.gtin": "", "items.1.gtin_reason": "직접 만든 상품"}),
    ),
)
