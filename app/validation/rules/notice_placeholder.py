"""A sign or a few jamo fill a line of the notice and say nothing (상품정보제공고시)."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_NOTHING = re.compile(r"[\W_]+|[ㄱ-ㅎㅏ-ㅣ]+|test|asdf|qwer|테스트|xxx+|none|null", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Hit]:
    for path, text in notices.lines(subject, ""):
        if _NOTHING.fullmatch(text):
            yield Hit(path, {"value": shorten(text)})


RULE = Rule(
    code="notice-placeholder",
    severity="limits",
    weight=8,
    message=Words("{value}: 내용이 아닙니다.", "{value} is not an answer."),
    remedy=Words(
        "내용을 쓰고, 해당이 없으면 '해당 없음'이라고 쓰세요.",
        "Write the facts, or 'not applicable' if there are none.",
    ),
    source="상품 등의 정보제공에 관한 고시",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example({"notice.fields.material": "해당 없음"}),
        Example({"notice.fields.size": "2"}),
    ),
    fails=(
        Example({"notice.fields.material": "-"}),
        Example({"notice.fields.material": "ㅇㅇ"}),
        Example({"notice.fields.care": "test"}),
    ),
)
