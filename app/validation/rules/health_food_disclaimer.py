"""A health functional food says that it is no medicine (건강기능식품에 관한 법률; the notice's
own line).

Any wording that contains `의약품이 아님` or `아닙니다` will do.
"""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

STATEMENT = "질병의 예방 및 치료를 위한 의약품이 아닙니다"
_SAID = re.compile(
    r"의약품이?\s*(아니|아님|아닙|아닌)|not (a |intended as )?(medicine|drug)", re.IGNORECASE
)


def check(subject: Subject) -> Iterator[Hit]:
    if not notices.is_of(subject, notices.HEALTH_FOOD):
        return
    for path, text in notices.lines(subject, "의약품이 아니"):
        if not _SAID.search(text):
            yield Hit(path, {"statement": STATEMENT})


RULE = Rule(
    code="health-food-disclaimer",
    severity="blocks",
    message=Words(
        "의약품이 아니라는 문구가 없습니다.", "The words that it is no medicine are missing."
    ),
    remedy=Words("쓰세요: {statement}.", "Write: {statement}."),
    source="건강기능식품 표시기준; 상품정보제공고시 건강기능식품",
    reads=("notice.class", "notice.fields.*"),
    check=check,
    passes=(
        Example(
            {"notice.fields.no-medicine": "질병의 예방 및 치료를 위한 의약품이 아님"},
            "sample-health-food",
        ),
    ),
    fails=(
        Example({"notice.fields.no-medicine": "해당 없음"}, "sample-health-food"),
        Example({"notice.fields.no-medicine": "건강에 좋습니다."}, "sample-health-food"),
    ),
)
