"""Medicines are sold in pharmacies alone, never by parcel (약사법 제50조).

Only names that mean nothing else are listed: a box for medicines and a quasi-drug (`의약외품`) are
lawful goods.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"(전문|일반) 의약품|비아그라|시알리스|팔팔정|센트립|졸피뎀|프로포폴|낙태약|미프진|삭센다",
    r"위고비",
    r"타이레놀(정| \d+ mg| \d+ 정)|게보린정|탁센 (연질)? 캡슐|아스피린 (정|\d+ mg)",
    r"이부프로펜 (정|\d+ mg)",
    r"\bviagra\b|\bcialis\b|\bzolpidem\b|\bxanax\b|\bozempic\b|\bwegovy\b",
    r"prescription (drug|medicine)s?\b",
    r"\b(paracetamol|ibuprofen|aspirin|tylenol) (\d+ mg|tablets?)\b",
)
_NOT = pattern(
    r"케이스|보관|정리|약통|수납|홀더|파우치|스티커|인형|모형|도서|책|교재|의약품 (이)? 아[니님닙]",
    r"\b(case|holder|organi[sz]er|box|book|shirt|poster|mug)\b",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-medicine",
    severity="blocks",
    message=Words(
        "{word}: 온라인에서 팔 수 없는 의약품입니다.",
        "{word} is medicine, which can't be sold online.",
    ),
    remedy=Words(
        "팔 수 없는 상품이면 등록을 그만두고, 아니면 이름을 분명히 쓰세요.",
        "If it is that, it can't be sold here; if not, name it plainly.",
    ),
    source="약사법 제50조",
    reads=NAMES,
    check=check,
    passes=(
        Example({"name.ko": "일반의약품 보관함 3단"}),
        Example(
            {"name.ko": "의약외품 손소독제 500ml", "name.en": "Pill organiser for aspirin tablets"}
        ),
    ),
    fails=(
        Example({"name.ko": "정품 비아그라 100mg"}),
        Example({"name.en": "Ibuprofen 200 mg tablets"}),
    ),
)
