"""A description leads nobody to deals outside the shop.

After-sales numbers belong in the notice, where the law wants them.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.contacts import contact_in
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("description.ko", "description.en")


def check(subject: Subject) -> Iterator[Hit]:
    for path in PATHS:
        if contact := contact_in(subject.text(path)):
            yield Hit(path, {"contact": shorten(contact, 40)})


RULE = Rule(
    code="description-contact",
    severity="limits",
    weight=10,
    message=Words("{contact}: 연락처나 바깥 주소입니다.", "{contact} leads outside the shop."),
    remedy=Words(
        "설명에서 지우세요. A/S 전화번호는 고시에 씁니다.",
        "Take it out; an after-sales number goes in the notice.",
    ),
    source="Coupang 상품 등록 정책: 외부 연락처·직거래 유도 금지",
    reads=PATHS,
    check=check,
    passes=(
        Example(
            {"description.ko": "상품 문의에 남기세요. 규격은 010-02 형, 전압은 220V입니다. " * 3}
        ),
    ),
    fails=(
        Example({"description.ko": "주문은 02-1234-5678로 하세요. " * 5}),
        Example({"description.ko": "카카오톡 아이디 hanbit로 상담하세요. " * 5}),
        Example({"description.en": "More at https://shop.example/tees"}),
    ),
)
