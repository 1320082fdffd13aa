"""A recommended certification that is not told of costs trust."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for rule in subject.category.certifications:
        path = f"certifications.{rule.code}.held"
        if rule.requirement == "recommended" and not subject.answered(path):
            yield Hit(path, {"label": rule.label.as_dict()})


RULE = Rule(
    code="certification-advised",
    severity="advice",
    weight=5,
    message=Words("{label}: 답하지 않았습니다.", "Not answered: {label}."),
    remedy=Words("받았으면 번호를 알려 주세요.", "If you hold it, give its number."),
    source="Coupang certifications (RECOMMEND)",
    reads=("certifications.*",),
    check=check,
    passes=(Example({"certifications.kc-electrical.held": "exempt"}, "wireless-earphones"),),
    fails=(Example({"certifications.kc-electrical": None}, "wireless-earphones"),),
)
