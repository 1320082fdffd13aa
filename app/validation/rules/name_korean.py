"""The Korean name is in Korean: shoppers search in it, whatever the pack says."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import HANGUL


def check(subject: Subject) -> Iterator[Hit]:
    name = subject.text("name.ko")
    if any(c.isalpha() for c in name) and not HANGUL.search(name):
        yield Hit("name.ko")


RULE = Rule(
    code="name-korean",
    severity="advice",
    weight=3,
    message=Words("한국어 이름에 한글이 없습니다.", "The Korean name has no Korean in it."),
    remedy=Words("무엇인지 알 수 있게 한글로도 쓰세요.", "Say in Korean, too, what it is."),
    source="Onshelf 권장; 대외 판매자 반려 사유 (외국어 상품명)",
    reads=("name.ko",),
    check=check,
    passes=(Example({"name.ko": "ABC 무선 이어폰 AB-1200"}),),
    fails=(
        Example({"name.ko": "Cotton T-shirt"}),
        Example({"name.ko": "纯棉短袖"}),
    ),
)
