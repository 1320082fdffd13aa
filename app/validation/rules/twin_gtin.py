"""The same barcode in another listing of the seller's own: mostly one product registered twice.

Told while it is written, with a link; the same goods in another listing may be meant.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import digits_of
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    known = subject.neighbours("gtins") or {}
    for item in subject.items if known else ():
        digits = digits_of(item.text("gtin")) or ""
        if twin := known.get(digits.zfill(14)):
            yield Hit(item.path("gtin"), twin)


RULE = Rule(
    code="twin-gtin",
    severity="advice",
    weight=8,
    message=Words("바코드가 같은 상품: {name}.", "Same barcode: {name}."),
    remedy=Words("같으면 거기에 품목을 더하세요.", "If it is the same, add an item there."),
    source="Coupang 중복 상품 등록 정책; GS1 General Specifications 4.2",
    reads=("items.*.gtin",),
    check=check,
    passes=(
        Example(
            {
                "items.1.gtin": "8806088269696",
                "neighbours.gtins": {
                    "08806090597145": {"listing": 7, "name": {"ko": "컵", "en": "Cup"}}
                },
            }
        ),
    ),
    fails=(
        Example(
            {
                "items.1.gtin": "8806088269696",
                "neighbours.gtins": {
                    "08806088269696": {"listing": 7, "name": {"ko": "컵", "en": "Cup"}}
                },
            }
        ),
    ),
)
