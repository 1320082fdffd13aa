"""A return fee below what shipping costs is yours to pay (Coupang: 100 to 150 % of the first
fee).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    fee, back = subject.amount("shipping.fee"), subject.amount("shipping.return_fee")
    # Free returns are an offer, and meant.
    if fee and back and 0 < back < fee:
        yield Hit("shipping.return_fee", {"back": back, "fee": fee})


RULE = Rule(
    code="return-fee-low",
    severity="advice",
    weight=2,
    message=Words(
        "반품 배송비 {back}원이 배송비 {fee}원보다 낮습니다.",
        "The return fee, ₩{back}, is below the shipping fee, ₩{fee}.",
    ),
    remedy=Words(
        "차액을 부담할 것이 아니면 {fee}원 이상으로 쓰세요.",
        "Unless you mean to pay the difference, make it ₩{fee} or more.",
    ),
    source="Coupang 반품배송비 100~150%",
    reads=("shipping.fee", "shipping.return_fee"),
    check=check,
    passes=(Example({"shipping.fee": 3_000, "shipping.return_fee": 0}),),
    fails=(Example({"shipping.fee": 3_000, "shipping.return_fee": 2_500}),),
)
