"""Some words often stand for goods that may be sold only by some, or not at all: worth a second
look.

The plain cases have rules of their own that block; these are told, and a reviewer looks.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"의약품(?! (이)? 아)|담배(?! (케이스|냄새))|도검|정글도|주류(?! 보관)|(?<![무저])농약",
    r"살충제 원액|염산|황산|수은|폭죽|불꽃놀이|레이저 포인터",
    r"동물용 의약|멸종 위기|상아 (조각|도장)|웅담|사향|복권|상품권 (할인|매입)|혈액|모유",
    r"\bpepper spray\b|\bfireworks\b",
    r"\bivory (carving|tusk)|\bpesticide\b|\bgift cards?\b",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="goods-restricted",
    severity="advice",
    weight=5,
    message=Words(
        "{word}: 팔 수 있는 사람이나 방법이 정해진 상품일 수 있습니다.",
        "{word}: the law may restrict who sells this, and how.",
    ),
    remedy=Words(
        "필요한 신고나 허가가 있는지 확인하세요.", "Check whether you need a report or a licence."
    ),
    source="약사법; 담배사업법; 주세법; 의료기기법; 총포화약법; 화학물질관리법",
    reads=NAMES,
    check=check,
    passes=(Example({"name.ko": "담배 냄새 탈취제", "name.en": "Ivory colour curtain"}),),
    fails=(
        Example({"name.ko": "제초 농약 500ml"}),
        Example({"name.en": "Pepper spray"}),
    ),
)
