"""Texts keep to the length of their field.

Names: 100 characters (Coupang 노출상품명 since 2024-04, Naver). SKU, notice and address limits are
those of the platforms' APIs.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import field_table
from app.validation.fields import notice_fields
from app.validation.picture_texts import READS, texts_of
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PRODUCT = tuple(
    f
    for f in (
        *field_table.BASICS,
        *field_table.DESCRIPTION,
        *field_table.SHIPPING,
        *field_table.EU_SALES,
    )
    if f.max_length
)
ITEM = tuple(f for f in field_table.ITEM if f.max_length and f.inner != "gtin")


def check(subject: Subject) -> Iterator[Hit]:
    for field in (*PRODUCT, *notice_fields(subject.category, subject.content)[1:]):
        if len(subject.text(field.path)) > field.max_length:
            yield Hit(field.path, _params(subject.text(field.path), field.max_length))
    for path, text in texts_of(subject):
        if len(text) > field_table.PICTURE_TEXT_LENGTH:
            yield Hit(path, _params(text, field_table.PICTURE_TEXT_LENGTH))
    for item in subject.items:
        for field in ITEM:
            text = item.text(field.inner) or item.typed(field.inner)
            if len(text) > field.max_length:
                yield Hit(item.path(field.inner), _params(text, field.max_length))


def _params(text: str, limit: int) -> dict[str, int]:
    return {"length": len(text), "limit": limit, "over": len(text) - limit}


RULE = Rule(
    code="text-length",
    severity="blocks",
    message=Words(
        "{length}자입니다. {limit}자까지 쓸 수 있습니다.",
        "This is {length} characters long; {limit} fit.",
    ),
    remedy=Words("{over}자를 줄이세요.", "Take {over} characters away."),
    source="Coupang 노출상품명 100자; Naver name 100자",
    reads=(
        *(field.path for field in PRODUCT),
        *(field.path for field in ITEM),
        "notice.class",
        "notice.fields.*",
        *READS,
    ),
    check=check,
    passes=(Example({"name.ko": "가" * 100}), Example({"picture_texts.9.ko": "가" * 201})),
    fails=(
        Example({"name.ko": "가" * 101}),
        Example({"items.1.sku": "A" * 51}),
        Example({"notice.fields.material": "면" * 501}),
        Example({"picture_texts.1.ko": "가" * 201}),
    ),
)
