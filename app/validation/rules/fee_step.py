"""Fees go in steps of 10 won, like prices: there are no smaller coins."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("shipping.fee", "shipping.return_fee")
STEP = 10


def check(subject: Subject) -> Iterator[Hit]:
    for path in PATHS:
        fee = subject.amount(path)
        if fee is not None and fee > 0 and fee % STEP:
            lower = fee - fee % STEP
            yield Hit(path, {"value": fee, "lower": lower, "upper": lower + STEP})


RULE = Rule(
    code="fee-step",
    severity="blocks",
    message=Words("{value}원: 10원 단위가 아닙니다.", "₩{value} is not in steps of 10 won."),
    remedy=Words("{lower}원 또는 {upper}원으로 쓰세요.", "Make it ₩{lower} or ₩{upper}."),
    source="Coupang deliveryCharge, returnCharge 10원 단위",
    reads=PATHS,
    check=check,
    passes=(Example({"shipping.fee": 2_550}),),
    fails=(
        Example({"shipping.fee": 2_555}),
        Example({"shipping.return_fee": "3,001원"}),
    ),
)
