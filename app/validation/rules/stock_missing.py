"""Each item says how many there are; none is 0."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        if item.number("stock") is None and not item.typed("stock"):
            yield Hit(item.path("stock"))


RULE = Rule(
    code="stock-missing",
    severity="blocks",
    message=Words("재고가 비어 있습니다.", "There is no stock count."),
    remedy=Words("수량을 입력하세요. 없으면 0을 쓰세요.", "Enter the count; 0 if there are none."),
    source="Coupang maximumBuyCount",
    reads=("items.*.stock",),
    check=check,
    passes=(Example({"items.1.stock": 0}),),
    fails=(Example({"items.1.stock": None}),),
)
