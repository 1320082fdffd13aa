"""A return address is one a parcel reaches: with a number of a house or lot."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    address = subject.text("shipping.return_address")
    if address and not any(c.isdigit() for c in address):
        yield Hit("shipping.return_address", {"value": shorten(address)})


RULE = Rule(
    code="return-address-vague",
    severity="limits",
    weight=6,
    message=Words("{value}: 번지나 건물 번호가 없습니다.", "{value} has no house or lot number."),
    remedy=Words(
        "택배를 받을 수 있는 주소를 모두 쓰세요.", "Give the full address that parcels reach."
    ),
    source="Coupang returnAddress; 전자상거래법 제13조",
    reads=("shipping.return_address",),
    check=check,
    passes=(Example({"shipping.return_address": "서울특별시 중구 세종대로 110"}),),
    fails=(Example({"shipping.return_address": "서울 중구"}),),
)
