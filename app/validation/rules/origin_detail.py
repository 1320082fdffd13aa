"""Goods from several countries say which: `other` alone tells a shopper nothing.

농수산물의 원산지 표시 등에 관한 법률; 대외무역법 제33조.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject


def check(subject: Subject) -> Iterator[Hit]:
    if subject.text("origin.kind") == "other" and not subject.answered("origin.detail"):
        yield Hit("origin.detail")


RULE = Rule(
    code="origin-detail",
    severity="limits",
    weight=6,
    message=Words(
        "원산지가 기타인데 어디인지 없습니다.", 'The origin is "other", but which is not said.'
    ),
    remedy=Words(
        "나라를 모두 쓰세요. 보기: 원두(브라질, 콜롬비아).",
        "Name every country, such as beans (Brazil, Colombia).",
    ),
    source="대외무역법 제33조; Naver originAreaInfo.content",
    reads=("origin.kind", "origin.detail"),
    check=check,
    passes=(Example({"origin.kind": "other", "origin.detail": "원두(브라질, 콜롬비아)"}),),
    fails=(Example({"origin.kind": "other"}),),
)
