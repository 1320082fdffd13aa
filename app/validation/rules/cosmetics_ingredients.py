"""Cosmetics list all their ingredients, not the ones that sell (화장품법 제10조; notice since
2017-02).
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

LEAST = 3
_PARTS = re.compile(r"[,、·/;\n]")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.COSMETICS):
        return
    for path, text in notices.lines(subject, "모든 성분", "전성분", "모든성분"):
        if notices.applies(text) and len(_PARTS.findall(text)) < LEAST - 1 and "100%" not in text:
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="cosmetics-ingredients",
    severity="limits",
    weight=8,
    message=Words("{value}: 모든 성분이 아닙니다.", "{value} is not all ingredients."),
    remedy=Words(
        "포장의 전성분을 쉼표로 나눠 모두 옮겨 쓰세요.",
        "Copy the full list from the pack, parted by commas.",
    ),
    source="화장품법 제10조; 상품정보제공고시 화장품",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.ingredients": "호호바오일 100%"}, "sample-cosmetics"),),
    fails=(Example({"notice.fields.ingredients": "히알루론산 등"}, "sample-cosmetics"),),
)
