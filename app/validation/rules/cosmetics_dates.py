"""Cosmetics say until when they keep, or how long once opened (화장품법 제10조)."""

from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.COSMETICS):
        return
    for path, text in notices.lines(subject, "사용기한", "사용 기한", "개봉 후"):
        if notices.applies(text) and not any(c.isdigit() for c in text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="cosmetics-dates",
    severity="limits",
    weight=8,
    message=Words(
        "{value}: 언제까지 쓸 수 있는지 알 수 없습니다.", "{value} does not say how long it keeps."
    ),
    remedy=Words(
        "사용기한 날짜나, 개봉 후 몇 개월인지 쓰세요.", "Give the date, or the months once opened."
    ),
    source="화장품법 제10조; 상품정보제공고시 화장품",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.dates": "개봉 후 12개월, 제조일 2026년 9월"}, "sample-cosmetics"),
    ),
    fails=(Example({"notice.fields.dates": "넉넉합니다"}, "sample-cosmetics"),),
)
