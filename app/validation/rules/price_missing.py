"""Each item has a price (전자상거래법 제13조: price before purchase)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        if item.number("price") is None and not item.typed("price"):
            yield Hit(item.path("price"))


RULE = Rule(
    code="price-missing",
    severity="blocks",
    message=Words("판매가가 비어 있습니다.", "There is no price."),
    remedy=Words("원 단위 금액을 입력하세요.", "Enter the price in won."),
    source="전자상거래법 제13조",
    reads=("items.*.price",),
    check=check,
    passes=(Example({"items.1.price": 12900}),),
    fails=(Example({"items.1.price": None}),),
)
