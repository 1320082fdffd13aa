"""A number of the radio law stands where another certification is asked, or the other way about.

R-R- and R-C- (formerly MSIP-, KCC-) are conformity numbers of radio equipment (전파법 제58조의2).
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_RADIO = re.compile(r"(R-[A-Z]{1,2}|MSIP|KCC)-", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Hit]:
    for rule in subject.category.certifications:
        here = f"certifications.{rule.code}"
        number = subject.text(f"{here}.number")
        held = subject.text(f"{here}.held") == "yes" and "안전" in rule.label.ko
        if held and _RADIO.match(number):
            params = {"value": shorten(number), "label": rule.label.as_dict()}
            yield Hit(f"{here}.number", params)


RULE = Rule(
    code="certification-other-kind",
    severity="blocks",
    message=Words(
        "{value}: 다른 인증의 번호입니다.", "{value} is the number of another certification."
    ),
    remedy=Words("이 인증의 번호를 쓰세요: {label}.", "Enter the number of this one: {label}."),
    source="전파법 제58조의2; safetykorea.kr 번호 체계",
    reads=("certifications.*",),
    check=check,
    passes=(Example({"certifications.kc-children.number": "CB061R1234-5001"}, "building-blocks"),),
    fails=(Example({"certifications.kc-children.number": "R-R-ABC-AB1200"}, "building-blocks"),),
)
