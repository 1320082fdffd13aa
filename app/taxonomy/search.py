"""How a category is found by typing: pure text work, without the database.

Text is compared without blanks, punctuation and letter case, and Korean by its single letters
(jamo), so that `무선이어폰`, `무선 이어폰` and the half-typed `무선 이어ㅍ` all meet.
"""

import unicodedata
from collections.abc import Iterable

from app.core.words import Words

# How well a term answers a text: whole, from its start, inside it, or only alike.
WHOLE, START, INSIDE = 3.0, 2.0, 1.5
# Below this share of common pieces two words are not alike.
ALIKE = 0.5


def normalise(text: str) -> str:
    """*text* as it is compared: letters and digits alone, Korean taken apart into jamo."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in letters if c.isalnum())


def grams(text: str) -> list[str]:
    """The pieces of a normalised text that the index holds: its start and every three letters."""
    if not text:
        return []
    padded = f"^{text}"
    pieces = [padded[:2], *(padded[i : i + 3] for i in range(max(1, len(padded) - 2)))]
    return list(dict.fromkeys(pieces))


def terms_of(names: Words, synonyms: Iterable[str]) -> list[str]:
    """What people may call a category, its names first."""
    return list(dict.fromkeys([names.ko, names.en, *synonyms]))


def score(text: str, term: str) -> float:
    """How well *term* answers *text*, both normalised: 0 is not at all; shorter terms win ties."""
    if not text or not term:
        return 0.0
    nearness = len(text) / max(len(term), len(text)) * 0.4
    if text == term:
        return WHOLE
    if term.startswith(text):
        return START + nearness
    if text in term:
        return INSIDE + nearness
    if term in text and len(term) > 2:
        return 1.0 + nearness
    asked, had = set(grams(text)), set(grams(term))
    alike = len(asked & had) / len(asked | had)
    return alike if alike >= ALIKE else 0.0
