"""Names that say nearly the same: the same words in any order and spacing, or all but one of them.

Numbers always tell goods apart (`2L` and `500ml`, model numbers), so a word with a digit is never
the one that may differ. Each name has a handful of keys; two names that share one are alike. Keys
are found by an index, whatever the number of names.
"""

import re
from hashlib import blake2b

from app.validation.wording import plain

MOST_WORDS = 10
# Below this nothing is left that would tell a kind of goods.
LEAST_LETTERS = 5
_PARTS = re.compile(r"\d+|[^\W\d_]+")


def words_of(name: str) -> list[str]:
    """The words and numbers of *name*, folded: no case, signs or width."""
    return _PARTS.findall(plain(name).casefold())


def exact_keys(name: str) -> tuple[int, ...]:
    """Keys of the whole: shared by names with the same words in any order, or any spacing."""
    words = words_of(name)
    if sum(map(len, words)) < LEAST_LETTERS:
        return ()
    return _number("".join(words), "="), _number(" ".join(sorted(words)))


def near_keys(name: str) -> tuple[int, ...]:
    """Keys of all words but one: shared where one word was added, left out or replaced."""
    words = words_of(name)[:MOST_WORDS]
    found = []
    for word in dict.fromkeys(words):
        rest = [each for each in words if each != word]
        enough = len(rest) > 1 and sum(map(len, rest)) >= LEAST_LETTERS
        if enough and not word.isdigit():
            found.append(_number(" ".join(sorted(rest))))
    return tuple(found)


def keys(name: str) -> tuple[int, ...]:
    """All keys of *name*, as signed 64-bit numbers."""
    return tuple(dict.fromkeys((*exact_keys(name), *near_keys(name))))


def _number(text: str, kind: str = " ") -> int:
    return int.from_bytes(blake2b((kind + text).encode(), digest_size=8).digest(), signed=True)
