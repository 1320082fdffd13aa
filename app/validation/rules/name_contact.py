"""A name carries no telephone number, address or messenger name.

Contacts in listings lead shoppers out of the marketplace's protection; the platforms refuse them.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.contacts import contact_in
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("name.ko", "name.en", "brand")


def check(subject: Subject) -> Iterator[Hit]:
    for path in PATHS:
        if contact := contact_in(subject.text(path)):
            yield Hit(path, {"contact": shorten(contact, 40)})


RULE = Rule(
    code="name-contact",
    severity="blocks",
    message=Words("{contact}: 연락처나 바깥 주소입니다.", "{contact} leads outside the shop."),
    remedy=Words(
        "이름에서 지우세요. 쇼핑객은 상품 문의로 묻습니다.",
        "Take it out of the name; shoppers ask through the shop.",
    ),
    source="Coupang 상품 등록 정책: 외부 연락처·직거래 유도 금지",
    reads=PATHS,
    check=check,
    passes=(Example({"name.ko": "카카오톡 이모티콘 인형 1588"}),),
    fails=(
        Example({"name.ko": "티셔츠 010-1234-5678"}),
        Example({"name.ko": "티셔츠 카톡 문의"}),
        Example({"name.en": "T-shirt www.example.com"}),
        Example({"brand": "shop@example.com"}),
    ),
)
