"""Shipping amounts and days lie in bounds that carriers and platforms know.

Fees 0 to 200,000 won, free shipping from up to 10,000,000, dispatch within 30 days.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

MOST = {
    "shipping.fee": 200_000,
    "shipping.return_fee": 200_000,
    "shipping.free_over": 10_000_000,
    "shipping.lead_days": 30,
}


def check(subject: Subject) -> Iterator[Hit]:
    for path, most in MOST.items():
        amount = subject.amount(path)
        if amount is not None and not 0 <= amount <= most:
            yield Hit(path, {"value": amount, "most": most})


RULE = Rule(
    code="shipping-range",
    severity="blocks",
    message=Words("{value}: 범위를 벗어납니다.", "{value} is out of range."),
    remedy=Words("0부터 {most}까지 쓰세요.", "Enter 0 to {most}."),
    source="Coupang deliveryCharge, outboundShippingTimeDay",
    reads=tuple(MOST),
    check=check,
    passes=(Example({"shipping.fee": 0, "shipping.lead_days": 0}),),
    fails=(
        Example({"shipping.fee": -1}),
        Example({"shipping.return_fee": "300,000"}),
        Example({"shipping.lead_days": 60}),
    ),
)
