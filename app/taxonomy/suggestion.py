"""Which category a product name speaks of: naive Bayes over the words of names.

Each category's words count once a listing; its own name and synonyms count as a few listings, so
that there is something to go by before anything was learnt. Beside the categories stands the whole
catalogue as one more candidate ("none in particular"): a word that is at home everywhere says
little, and the answer may be that one is not sure. How sure one is, is the share of the
probability, which on held-out names has proved to be about how often it is right
(`make bench-drafting`).
"""

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

# As how many listings a category's own names count.
NAMED = 2
# What a category's own names say of a word; the rest is how usual the word is anywhere. So a word
# never seen in a category speaks against it as much where much was learnt as where little was.
OWN = 0.8
# How likely, before any word, it is none of the candidates.
NOWHERE = 0.2
# Below this share the answer is "not sure".
SURE = 0.5
# Names have some ten words; what is beyond this many says nothing new.
MOST_WORDS = 40
REASONS = 3

_WORD = re.compile(r"[^\W_]+")
_HANGUL = re.compile(r"[가-힣]{3,}")


def words_of(name: str) -> set[str]:
    """The words of a name that say something about its category.

    Korean writes compounds as one word or as several: a long word also counts by its pairs of
    syllables. Bare numbers are left out.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    words = [word for word in _WORD.findall(text) if not word.isdigit()][:MOST_WORDS]
    pairs = {
        word[at : at + 2]
        for word in words
        if _HANGUL.fullmatch(word)
        for at in range(len(word) - 1)
    }
    return pairs.union(words)


@dataclass(frozen=True)
class Seen:
    """That *word* stood in so many of a category's names, of so many listings learnt there."""

    word: str
    category: str
    listings: int
    named: bool
    learnt: int

    @property
    def times(self) -> int:
        return self.listings + NAMED * self.named

    @property
    def of(self) -> int:
        return self.learnt + NAMED


@dataclass(frozen=True)
class Guess:
    """A category, how sure (0 to 1), and the words that speak most for it."""

    category: str
    sure: float
    words: tuple[str, ...] = ()
    # How many listings learnt in that category have the first of those words in their names.
    listings: int = 0


@dataclass
class _Candidate:
    seen: dict[str, Seen] = field(default_factory=dict)
    score: float = 0.0


def guess(
    words: Iterable[str], seen: Iterable[Seen], listings: int, categories: int
) -> list[Guess]:
    """The likeliest categories for a name of these *words*, most likely first.

    *listings* and *categories* are how many there are in all.
    """
    candidates: dict[str, _Candidate] = defaultdict(_Candidate)
    everywhere: dict[str, int] = defaultdict(int)
    for row in seen:
        candidates[row.category].seen[row.word] = row
        everywhere[row.word] += row.times
    known = [word for word in words if word in everywhere]
    if not known:
        return []
    total = listings + NAMED * categories
    usual = {word: (everywhere[word] + 0.5) / (total + 10) for word in known}
    nowhere = math.log(NOWHERE) + sum(math.log(usual[word]) for word in known)
    for candidate in candidates.values():
        candidate.score = _likelihood(candidate, usual, total + categories)
    top = max(nowhere, *(c.score for c in candidates.values()))
    whole = math.exp(nowhere - top) + sum(math.exp(c.score - top) for c in candidates.values())
    found = [_guess(code, c, top, whole, usual) for code, c in candidates.items()]
    return sorted(found, key=lambda one: (-one.sure, one.category))


def _likelihood(candidate: _Candidate, usual: dict[str, float], total: int) -> float:
    of = next(iter(candidate.seen.values())).of
    score = math.log((of + 1) / total)
    for word, anywhere in usual.items():
        row = candidate.seen.get(word)
        score += math.log(OWN * (row.times if row else 0) / of + (1 - OWN) * anywhere)
    return score


def _guess(
    code: str, candidate: _Candidate, top: float, whole: float, usual: dict[str, float]
) -> Guess:
    rows = sorted(
        candidate.seen.values(), key=lambda row: (-row.times / row.of / usual[row.word], row.word)
    )
    words = _without_parts([row.word for row in rows])[:REASONS]
    sure = math.exp(candidate.score - top) / whole
    return Guess(code, sure, tuple(words), rows[0].listings)


def _without_parts(words: list[str]) -> list[str]:
    """The pairs of syllables of a word that is named itself say nothing to people."""
    return [w for w in words if not any(w != other and w in other for other in words)]
