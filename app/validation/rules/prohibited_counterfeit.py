"""Goods that call themselves copies infringe a trade mark (상표법 제108조)."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, first, pattern

_GOODS = pattern(
    r"짝퉁|미러급|정품급|(SA|특S|S|A) 급 (명품|미러|레플)|명품 (레플|이미|카피)",
    r"레플리카 (명품|가방|시계)|이미테이션 (명품|가방|시계)",
    r"\bcounterfeit\b|\b(mirror|aaa) (quality|grade) (replica|copy|bag|watch)",
    r"\breplica (rolex|gucci|chanel|louis|hermes|watch|bag)",
)
_NOT = pattern(r"감별|판별|방지|counterfeit (detector|money|pen|note)|anti-?counterfeit")


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        if word := first(subject.text(path), _GOODS, _NOT):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="prohibited-counterfeit",
    severity="blocks",
    message=Words("{word}: 위조 상품을 뜻하는 말입니다.", "{word} means a counterfeit."),
    remedy=Words(
        "정품이 아니면 팔 수 없습니다. 정품이면 그 말을 지우세요.",
        "Copies can't be sold; if it is genuine, take the word out.",
    ),
    source="상표법 제108조; Coupang 위조 상품 정책",
    reads=NAMES,
    check=check,
    passes=(
        Example({"name.ko": "축구 유니폼 레플리카 홈", "name.en": "Counterfeit detector pen"}),
    ),
    fails=(
        Example({"name.ko": "미러급 가방"}),
        Example({"name.en": "Replica Rolex"}),
    ),
)
