"""A name says what the goods are: prices, gifts and praise change, and the name stays.

Amazon and Google refuse promotional phrases in titles; false praise is unlawful besides
(표시·광고의 공정화에 관한 법률 제3조).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_PHRASES = pattern(
    r"무료 배송|무배(?![가-힣])|배송비 무료|당일 (배송|발송|출고)|로켓 배송|오늘 (출발|발송)",
    r"최저가|특가(?!공)|핫딜|세일(?![러링즈])|할인|반값|쿠폰 (적용|증정)|사은품|무료 증정|오늘만",
    r"한정 (수량|기회)|마지막 (수량|기회)|(판매|매출|업계) 1위|베스트 셀러|강력 추천",
    r"인기 (폭발|만점)",
    r"100 % (정품|보장|환불|만족)|정품 (보장|인증)",
    r"free (shipping|delivery|gift)|best[ -]?sell(er|ing)|\bhot deal|\bon sale\b|lowest price",
    r"\b(big|clearance|summer|winter|flash) sale\b|\b\d+ % off\b|limited (time|offer)",
    r"100 % (genuine|authentic|satisfaction|guarantee)|money back|must have",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if phrase := first(subject.text(path), _PHRASES):
            yield Hit(path, {"phrase": phrase})


RULE = Rule(
    code="name-promotion",
    severity="limits",
    weight=10,
    message=Words("{phrase}: 홍보 문구입니다.", "{phrase} is promotion."),
    remedy=Words(
        "이름에서 지우고 상품이 무엇인지만 남기세요.",
        "Take it out of the name; say what the product is.",
    ),
    source="Amazon 201100890; Google 6324415; 표시광고법 제3조",
    reads=NAMES,
    check=check,
    passes=(
        Example({"name.ko": "면 100% 베스트 세일러 칼라 니트", "name.en": "Cotton vest 100% wool"}),
        Example({"name.ko": "무료함을 달래는 퍼즐 500조각, 특가공 처리"}),
    ),
    fails=(
        Example({"name.ko": "무료배송 면 티셔츠"}),
        Example({"name.ko": "면 티셔츠 초특가"}),
        Example({"name.en": "Best seller T-shirt"}),
        Example({"name.en": "T-shirt, free shipping"}),
        Example({"name.ko": "100% 정품 면 티셔츠"}),
    ),
)
