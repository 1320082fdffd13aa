"""Ingredients that cause allergies are named apart (식품 등의 표시기준: 알레르기 유발물질).

Told where one of them is among the ingredients and no line of the notice has the warning.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_ALLERGENS = re.compile(
    r"달걀|계란|난백|난황|우유|탈지분유|전지분유|유청|메밀|땅콩|대두|밀가루|밀단백|소맥|고등어|꽃게|새우|돼지고기|복숭아"
    r"|토마토|아황산|호두|닭고기|쇠고기|소고기|오징어|조개|굴(?=[,( ])|전복|홍합|잣(?=[,( ])"
)
_WARNED = re.compile(r"알레르기|알러지|함유|allerg|contains", re.IGNORECASE)


def _allergens(text: str) -> str:
    return ", ".join(dict.fromkeys(_ALLERGENS.findall(text)))


def _warned(subject: Subject) -> bool:
    return any(_WARNED.search(text) for _, text in notices.lines(subject, "주의", "원재료", "안전"))


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.FOOD):
        return
    for path, text in notices.lines(subject, "원재료"):
        if (found := _allergens(text)) and not _warned(subject):
            yield Hit(path, {"allergens": found})


RULE = Rule(
    code="food-allergens",
    severity="advice",
    weight=4,
    message=Words(
        "{allergens}: 알레르기 유발물질로 알리지 않았습니다.", "{allergens}: not told as allergens."
    ),
    remedy=Words(
        "주의사항에 쓰세요. 보기: 우유, 대두 함유.", "Name them in the warnings, as contained."
    ),
    source="식품 등의 표시기준 (알레르기 유발물질 표시)",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example(
            {
                "notice.fields.ingredients": "우유(국산) 100%",
                "notice.fields.warnings": "우유 함유. 냉장 보관하세요.",
            },
            "fruit-juice",
        ),
    ),
    fails=(Example({"notice.fields.ingredients": "우유(국산), 땅콩(중국산)"}, "fruit-juice"),),
)
