"""Fields that every listing fills in: name, brand, maker, origin, description, shipping.

Coupang and Naver refuse a product without them; origin follows 대외무역법 제33조 and shipping terms
전자상거래 등에서의 소비자보호에 관한 법률 제13조.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import field_table
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

FIELDS = tuple(
    field
    for field in (*field_table.BASICS, *field_table.DESCRIPTION, *field_table.SHIPPING)
    if field.required
)


def check(subject: Subject) -> Iterator[Hit]:
    for field in FIELDS:
        if not subject.answered(field.path):
            yield Hit(field.path, {"label": field.label.as_dict()})


RULE = Rule(
    code="required",
    severity="blocks",
    message=Words("비어 있습니다.", "This is empty."),
    remedy=Words("입력하세요: {label}.", "Fill in: {label}."),
    source="Coupang seller-products API; 전자상거래법 제13조",
    reads=tuple(field.path for field in FIELDS),
    check=check,
    passes=(Example({"name.en": ""}), Example({"shipping.fee": 0})),
    fails=(Example({"name.ko": "  "}), Example({"shipping": {}}), Example({"origin.kind": ""})),
)
