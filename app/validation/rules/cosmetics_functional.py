"""Sun protection, whitening and wrinkle care are functional cosmetics, reviewed by the ministry.

A name that promises them and a notice that says `not applicable` contradict each other
(화장품법 제4조).
"""

from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import first, pattern

_FUNCTIONS = pattern(r"SPF \d+|자외선 차단|미백|주름 개선|탈모 (증상)? 완화|염모|제모")


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.COSMETICS):
        return
    word = first(subject.text("name.ko"), _FUNCTIONS)
    for path, text in notices.lines(subject, "기능성"):
        if word and not notices.applies(text):
            yield Hit(path, {"word": word})


RULE = Rule(
    code="cosmetics-functional",
    severity="limits",
    weight=8,
    message=Words(
        "{word}: 기능성 화장품이면 심사 여부를 밝혀야 합니다.",
        "{word}: a functional cosmetic states its review.",
    ),
    remedy=Words(
        "심사나 보고를 마쳤으면 쓰고, 아니면 이름에서 지우세요.",
        "State the review, or take the word out of the name.",
    ),
    source="화장품법 제2조, 제4조",
    reads=("name.ko", "notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example(
            {"name.ko": "온셸프 선크림 SPF50+", "notice.fields.review": "심사 필"},
            "sample-cosmetics",
        ),
    ),
    fails=(Example({"name.ko": "온셸프 선크림 SPF50+"}, "sample-cosmetics"),),
)
