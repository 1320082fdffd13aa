"""Some GTIN prefixes are for use inside one shop or for coupons, and name no product elsewhere.

GS1: 02, 04 and 20 to 29 in-store, 05 and 98 to 99 coupons; GTIN-8 that start with 0 or 2.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.gtin import LENGTHS, digits_of, fits, restricted_prefix
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for item in subject.items:
        digits = digits_of(item.text("gtin")) or ""
        prefix = restricted_prefix(digits) if len(digits) in LENGTHS else ""
        if prefix and fits(digits):
            yield Hit(item.path("gtin"), {"prefix": prefix})


RULE = Rule(
    code="gtin-restricted",
    severity="blocks",
    message=Words(
        "앞자리 {prefix}: 매장 안이나 쿠폰에서만 쓰는 번호입니다.",
        "Numbers that start with {prefix} are for use inside one shop or for coupons.",
    ),
    remedy=Words(
        "제조사가 받은 바코드를 쓰거나, 비우고 이유를 쓰세요.",
        "Use the maker's barcode, or leave it empty and say why.",
    ),
    source="GS1 General Specifications 1.4.3",
    reads=("items.*.gtin",),
    check=check,
    passes=(Example({"items.1.gtin": "8806088269696"}),),
    fails=(
        Example({"items.1.gtin": "2000000000008"}),
        Example({"items.1.gtin": "0200000000004"}),
        Example({"items.1.gtin": "9900000000004"}),
        Example({"items.1.gtin": "20000004"}),
    ),
)
