"""Who made the goods is a name: the law's notice wants it, and recalls start from it."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.placeholders import points_elsewhere, says_nothing
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    maker = subject.text("manufacturer")
    if says_nothing(maker) or points_elsewhere(maker):
        yield Hit("manufacturer", {"value": shorten(maker)})


RULE = Rule(
    code="manufacturer-placeholder",
    severity="limits",
    weight=8,
    message=Words("{value}: 제조사 이름이 아닙니다.", "{value} is not a maker."),
    remedy=Words(
        "제품이나 포장에 적힌 회사를 쓰세요.", "Use the company on the product or its pack."
    ),
    source="상품정보제공고시 (제조자); Coupang manufacture",
    reads=("manufacturer",),
    check=check,
    passes=(Example({"manufacturer": "한빛상사 협력사"}),),
    fails=(
        Example({"manufacturer": "없음"}),
        Example({"manufacturer": "상세페이지 참조"}),
        Example({"manufacturer": "OEM"}),
    ),
)
