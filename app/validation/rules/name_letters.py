"""A name says something: it has letters, not symbols and digits alone.

Shoppers and search cannot use `***` or `12345`; platforms refuse such titles.
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PATHS = ("name.ko", "name.en", "brand")


def check(subject: Subject) -> Iterator[Hit]:
    for path in PATHS:
        text = subject.text(path)
        digits_do = path == "brand" and any(c.isdigit() for c in text)
        if text and not digits_do and not any(c.isalpha() for c in text):
            yield Hit(path, {"value": text[:40]})


RULE = Rule(
    code="name-letters",
    severity="blocks",
    message=Words("{value}: 기호나 숫자만 있습니다.", "{value} has symbols or digits alone."),
    remedy=Words("상품을 알 수 있는 낱말로 쓰세요.", "Use words that say what it is."),
    source="Amazon 201100890; Coupang 상품명 작성 안내",
    reads=PATHS,
    check=check,
    passes=(Example({"name.ko": "3M 테이프", "brand": "361"}),),
    fails=(Example({"name.ko": "★★★ 100%"}), Example({"brand": "---"})),
)
