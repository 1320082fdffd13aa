"""Firearms, live rounds, gas and shock guns, swords and crossbows need a licence to sell and to
own.

Toys, costumes, models and games about them are lawful (총포·도검·화약류 등의 안전관리에 관한 법률).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"실탄|공기총(?! 사격)|가스총|전자 충격기|가스 분사기|엽총|너클 (무기|호신)|삼단봉|일본도",
    r"진검|석궁|화약총|총알 탄피",
    r"\bstun guns?\b|\btasers?\b|brass knuckles?\b|\blive (rounds?|ammunition)\b|\bgun powder\b",
    r"\b(hunting|military) crossbow\b|\bswitchblades?\b|\bhandguns?\b(?! holster)",
)
_NOT = pattern(
    r"장난감|완구|비비탄|BB탄|물총|너프|모형|피규어|코스프레|할로윈|게임|레고|블록|열쇠고리|키링|케이스|홀더|거치|인형|목검|가검|연습용|도서|책",
    r"\b(toy|nerf|water|bb|model|figure|cosplay|costume|game|lego|keyring|holster|replica|book|dvd|blu-?ray|ps[2345]|xbox)\b",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-weapons",
    severity="blocks",
    message=Words(
        "{word}: 허가 없이 팔 수 없는 무기입니다.",
        "{word} is a weapon, which can't be sold without a licence.",
    ),
    remedy=Words(
        "팔 수 없는 상품이면 등록을 그만두고, 아니면 이름을 분명히 쓰세요.",
        "If it is that, it can't be sold here; if not, name it plainly.",
    ),
    source="총포화약법 제6조, 제12조",
    reads=NAMES,
    check=check,
    passes=(Example({"name.ko": "장난감 석궁 다트 세트", "name.en": "Toy crossbow"}),),
    fails=(
        Example({"name.ko": "호신용 전자충격기"}),
        Example({"name.en": "Stun gun with torch"}),
    ),
)
