"""A certification number looks like one; whether it exists, safetykorea and RRA say."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    for rule in subject.category.certifications:
        path = f"certifications.{rule.code}.number"
        number = subject.text(path)
        held = subject.text(f"certifications.{rule.code}.held") == "yes"
        if number and held and not re.fullmatch(rule.pattern, number, re.IGNORECASE):
            yield Hit(path, {"value": shorten(number), "example": rule.example})


RULE = Rule(
    code="certification-shape",
    severity="blocks",
    message=Words(
        "{value}: 인증번호의 꼴이 아닙니다.", "{value} does not look like a certification number."
    ),
    remedy=Words("다시 확인하세요. 보기: {example}.", "Check it again. For example: {example}."),
    source="safetykorea.kr, rra.go.kr 번호 체계",
    reads=("certifications.*",),
    check=check,
    passes=(Example({"certifications.kc-radio.number": "R-C-XYZ-TW_100"}, "wireless-earphones"),),
    fails=(
        Example({"certifications.kc-radio.number": "받았음"}, "wireless-earphones"),
        Example({"certifications.kc-children.number": "??"}, "building-blocks"),
    ),
)
