"""Longer texts carry no control characters and no marks that turn the direction of writing.

A right-to-left override makes text read differently from what it is (Unicode TR36, "Trojan
Source"); control characters break sheets and feeds. Line breaks, tabs and emoji are fine here.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.fields import notice_fields
from app.validation.picture_texts import READS, texts_of
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PRODUCT = (
    "description.ko",
    "description.en",
    "shipping.return_address",
    "origin.detail",
    "eu.maker_address",
    "eu.person",
    "eu.warnings",
)
_HIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff]")


def check(subject: Subject) -> Iterator[Hit]:
    notice = (f.path for f in notice_fields(subject.category, subject.content)[1:])
    attributes = (f"attributes.{a.code}" for a in subject.category.attributes if a.type == "text")
    for path in (*PRODUCT, *attributes, *notice):
        yield from _hits(path, subject.text(path))
    for path, text in texts_of(subject):
        yield from _hits(path, text)
    for item in subject.items:
        yield from _hits(item.path("gtin_reason"), item.text("gtin_reason"))


def _hits(path: str, text: str) -> Iterator[Hit]:
    found = list(dict.fromkeys(_HIDDEN.findall(text)))
    if found:
        yield Hit(path, {"characters": ", ".join(f"U+{ord(c):04X}" for c in found[:5])})


RULE = Rule(
    code="hidden-characters",
    severity="blocks",
    message=Words(
        "보이지 않는 글자가 있습니다: {characters}.", "There are hidden characters: {characters}."
    ),
    remedy=Words(
        "그 부분을 지우고 다시 쓰세요. 메모장을 거쳐 붙이면 사라집니다.",
        "Delete and retype that part, or paste through a plain text editor.",
    ),
    source="Unicode TR36",
    reads=(
        *PRODUCT,
        "attributes.*",
        "notice.class",
        "notice.fields.*",
        "items.*.gtin_reason",
        *READS,
    ),
    check=check,
    passes=(Example({"description.ko": "첫 줄입니다 🙂\n\n둘째 줄\t표. " * 5}),),
    fails=(
        Example({"description.ko": "좋은 \u202e상품"}),
        Example({"notice.fields.material": "면\x07 100%"}),
        Example({"picture_texts.1.en": "Front\u202e view"}),
    ),
)
