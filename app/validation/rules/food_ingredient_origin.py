"""Ingredients say where they come from (농수산물의 원산지 표시 등에 관한 법률 제5조)."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

# Water, salt and what is made of nothing grown need no origin.
_ORIGIN = re.compile(
    r"산(?![가-힣])|국내|외국|수입|원산지|대한민국|한국|중국|미국|호주"
    r"|^(정제수|탄산|식염|천일염|먹는 ?물)"
)


def check(subject: Subject) -> Iterator[Hit]:
    # Of vitamins and extracts little was grown: what is asked there is another line.
    food = notices.is_of(subject, notices.FOOD)
    if not food or notices.is_of(subject, notices.HEALTH_FOOD):
        return
    for path, text in notices.lines(subject, "원재료"):
        if notices.applies(text) and not _ORIGIN.search(text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="food-ingredient-origin",
    severity="advice",
    weight=4,
    message=Words(
        "{value}: 원재료의 원산지가 없습니다.",
        "{value} does not say where the ingredients come from.",
    ),
    remedy=Words(
        "재료마다 원산지를 쓰세요. 보기: 사과(국산) 100%.", "Give each one's origin in brackets."
    ),
    source="농수산물의 원산지 표시 등에 관한 법률 제5조",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.ingredients": "쌀(국내산) 98%, 소금(호주산)"}, "fruit-juice"),
        Example({"notice.fields.ingredients": "정제수, 탄산"}, "fruit-juice"),
    ),
    fails=(Example({"notice.fields.ingredients": "사과 100%"}, "fruit-juice"),),
)
