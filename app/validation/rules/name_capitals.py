"""An English name in capitals shouts, and screen readers may spell it out."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

# One or two may be names.
ENOUGH = 2


def check(subject: Subject) -> Iterator[Hit]:
    words = re.findall(r"[A-Za-z]{4,}", subject.text("name.en"))
    if len(words) >= ENOUGH and all(word.isupper() for word in words):
        yield Hit("name.en")


RULE = Rule(
    code="name-capitals",
    severity="advice",
    weight=2,
    message=Words("모두 대문자입니다.", "It is all in capitals."),
    remedy=Words("낱말의 첫 글자만 대문자로 쓰세요.", "Keep capitals for first letters."),
    source="Google 6324415; Amazon 201100890",
    reads=("name.en",),
    check=check,
    passes=(Example({"name.en": "NASA T-shirt"}),),
    fails=(Example({"name.en": "THICK COTTON T-SHIRT"}),),
)
