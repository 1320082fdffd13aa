"""What every sentence of ours has to keep to."""

import re
from typing import Any

from app.core.words import Words

_HANGUL = re.compile("[가-힣]")


def assert_both_languages(words: Words, **params: Any) -> None:
    """The sentence stands in both languages, its places filled, and nobody is shouted at."""
    ko, en = words.text("ko", **params), words.text("en", **params)
    assert ko.strip() and en.strip()
    assert _HANGUL.search(ko), ko
    assert not _HANGUL.search(words.en), words.en
    for text in (ko, en):
        assert "!" not in words.ko and "!" not in words.en, text
        assert "죄송" not in text
        assert not re.search(r"\{\w+\}", text), text
