"""Since 2023 the use-by date (소비기한) stands in place of the sell-by date (유통기한).

Both are taken; the newer word keeps shoppers from throwing good food away.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.FOOD):
        return
    for path, text in notices.lines(subject, "소비기한", "유통기한", "품질유지", "품질 유지"):
        if "유통기한" in text and "소비기한" not in text:
            yield Hit(path, {})


RULE = Rule(
    code="food-use-by",
    severity="advice",
    weight=2,
    message=Words("유통기한으로 썼습니다.", "This gives a sell-by date."),
    remedy=Words("2023년부터는 소비기한을 씁니다.", "Since 2023 the use-by date is given."),
    source="식품 등의 표시·광고에 관한 법률 제2조 (2023-01-01)",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.dates": "소비기한 2027년 3월까지"}, "fruit-juice"),),
    fails=(Example({"notice.fields.dates": "유통기한 2027년 3월까지"}, "fruit-juice"),),
)
