"""A return should not cost much more than the way out (Coupang: 100 to 150 % of the first fee).

전자상거래법 제18조: a buyer who returns goods pays what sending them back costs, not more.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

MOST_PERCENT = 150


def check(subject: Subject) -> Iterator[Hit]:
    fee, back = subject.amount("shipping.fee"), subject.amount("shipping.return_fee")
    if fee and back and back * 100 > fee * MOST_PERCENT:
        yield Hit("shipping.return_fee", {"back": back, "fee": fee, "most": fee * 3 // 2})


RULE = Rule(
    code="return-fee-high",
    severity="advice",
    weight=3,
    message=Words(
        "반품 배송비 {back}원이 배송비 {fee}원의 150%를 넘습니다.",
        "The return fee, ₩{back}, is over 150 % of the shipping fee, ₩{fee}.",
    ),
    remedy=Words("편도 {most}원 이하로 쓰세요.", "Make it ₩{most} or less, one way."),
    source="Coupang 반품배송비 100~150%; 전자상거래법 제18조",
    reads=("shipping.fee", "shipping.return_fee"),
    check=check,
    passes=(Example({"shipping.fee": 3000, "shipping.return_fee": 4500}),),
    fails=(Example({"shipping.fee": 3000, "shipping.return_fee": 6000}),),
)
