"""The English name is in English letters: Korean in it tells its readers nothing."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NOT_LATIN


def check(subject: Subject) -> Iterator[Hit]:
    if found := NOT_LATIN.search(subject.text("name.en")):
        yield Hit("name.en", {"text": found[0][:20]})


RULE = Rule(
    code="name-english",
    severity="advice",
    weight=3,
    message=Words(
        "영어 이름에 다른 문자가 있습니다: {text}.",
        "The English name has other letters in it: {text}.",
    ),
    remedy=Words("영어로 옮겨 쓰세요.", "Put it in English."),
    source="Onshelf 권장",
    reads=("name.en",),
    check=check,
    passes=(Example({"name.en": "Café crème T-shirt 100 μm"}),),
    fails=(
        Example({"name.en": "면 T-shirt"}),
        Example({"name.en": "棉 T-shirt"}),
    ),
)
