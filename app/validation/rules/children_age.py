"""Goods for children say from which age on, or that it does not matter (어린이제품 안전 특별법)."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_AGE = re.compile(r"\d|전 ?연령|모든 (연령|나이)|누구나|신생아|돌")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.CHILDREN):
        return
    for path, text in notices.lines(subject, "연령", "나이"):
        if notices.applies(text) and not _AGE.search(text):
            yield Hit(path, {"value": shorten(text, 40)})


RULE = Rule(
    code="children-age",
    severity="limits",
    weight=6,
    message=Words("{value}: 몇 살부터인지 알 수 없습니다.", "{value} does not say from which age."),
    remedy=Words("나이나 체중의 범위를 쓰세요. 보기: 3세 이상.", "Give a range of age or weight."),
    source="어린이제품 안전 특별법; 상품정보제공고시 영유아용품",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.age": "전 연령"}, "building-blocks"),),
    fails=(Example({"notice.fields.age": "어린이"}, "building-blocks"),),
)
