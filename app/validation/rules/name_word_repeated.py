"""A word three times in a name finds no more shoppers and reads like a heap.

Amazon takes no word more than twice, articles, prepositions and conjunctions excepted. Counts and
sizes (`1개`, `2L`) may come again.
"""

import re
from collections import Counter
from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject
from app.validation.wording import NAMES, plain

MOST = 2
# Two letters or more; small words and units may come as often as they must.
_WORD = re.compile(r"[^\W\d_]{2,}")
_SMALL = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "from",
        "of",
        "in",
        "on",
        "to",
        "by",
        "or",
        "an",
        "at",
        "as",
        "is",
        "gb",
        "tb",
        "mb",
        "ml",
        "kg",
        "mg",
        "cm",
        "mm",
        "mp",
        "oz",
        "lb",
        "mah",
        "inch",
        "개입",
        "리터",
    ]
)


def check(subject: Subject) -> Iterator[Hit]:
    for path in NAMES:
        words = _WORD.findall(plain(subject.text(path)).casefold())
        counts = Counter(word for word in words if word not in _SMALL)
        for word, count in counts.most_common(1):
            if count > MOST:
                yield Hit(path, {"word": word, "count": count})


RULE = Rule(
    code="name-word-repeated",
    severity="limits",
    weight=8,
    message=Words("{word}: {count}번 나옵니다.", "{word} appears {count} times."),
    remedy=Words("한두 번만 남기세요.", "Keep it once or twice."),
    source="Amazon 201100890",
    reads=NAMES,
    check=check,
    passes=(
        Example({"name.ko": "면 티셔츠 3장, 티셔츠 S 3장"}),
        Example({"name.en": "The cup of the day, the big one, the red one"}),
    ),
    fails=(
        Example({"name.ko": "티셔츠 반팔 티셔츠 여름 티셔츠"}),
        Example({"name.en": "Cup, coffee cup, tea cup"}),
    ),
)
