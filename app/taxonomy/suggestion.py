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
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# As how many listings a category's own names count.
NAMED = 2
# What a category's own names say of a word; the rest is how usual the word is anywhere. So a word
# never seen in a category speaks against it as much where much was learnt as where little was.
OWN = 0.8
# A word never seen anywhere makes it likelier that the product is of none of the candidates.
UNKNOWN = 0.5
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
    """The words of a name that say something about its category, with their parts."""
    return {word for whole, parts in _words(name) for word in (whole, *parts)}


def _words(name: str) -> list[tuple[str, list[str]]]:
    """Each word of a name with its parts; bare numbers are left out.

    Korean writes compounds as one word or as several: the parts of a long word are its pairs of
    syllables.
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    words = [word for word in _WORD.findall(text) if not word.isdigit()][:MOST_WORDS]
    return [(word, _pairs(word)) for word in dict.fromkeys(words)]


def _pairs(word: str) -> list[str]:
    if not _HANGUL.fullmatch(word):
        return []
    return [word[at : at + 2] for at in range(len(word) - 1)]


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


def guess(name: str, seen: Iterable[Seen], listings: int, categories: int) -> list[Guess]:
    """The likeliest categories for a product of this *name*, most likely first.

    *seen* is everything known of its `words_of`; *listings* and *categories* are how many there
    are in all.
    """
    candidates: dict[str, _Candidate] = defaultdict(_Candidate)
    everywhere: dict[str, int] = defaultdict(int)
    for row in seen:
        candidates[row.category].seen[row.word] = row
        everywhere[row.word] += row.times
    if not everywhere:
        return []
    total = listings + NAMED * categories
    usual = {
        word: (everywhere.get(word, 0) + 0.5) / (total + 10) for word in _telling(name, everywhere)
    }
    nowhere = math.log(NOWHERE) + sum(math.log(share) for share in usual.values())
    for candidate in candidates.values():
        candidate.score = _likelihood(candidate, usual, everywhere, total + categories)
    top = max(nowhere, *(c.score for c in candidates.values()))
    whole = math.exp(nowhere - top) + sum(math.exp(c.score - top) for c in candidates.values())
    found = [_guess(code, c, top, whole, usual) for code, c in candidates.items()]
    return sorted(found, key=lambda one: (-one.sure, one.category))


def _telling(name: str, known: Mapping[str, int]) -> list[str]:
    """The words to go by: those known; an unknown one counts as such, and by its known parts.

    A word with figures in it is a model's number: that it is unknown says nothing.
    """
    words: list[str] = []
    for whole, parts in _words(name):
        if whole in known:
            words.append(whole)
        elif whole.isalpha():
            words += [whole, *(part for part in parts if part in known)]
    return list(dict.fromkeys(words))


def _likelihood(
    candidate: _Candidate, usual: dict[str, float], known: Mapping[str, int], total: int
) -> float:
    of = next(iter(candidate.seen.values())).of
    score = math.log((of + 1) / total)
    for word, anywhere in usual.items():
        if word not in known:
            score += math.log(UNKNOWN * anywhere)
            continue
        row = candidate.seen.get(word)
        score += math.log(OWN * (row.times if row else 0) / of + (1 - OWN) * anywhere)
    return score


def _guess(
    code: str, candidate: _Candidate, top: float, whole: float, usual: dict[str, float]
) -> Guess:
    rows = sorted(
        (row for row in candidate.seen.values() if row.word in usual),
        key=lambda row: (-row.times / row.of / usual[row.word], row.word),
    )
    sure = math.exp(candidate.score - top) / whole
    words = tuple(row.word for row in rows[:REASONS])
    return Guess(code, sure, words, rows[0].listings if rows else 0)
