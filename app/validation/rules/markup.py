"""Texts are plain: HTML and scripts are neither run nor shown, so they are asked to leave.

What is kept is shown to shoppers as it stands; a pasted `<div>` would stand there as `<div>`.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation.fields import notice_fields
from app.validation.picture_texts import READS, texts_of
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PRODUCT = (
    "name.ko", "name.en", "brand", "manufacturer", "description.ko", "description.en",
    "shipping.return_address", "origin.importer", "origin.detail", "eu.maker_address", "eu.person",
    "eu.warnings",
)  # fmt: skip
ITEM = ("sku", "options.*", "gtin_reason")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>|<!--|<script|javascript:|&(lt|gt|nbsp|amp|#\d+);", re.I)


def check(subject: Subject) -> Iterator[Hit]:
    notice = (f.path for f in notice_fields(subject.category, subject.content)[1:])
    attributes = (f"attributes.{a.code}" for a in subject.category.attributes if a.type == "text")
    for path in (*PRODUCT, *attributes, *notice):
        yield from _hits(path, subject.text(path))
    for path, text in texts_of(subject):
        yield from _hits(path, text)
    for item in subject.items:
        for inner in item.inners(ITEM):
            yield from _hits(item.path(inner), item.text(inner))


def _hits(path: str, text: str) -> Iterator[Hit]:
    if found := _TAG.search(text):
        yield Hit(path, {"markup": shorten(found[0], 30)})


RULE = Rule(
    code="markup",
    severity="blocks",
    message=Words(
        "{markup}: HTML은 쓸 수 없습니다.", "{markup} is HTML, which can't be used here."
    ),
    remedy=Words(
        "태그를 지우고 글만 남기세요. 줄바꿈은 그대로 보입니다.",
        "Take the tags out and leave the text. Line breaks are kept.",
    ),
    source="Onshelf: 모든 글은 있는 그대로 보인다",
    reads=(*PRODUCT, "attributes.*", "notice.class", "notice.fields.*", *READS,
           *(f"items.*.{inner}" for inner in ITEM)),
    check=check,
    passes=(Example({"description.ko": "크기 3 < 5, a > b & c. 가로<세로 꼴입니다. " * 3}),),
    fails=(
        Example({"description.ko": "<script>alert(1)</script> 좋은 상품입니다."}),
        Example({"name.ko": "<b>티셔츠</b>"}),
        Example({"picture_texts.1.ko": "<i>앞모습</i>"}),
        Example({"notice.fields.material": "면&nbsp;100%"}),
    ),
)  # fmt: skip
