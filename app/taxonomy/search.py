"""How a category is found by typing: pure text work, without the database.

Text is compared without blanks, punctuation and letter case, and Korean by its single letters
(jamo), so that `무선이어폰`, `무선 이어폰` and the half-typed `무선 이어ㅍ` all meet, and a slip of
one key is one letter's difference.
"""

import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from app.core.words import Words

# How well a term answers, from 0 to 1: the term itself is 1, then what begins with the text, what
# has it inside, and what is merely alike (by the share of letters that need no change).
START, INSIDE, LENGTH = 0.74, 0.6, 0.24
ALIKE = 0.55
# From here on an answer is good enough not to try other orders of words, or the path's.
SURE = 0.85
WORD, ABOVE = 0.55, 0.35
# How many terms of each kind are looked at: many begin with `wo`.
MOST = 60
ALIKE_MOST = 20


def normalise(text: str) -> str:
    """*text* as it is compared: letters and digits alone, Korean taken apart into jamo."""
    return "".join(words_in(text))


def words_in(text: str) -> list[str]:
    """The words of *text*, each as it is compared."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    # Accents come apart from their letters: they are no ends of words.
    kept = (c for c in letters if not unicodedata.combining(c))
    return "".join(c if c.isalnum() else " " for c in kept).split()


def in_order(words: Iterable[str]) -> str:
    """Words in an order of their own, so that `shoes running` and `running shoes` are one."""
    return "".join(sorted(words))


def terms_of(names: Words, synonyms: Iterable[str]) -> list[str]:
    """What people may call a category, its names first."""
    return list(dict.fromkeys([names.ko, names.en, *synonyms]))


@dataclass(frozen=True)
class Entry:
    """A leaf to be found: what it is called, names first, and what stands above it."""

    code: str
    terms: tuple[str, ...]
    above: tuple[str, ...] = ()


@dataclass(frozen=True)
class Match:
    """A leaf that answers, by which of its terms ('' by its path), and how well (0 to 1)."""

    code: str
    term: str
    score: float


class Index:
    """Every leaf's terms in memory; some 20,000 of them are searched in a few milliseconds."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self.entries = list(entries)
        self.owners: list[int] = []
        self.terms: list[str] = []
        self.whole: list[str] = []
        self.ordered: list[str] = []
        self.words: dict[str, set[int]] = defaultdict(set)
        self.above: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self.entries):
            self._take(number, entry)
        # All terms in one text: looking for a piece in it is one pass in C.
        self.text = "\n" + "\n".join(self.whole) + "\n"
        self.starts = self._starts()

    def find(self, text: str, limit: int) -> list[Match]:
        """The leaves that *text* most likely means, best first; shorter names win ties."""
        words = words_in(text)
        asked = "".join(words)
        if not asked:
            return []
        best = _Best()
        self._pieces(asked, best)
        self._alike(asked, self.whole, best, 1.0)
        if best.top < SURE and len(words) > 1:
            self._alike(in_order(words), self.ordered, best, 0.99)
        if best.top < SURE:
            self._by_words(words, best)
        return [self._match(number, score, term) for number, (score, term) in best.first(limit)]

    def _take(self, number: int, entry: Entry) -> None:
        for term in entry.terms:
            words = words_in(term)
            self.owners.append(number)
            self.terms.append(term)
            self.whole.append("".join(words))
            self.ordered.append(in_order(words))
            for word in words:
                self.words[word].add(number)
        for word in {word for name in entry.above for word in words_in(name)}:
            self.above[word].add(number)

    def _starts(self) -> list[int]:
        starts, at = [], 1
        for term in self.whole:
            starts.append(at)
            at += len(term) + 1
        return starts

    def _pieces(self, asked: str, best: "_Best") -> None:
        """Terms that begin with the text, or have it inside."""
        for piece, worth in ((f"\n{asked}", START), (asked, INSIDE)):
            for at in self._with(piece, len(piece) - len(asked)):
                share = len(asked) / len(self.whole[at])
                score = 1.0 if share == 1.0 else worth + LENGTH * share
                best.take(self.owners[at], score, at)

    def _with(self, piece: str, lead: int) -> Iterator[int]:
        place = self.text.find(piece)
        for _ in range(MOST):
            if place < 0:
                return
            at = bisect_right(self.starts, place + lead) - 1
            yield at
            place = self.text.find(piece, self.starts[at] + len(self.whole[at]))

    def _alike(self, asked: str, among: list[str], best: "_Best", weight: float) -> None:
        cutoff = max(ALIKE, min(best.top, SURE) - 0.2)
        hits = process.extract(
            asked, among, scorer=OSA.normalized_similarity, score_cutoff=cutoff, limit=ALIKE_MOST
        )
        for _, score, at in hits:
            best.take(self.owners[at], score * weight, at)

    def _by_words(self, words: list[str], best: "_Best") -> None:
        """Leaves that share words with the text, their own or those above them."""
        own = Counter(number for word in words for number in self.words.get(word, ()))
        above = Counter(number for word in words for number in self.above.get(word, ()))
        for number in own.keys() | above.keys():
            share = (WORD * own[number] + ABOVE * min(above[number], len(words))) / len(words)
            best.take(number, min(share, SURE), None)

    def _match(self, number: int, score: float, at: int | None) -> Match:
        term = "" if at is None else self.terms[at]
        return Match(self.entries[number].code, term, score)


class _Best:
    """The best score of each leaf, and the term that gave it."""

    def __init__(self) -> None:
        self.scores: dict[int, tuple[float, int | None]] = {}
        self.top = 0.0

    def take(self, number: int, score: float, at: int | None) -> None:
        if score > self.scores.get(number, (0.0, None))[0]:
            self.scores[number] = (score, at)
            self.top = max(self.top, score)

    def first(self, limit: int) -> list[tuple[int, tuple[float, int | None]]]:
        return sorted(self.scores.items(), key=lambda pair: (-pair[1][0], pair[0]))[:limit]
