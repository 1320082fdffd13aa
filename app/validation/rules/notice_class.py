"""The seller says which class of goods the legal notice is for, out of the category's.

전자상거래 등에서의 상품 등의 정보제공에 관한 고시; Coupang noticeCategories: one is chosen.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if subject.notice is None:
        labels = [notice.label for notice in subject.category.notices]
        listed = {"ko": ", ".join(w.ko for w in labels), "en": ", ".join(w.en for w in labels)}
        yield Hit("notice.class", {"classes": listed})


RULE = Rule(
    code="notice-class",
    severity="blocks",
    message=Words("상품군을 고르지 않았습니다.", "No class of goods is chosen."),
    remedy=Words("다음 중에서 고르세요: {classes}.", "Choose one of: {classes}."),
    source="상품 등의 정보제공에 관한 고시; Coupang noticeCategories",
    reads=("notice.class",),
    check=check,
    passes=(
        Example(
            {
                "notice.class": "other-goods",
                "notice.fields": {
                    "name-and-model": "온셸프 티셔츠",
                    "permits": "해당 없음",
                    "country": "대한민국",
                    "maker": "한빛상사",
                    "consumer-line": "080-123-4567",
                },
            }
        ),
    ),
    fails=(Example({"notice.class": ""}), Example({"notice.class": "processed-food"})),
)
