"""`12345` and `00000` have the shape of a number and are nobody's."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_ROWS = frozenset("1234567890"[:n] for n in range(3, 11)) | {
    "abcde",
    "abcdef",
    "test",
    "kc",
    "abc123",
}


def check(subject: Subject) -> Iterator[Hit]:
    for rule in subject.category.certifications:
        path = f"certifications.{rule.code}.number"
        bare = re.sub(r"[\W_]", "", subject.text(path)).casefold()
        held = subject.text(f"certifications.{rule.code}.held") == "yes"
        if held and bare and (len(set(bare)) == 1 or bare in _ROWS):
            yield Hit(path, {"value": shorten(subject.text(path))})


RULE = Rule(
    code="certification-made-up",
    severity="blocks",
    message=Words("{value}: 실제 인증번호가 아닙니다.", "{value} is no real certification number."),
    remedy=Words(
        "제품이나 인증서에 적힌 번호를 옮겨 쓰세요.",
        "Copy the number from the product or its certificate.",
    ),
    source="상품 등의 정보제공에 관한 고시 (2023-01-01)",
    reads=("certifications.*",),
    check=check,
    passes=(Example({"certifications.kc-children.number": "CB061R1234-5001"}, "building-blocks"),),
    fails=(
        Example({"certifications.kc-children.number": "00000-000"}, "building-blocks"),
        Example({"certifications.kc-children.number": "123456"}, "building-blocks"),
    ),
)
