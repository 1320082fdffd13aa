"""A medical device gives the number of its permit or report (의료기기법 제6조, 제24조)."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.MEDICAL):
        return
    for path, text in notices.lines(subject, "허가", "신고"):
        if not any(c.isdigit() for c in text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="medical-permit",
    severity="limits",
    weight=10,
    message=Words("{value}: 허가·신고 번호가 없습니다.", "{value} has no permit number."),
    remedy=Words(
        "제품에 적힌 번호를 옮겨 쓰세요. 보기: 제허 24-123 호.",
        "Copy the number from the product, mostly two numbers with a hyphen.",
    ),
    source="의료기기법 제24조; 상품정보제공고시 의료기기",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.permit": "제인 24-5678 호, 광고심의 2026-1"}, "sample-medical"),
    ),
    fails=(Example({"notice.fields.permit": "허가받음"}, "sample-medical"),),
)
