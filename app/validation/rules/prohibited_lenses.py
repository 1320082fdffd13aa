"""Contact lenses and glasses with a prescription are not sold online (의료기사 등에 관한 법률
제12조).

What goes with them (solution, cases, frames, reading magnifiers) may be.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"(콘택트|컨택트|콘텍트|컨텍트|컬러|써클|서클|소프트|하드|원데이|미용) 렌즈",
    r"도수 (있는)? (안경|렌즈|선글라스|물안경)",
    r"\b(contact|colou?red|circle) lens(es)?\b|prescription (glasses|lenses|spectacles|sunglasses)",
)
_NOT = pattern(
    r"케이스|용액|세척|세정|보존|클리너|클렌징|집게|흡착|통|무도수|도수 없|테(?![가-힣])|안경테",
    r"카메라|필터|촬영|캡|리뉴|식염수",
    r"\b(cases?|solution|clean(er|ing)|tweezers|remover|frames?|camera|filter|drops|kit|holder|canon|nikon|sony)\b",
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-lenses",
    severity="blocks",
    message=Words("{word}: 온라인에서 팔 수 없습니다.", "{word} can't be sold online."),
    remedy=Words(
        "팔 수 없는 상품이면 등록을 그만두고, 아니면 이름을 분명히 쓰세요.",
        "If it is that, it can't be sold here; if not, name it plainly.",
    ),
    source="의료기사 등에 관한 법률 제12조 제5항",
    reads=NAMES,
    check=check,
    passes=(
        Example({"name.ko": "콘택트렌즈 세척액 355ml", "name.en": "Contact lens case"}),
        Example({"name.ko": "카메라 컬러 렌즈 필터 58mm"}),
    ),
    fails=(
        Example({"name.ko": "원데이 컬러렌즈 10팩"}),
        Example({"name.en": "Coloured contact lenses, 2 pcs"}),
        Example({"name.ko": "도수 안경 -2.0"}),
    ),
)
