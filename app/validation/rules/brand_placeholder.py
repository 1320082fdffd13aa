"""A brand is a brand: `없음`, `기타` and `OEM` name nothing.

Toss refuses them; Coupang shows unregistered brands lower.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.placeholders import points_elsewhere, says_nothing
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    brand = subject.text("brand")
    if says_nothing(brand) or points_elsewhere(brand):
        yield Hit("brand", {"value": brand})


RULE = Rule(
    code="brand-placeholder",
    severity="limits",
    weight=10,
    message=Words("{value}: 브랜드 이름이 아닙니다.", "{value} is not a brand."),
    remedy=Words(
        "상품에 적힌 브랜드를 쓰세요. 없으면 회사 이름을 쓰세요.",
        "Use the brand on the product, or your company's name if it has none.",
    ),
    source="Toss 상품 등록 검사",
    reads=("brand",),
    check=check,
    passes=(
        Example({"brand": "기타공방"}),
        Example({"brand": "무관심"}),
        Example({"brand": "361"}),
    ),
    fails=(
        Example({"brand": "없음"}),
        Example({"brand": "OEM"}),
        Example({"brand": "상세페이지 참조"}),
        Example({"brand": "No brand"}),
    ),
)
