"""Shoppers wait three working days gladly; more is allowed (전자상거래법 제15조) and costs
orders.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

ADVISED = 7
# Beyond it another rule speaks.
MOST = {"shipping.lead_days": 30}


def check(subject: Subject) -> Iterator[Hit]:
    days = subject.amount("shipping.lead_days")
    if days is not None and ADVISED < days <= MOST["shipping.lead_days"]:
        yield Hit("shipping.lead_days", {"days": days, "advised": ADVISED})


RULE = Rule(
    code="lead-days-long",
    severity="advice",
    weight=3,
    message=Words("출고까지 {days}일입니다.", "It takes {days} days until dispatch."),
    remedy=Words(
        "주문을 받아 만드는 상품이 아니면 {advised}일 안으로 줄이세요.",
        "Unless it is made to order, bring it down to {advised} days.",
    ),
    source="전자상거래법 제15조; Coupang outboundShippingTimeDay",
    reads=("shipping.lead_days",),
    check=check,
    passes=(Example({"shipping.lead_days": 3}),),
    fails=(Example({"shipping.lead_days": 14}),),
)
