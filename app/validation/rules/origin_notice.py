"""The notice's country and the origin above it tell one story (표시광고법 제3조)."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.taxonomy.attribute_types import shorten
from app.validation import notices
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

_ABROAD = re.compile(
    r"중국|베트남|일본|미국|인도|태국|대만|독일|이탈리아|프랑스|영국|방글라데시|\b(china|vietnam|japan|usa|india|taiwan)\b",
    re.IGNORECASE,
)
_KOREA = re.compile(r"한국|대한민국|국산|국내|korea", re.IGNORECASE)


def check(subject: Subject) -> Iterator[Hit]:
    if subject.text("origin.kind") != "domestic":
        return
    for path, text in notices.lines(subject, "제조국"):
        if _ABROAD.search(text) and not _KOREA.search(text):
            yield Hit(path, {"value": shorten(text)})


RULE = Rule(
    code="origin-notice",
    severity="advice",
    weight=5,
    message=Words(
        "고시에는 {value}인데 원산지는 국산입니다.",
        "The notice says {value}, the origin says Korea.",
    ),
    remedy=Words("둘 가운데 틀린 쪽을 고치세요.", "Correct whichever is wrong."),
    source="표시광고법 제3조; 상품정보제공고시 (제조국)",
    reads=("origin.kind", "notice.class", "notice.fields.*"),
    check=check,
    passes=(Example({"notice.fields.country": "대한민국 (원단 중국)"}),),
    fails=(
        Example({"notice.fields.country": "중국"}),
        Example({"notice.fields.country": "Made in Vietnam"}),
    ),
)
