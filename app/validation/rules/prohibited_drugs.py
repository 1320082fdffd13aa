"""Narcotics are nobody's to sell (마약류 관리에 관한 법률 제4조). Hemp seed and hemp cloth are
goods.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"대마초|마리화나|필로폰|히로뽕|메스암페타민|펜타닐|케타민|엑스터시|코카인|헤로인|물뽕",
    r"해시시|대마 (젤리|액상|오일|쿠키)",
    r"\bmarijuana\b|\bcannabis (flower|bud|gumm)|\bthc (gumm|oil|vape|cart)|\bmethamphetamine\b",
    r"\bfentanyl\b",
    r"\bketamine\b|\bmdma\b|\bcocaine\b|\bheroin\b",
)
_NOT = pattern(
    r"검사|키트|시약|도서|책|영화|드라마|포스터|티셔츠 프린트|향수|예방|중독",
    r"\b(test|kit|book|dvd|blu-?ray|poster|perfume|film|movie|vinyl|cd)\b",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-drugs",
    severity="blocks",
    message=Words("{word}: 팔 수 없는 마약류입니다.", "{word} is a narcotic, which can't be sold."),
    remedy=Words(
        "팔 수 없는 상품이면 등록을 그만두고, 아니면 이름을 분명히 쓰세요.",
        "If it is that, it can't be sold here; if not, name it plainly.",
    ),
    source="마약류 관리에 관한 법률 제4조",
    reads=NAMES,
    check=check,
    passes=(Example({"name.ko": "햄프씨드 대마 종자 500g", "name.en": "Hemp seed 500 g"}),),
    fails=(
        Example({"name.ko": "대마초 젤리 10개"}),
        Example({"name.en": "THC gummies 10 pcs"}),
    ),
)
