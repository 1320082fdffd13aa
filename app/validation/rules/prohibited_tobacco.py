"""Tobacco and liquids with nicotine are not sold by mail (담배사업법 제12조 제4항).

Goods about smoking (ashtrays, cases, filters for odour, aids to stop) are lawful.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"(연초|궐련|엽궐련|각련|시가|말아 피우는|수입|면세|멘솔) 담배",
    r"담배 (\d+ (갑|보루)|한 (갑|보루))|궐련(?!형)",
    r"전자 담배 (액상|카트리지|스틱)|액상 (니코틴|담배)|니코틴 (액상|솔트|원액)|물담배 (잎|연초)",
    r"\b(cigarettes|cigars) (carton|pack|box of)|nicotine (e-?liquid|salts?|pouch(es)?)",
    r"\b(rolling|pipe) tobacco\b",
    r"\bvape (juice|liquid)\b|\be-?liquid \d+ m[gl]\b",
)
_NOT = pattern(
    r"케이스|재떨이|라이터|금연|거치|파우치|클리너|탈취|냄새|필터|커터|보관|꽂이|모형|장난감",
    r"무니코틴|니코틴 (0|없)",
    r"\b(case|ashtray|lighter|holder|cutter|humidor|cleaner|smell|remover|candle|patch|gum)\b",
    r"nicotine[ -]free",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-tobacco",
    severity="blocks",
    message=Words(
        "{word}: 온라인에서 팔 수 없는 담배입니다.",
        "{word} is tobacco, which can't be sold online.",
    ),
    remedy=Words(
        "팔 수 없는 상품이면 등록을 그만두고, 아니면 이름을 분명히 쓰세요.",
        "If it is that, it can't be sold here; if not, name it plainly.",
    ),
    source="담배사업법 제12조 제4항",
    reads=NAMES,
    check=check,
    passes=(
        Example({"name.ko": "담배 케이스 20개비", "name.en": "Cigar box of cedar, humidor"}),
        Example({"name.ko": "담배 냄새 제거 탈취제"}),
    ),
    fails=(
        Example({"name.ko": "전자담배 액상 30ml"}),
        Example({"name.ko": "수입 담배 10갑"}),
        Example({"name.en": "Nicotine salts 20 mg"}),
    ),
)
