"""An amount from which shipping is free says nothing where it is free anyhow."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_NO_FEE = Words("배송비가 0원입니다", "the fee is ₩0")
_ALL_ABOVE = Words("모든 품목이 그보다 비쌉니다", "every item costs more")


def check(subject: Subject) -> Iterator[Hit]:
    fee, amount = subject.amount("shipping.fee"), subject.amount("shipping.free_over")
    prices = [price for item in subject.items if (price := item.number("price"))]
    if not amount or fee is None:
        return
    if fee == 0:
        yield Hit("shipping.free_over", {"amount": amount, "why": _NO_FEE.as_dict()})
    elif prices and min(prices) >= amount:
        yield Hit("shipping.free_over", {"amount": amount, "why": _ALL_ABOVE.as_dict()})


RULE = Rule(
    code="free-over-idle",
    severity="advice",
    weight=2,
    message=Words("{amount}원부터 무료인데 {why}.", "Free from ₩{amount}, but {why}."),
    remedy=Words(
        "배송비나 기준 금액을 고치거나 기준을 비우세요.",
        "Change the fee or the amount, or leave the amount empty.",
    ),
    source="Onshelf 권장; Coupang CONDITIONAL_FREE",
    reads=("shipping.fee", "shipping.free_over", "items.*.price"),
    check=check,
    across_items=True,
    passes=(Example({"shipping.fee": 3_000, "shipping.free_over": 50_000}),),
    fails=(
        Example({"shipping.fee": 0, "shipping.free_over": 50_000}),
        Example({"shipping.free_over": 10_000}),
    ),
)
