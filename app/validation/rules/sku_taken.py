"""A SKU names one item of its seller: what another listing uses is kept as typed, and told.

Whether it is taken only the saving verb can see; it leaves what was typed under `typed`.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import SKU_LENGTH
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    holders = subject.neighbours("skus") or {}
    for item in subject.items:
        typed = item.typed("sku")
        if typed and len(typed) <= SKU_LENGTH:
            # Another item of this same listing has no name to be told by.
            yield Hit(item.path("sku"), {"value": typed, **holders.get(typed, {})})


RULE = Rule(
    code="sku-taken",
    severity="blocks",
    message=Words(
        "{value}: 다른 품목에서 쓰고 있는 코드입니다.",
        "{value} is the SKU of another item of yours.",
    ),
    remedy=Words("이 품목만의 코드를 쓰세요.", "Give this item a code of its own."),
    source="Onshelf: SKU는 판매자 안에서 하나",
    reads=("items.*.sku",),
    check=check,
    passes=(Example({"items.1.sku": "TS-1"}),),
    fails=(Example({"items.1.sku": "", "items.1.typed": {"sku": "TS-1"}}),),
)
