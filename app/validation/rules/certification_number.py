"""A certification that has a number is told with it, so that anybody can look it up.

상품 등의 정보제공에 관한 고시 (2023-01-01): certification numbers clearly legible.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for rule in subject.category.certifications:
        here = f"certifications.{rule.code}"
        held = subject.text(f"{here}.held") == "yes"
        if rule.number and held and not subject.answered(f"{here}.number"):
            yield Hit(f"{here}.number", {"label": rule.label.as_dict()})


RULE = Rule(
    code="certification-number",
    severity="blocks",
    message=Words("{label}: 인증번호가 없습니다.", "The number is missing: {label}."),
    remedy=Words(
        "제품이나 인증서에 적힌 번호를 옮겨 쓰세요.",
        "Copy the number from the product or its certificate.",
    ),
    source="상품 등의 정보제공에 관한 고시 (2023-01-01)",
    reads=("certifications.*",),
    check=check,
    passes=(
        Example({"certifications.kc-radio": {"held": "exempt"}}, "wireless-earphones"),
        Example({"certifications.food-utensil-import": {"held": "yes"}}, "mugs"),
    ),
    fails=(Example({"certifications.kc-radio.number": ""}, "wireless-earphones"),),
)
