"""Food says until when it keeps, by a date or by the days left on dispatch.

상품정보제공고시 (2023-01-01): `발송일 기준 소비기한 ○일 이상 남은 상품` is enough.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_WHEN = re.compile(r"\d|[한두세네] ?달|일주일|보름|개월|당일|수확")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.FOOD):
        return
    for path, text in notices.lines(subject, "소비기한", "유통기한", "품질유지", "품질 유지"):
        if notices.applies(text) and not _WHEN.search(text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="food-dates",
    severity="limits",
    weight=8,
    message=Words(
        "{value}: 언제까지 먹을 수 있는지 알 수 없습니다.",
        "{value} does not say how long it keeps.",
    ),
    remedy=Words(
        "날짜나, 발송일부터 며칠이 남는지 쓰세요.", "Give a date, or the days left on dispatch."
    ),
    source="상품정보제공고시 (2023-01-01); 식품표시광고법 제4조",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.dates": "발송일부터 소비기한 90일 이상"}, "fruit-juice"),
        Example({"notice.fields.dates": "2027년 3월"}, "fruit-juice"),
        Example({"notice.fields.dates": "제조일로부터 두 달"}, "fruit-juice"),
    ),
    fails=(Example({"notice.fields.dates": "신선한 상품으로 보냅니다"}, "fruit-juice"),),
)
