"""The amount from which shipping is free goes in steps of 100 won (Coupang freeShipOverAmount)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

STEP = 100


def check(subject: Subject) -> Iterator[Hit]:
    amount = subject.amount("shipping.free_over")
    if amount is not None and amount > 0 and amount % STEP:
        lower = amount - amount % STEP
        yield Hit("shipping.free_over", {"value": amount, "lower": lower, "upper": lower + STEP})


RULE = Rule(
    code="free-over-step",
    severity="blocks",
    message=Words("{value}원: 100원 단위가 아닙니다.", "₩{value} is not in steps of 100 won."),
    remedy=Words("{lower}원 또는 {upper}원으로 쓰세요.", "Make it ₩{lower} or ₩{upper}."),
    source="Coupang freeShipOverAmount",
    reads=("shipping.free_over",),
    check=check,
    passes=(Example({"shipping.free_over": 19_800}),),
    fails=(Example({"shipping.free_over": 19_850}),),
)
