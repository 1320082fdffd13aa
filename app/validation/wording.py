"""Words that say what a text is about, and the words beside them that say it is not."""

import re
import unicodedata

NAMES = ("name.ko", "name.en")
HANGUL = re.compile("[가-힣]")
# Letters of scripts that no English name needs: Hangul, kana, Chinese, Cyrillic, Arabic, Hebrew,
# Thai.
NOT_LATIN = re.compile(
    "[\u0400-\u04ff\u0590-\u06ff\u0e00-\u0e7f\u1100-\u11ff\u3040-\u318f\u3400-\u9fff\uac00-\ud7a3]+"
)


def plain(text: str) -> str:
    """*text* as patterns are written for it: full-width signs and the like folded."""
    return unicodedata.normalize("NFKC", text)


def pattern(*words: str) -> re.Pattern[str]:
    """Any of *words* (regular expressions), in any letter case; a blank stands for any or none."""
    joined = "|".join(word.replace(" ", r"\s*") for word in words)
    return re.compile(joined, re.IGNORECASE)


def first(text: str, words: re.Pattern[str], unless: re.Pattern[str] | None = None) -> str:
    """The first of *words* in *text*, as written there; '' if none, or if *unless* is in it."""
    folded = plain(text)
    found = words.search(folded)
    if found is None or (unless is not None and unless.search(folded)):
        return ""
    return found[0].strip()
