"""Lists and telephones cut a long name off; what matters should stand in front of the cut."""

from collections.abc import Iterator

from app.core.words import Words
from app.validation.field_table import NAME_LENGTH
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

SEEN = 50


def check(subject: Subject) -> Iterator[Hit]:
    length = len(subject.text("name.ko"))
    # Beyond the field's own limit another rule speaks.
    if SEEN * 1.2 < length <= NAME_LENGTH:
        yield Hit("name.ko", {"length": length, "seen": SEEN})


RULE = Rule(
    code="name-long",
    severity="advice",
    weight=2,
    message=Words(
        "{length}자입니다. 목록에서는 앞 {seen}자쯤만 보입니다.",
        "This is {length} characters; lists show about the first {seen}.",
    ),
    remedy=Words("중요한 말을 앞에 두고 줄이세요.", "Put what matters first and shorten it."),
    source="Onshelf 권장; Naver 상품명 50자 권장",
    reads=("name.ko",),
    check=check,
    passes=(Example({"name.ko": "가" * 60}),),
    fails=(Example({"name.ko": "가나" * 40}),),
)
