"""Where the category needs a certification, the seller says whether the goods have it.

전파법 제58조의2, 전기용품 및 생활용품 안전관리법, 어린이제품 안전 특별법: no sale without it.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.dated import binds
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for rule in subject.category.certifications:
        path = f"certifications.{rule.code}.held"
        held = subject.text(path)
        if held not in ("yes", "exempt") and (held or binds(rule, subject.on)):
            yield Hit(path, {"label": rule.label.as_dict()})


RULE = Rule(
    code="certification-missing",
    severity="blocks",
    message=Words("{label}: 답하지 않았습니다.", "Not answered: {label}."),
    remedy=Words(
        "인증을 받았는지, 대상이 아닌지 고르세요.",
        "Say whether it is certified or needs no certification.",
    ),
    source="전파법 제58조의2; 어린이제품 안전 특별법 제25조",
    reads=("certifications.*",),
    check=check,
    passes=(Example({"certifications.kc-electrical": None}, "wireless-earphones"),),
    fails=(
        Example({"certifications.kc-radio": {}}, "wireless-earphones"),
        Example({"certifications.kc-children.held": "maybe"}, "building-blocks"),
    ),
)
