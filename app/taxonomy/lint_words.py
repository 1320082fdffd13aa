"""Whether a text is there in both languages, and each is in its own."""

import re
from collections.abc import Iterator

from app.core.words import Words

_KOREAN = re.compile(r"[가-힣]")


def wrong_words(words: Words, what: str, symbols: bool = True) -> Iterator[str]:
    """What is wrong with *words*; nothing where both languages are empty, if *symbols* are allowed.

    *symbols* are texts that read alike in both languages: XL, USB-C. A name or label is never one.
    """
    if not words.ko and not words.en:
        if not symbols:
            yield f"{what} is missing"
        return
    if not words.ko or not words.en:
        yield f"{what} is missing in {'Korean' if not words.ko else 'English'}"
        return
    if _KOREAN.search(words.en):
        yield f"{what} is in Korean on English pages"
    if not _KOREAN.search(words.ko) and not (symbols and words.ko == words.en):
        yield f"{what} has no Korean"
