"""Decoration in a name helps nobody find it, and screen readers read every star aloud."""

import re
from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES

_SIGNS = re.compile(
    r"[\u2190-\u21ff\u25a0-\u25ff\u3010\u3011\u300a\u300b\u203b\u2020]|!{2,}|~{2,}|\?{2,}|={2,}|\*{2,}"
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        signs = "".join(dict.fromkeys("".join(_SIGNS.findall(subject.text(path)))))
        if signs:
            yield Hit(path, {"signs": " ".join(signs[:5])})


RULE = Rule(
    code="name-decoration",
    severity="advice",
    weight=3,
    message=Words("꾸미는 기호가 있습니다: {signs}.", "There are decorative signs: {signs}."),
    remedy=Words("기호를 지우세요.", "Delete them."),
    source="Amazon 201100890; Google 6324415",
    reads=NAMES,
    check=check,
    passes=(Example({"name.ko": "[2장] 면 티셔츠 (L~XL) · 3,000g & 50%"}),),
    fails=(
        Example({"name.ko": "■◆ 면 티셔츠"}),
        Example({"name.ko": "면 티셔츠!!!"}),
        Example({"name.en": "Cup ~~~ nice ~~~"}),
    ),
)
