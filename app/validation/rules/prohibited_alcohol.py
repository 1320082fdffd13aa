"""Alcohol is not sold by mail, folk liquors excepted (주류의 통신판매에 관한 명령위임 고시).

Only drinks among food are meant, by a kind of drink beside its volume or strength; vinegar, yeast,
glasses and drinks without alcohol are lawful goods. Wine is a colour, too.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_SIZE = r"[^,/]{0,20} \d+([.,]\d+)? (ml|l|리터|도|%|캔|병)(?![a-z])"
_GOODS = pattern(
    rf"(소주|맥주|와인|위스키|보드카|브랜디|럼주|테킬라|데킬라|양주|사케|고량주|샴페인|하이볼){_SIZE}",
    rf"\b(beer|lager|wine|whisk(e)?y|vodka|brandy|tequila|rum|gin|champagne|soju|sake)\b{_SIZE}",
)
_NOT = pattern(
    r"무알[콜코]|논알[콜코]|비알[콜코]|알[콜코]올? (0|제로|프리|없)|0[.]0+ %|식초|효모|안주",
    r"글라스|컵|잔|머그|텀블러|오프너",
    r"전통주|민속주|막걸리|탁주|약주|향|맛|젤리|초콜릿|캔디|케이크|소스|양념|절임|에이드|키트|랙|셀러|쿨러|디캔터|거품",
    r"non[ -]?alcohol|alcohol[ -]free|vinegar|yeast|glass|mug|flavou?r|jelly|chocolate|opener",
    r"cooler|ginger|root beer",
)


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.offers(subject.category, notices.FOOD):
        return
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-alcohol",
    severity="blocks",
    message=Words(
        "{word}: 전통주가 아닌 술은 온라인에서 팔 수 없습니다.",
        "{word}: alcohol but folk liquor can't be sold online.",
    ),
    remedy=Words(
        "팔 수 없는 상품이면 등록을 그만두고, 아니면 이름을 분명히 쓰세요.",
        "If it is that, it can't be sold here; if not, name it plainly.",
    ),
    source="주세법; 주류의 통신판매에 관한 명령위임 고시",
    reads=(*NAMES, "notice.class"),
    check=check,
    passes=(
        Example({"name.ko": "무알콜 맥주 350ml 24캔"}, "fruit-juice"),
        Example(
            {"name.ko": "온셸프 와인 식초 500ml", "name.en": "Ginger beer 330 ml"}, "fruit-juice"
        ),
        Example({"name.ko": "온셸프 사과주스 1L"}, "fruit-juice"),
    ),
    fails=(
        Example({"name.ko": "온셸프 위스키 700ml"}, "fruit-juice"),
        Example({"name.en": "Red wine 750 ml"}, "fruit-juice"),
    ),
)
