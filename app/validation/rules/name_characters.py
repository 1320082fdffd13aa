"""Names carry no emoji, control characters or marks that turn the direction of writing.

Such characters break order sheets and invoices and can make a name read differently from what it
is (Unicode TR36). Platforms allow letters, digits and common punctuation (Toss, Amazon 201100890).
"""

import unicodedata
from collections.abc import Iterator

from app.core.words import Words
from app.validation.rule import Example, Hit, Rule
from app.validation.subject import Subject

PRODUCT = ("name.ko", "name.en", "brand", "manufacturer")
ITEM = ("sku", "options.*")
# Control, format (direction marks, zero-width), private use, unassigned, and surrogate.
_HIDDEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs"})
_EMOJI_FROM, _EMOJI_TO = 0x1F000, 0x1FAFF


def check(subject: Subject) -> Iterator[Hit]:
    for path in PRODUCT:
        yield from _hits(path, subject.text(path))
    for item in subject.items:
        for inner in item.inners(ITEM):
            yield from _hits(item.path(inner), item.text(inner))


def _hits(path: str, text: str) -> Iterator[Hit]:
    bad = list(dict.fromkeys(c for c in text if _is_bad(c)))
    if bad:
        yield Hit(path, {"characters": ", ".join(_shown(c) for c in bad[:5])})


def _is_bad(character: str) -> bool:
    emoji = _EMOJI_FROM <= ord(character) <= _EMOJI_TO or character in "\u20e3\ufe0f"
    return emoji or unicodedata.category(character) in _HIDDEN or _is_pictogram(character)


def _is_pictogram(character: str) -> bool:
    return 0x2600 <= ord(character) <= 0x27BF and unicodedata.category(character) == "So"


def _shown(character: str) -> str:
    """Visible ones as they are; hidden ones by number, since quoting them would do their harm."""
    if unicodedata.category(character) in _HIDDEN:
        return f"U+{ord(character):04X}"
    return character


RULE = Rule(
    code="name-characters",
    severity="blocks",
    message=Words(
        "쓸 수 없는 글자가 있습니다: {characters}.",
        "These characters can't be used: {characters}.",
    ),
    remedy=Words(
        "그 글자를 지우세요. 이모지와 보이지 않는 글자는 주문서에서 깨집니다.",
        "Delete them. Emoji and hidden characters break on order sheets.",
    ),
    source="Toss 상품명 문자 규칙; Amazon 201100890; Unicode TR36",
    reads=(*PRODUCT, *(f"items.*.{inner}" for inner in ITEM)),
    check=check,
    passes=(Example({"name.ko": "면 티셔츠 [2장] 3,000g & 50% (L)~XL · 한빛™"}),),
    fails=(
        Example({"name.ko": "티셔츠 🔥"}),
        Example({"name.en": "T-shirt \u202egnp.exe"}),
        Example({"brand": "한\u200b빛"}),
        Example({"items.1.sku": "A\x07B"}),
        Example({"name.ko": "티셔츠 ☀"}),
    ),
)
