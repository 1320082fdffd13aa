"""Finding the category of a product: by what people call it, or from the product's own name."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.database import db
from app.core.words import Words
from app.taxonomy import suggestion
from app.taxonomy.models import CategoryLearnt, CategoryNode, CategoryWord, TaxonomyEdition
from app.taxonomy.search import Entry, Index


@dataclass(frozen=True)
class CategoryHit:
    """A leaf that answers a search. `matched` is the synonym that did, or '' for its own name."""

    code: str
    names: Words
    path: tuple[Words, ...]
    matched: str
    score: float


@dataclass(frozen=True)
class CategorySuggestion:
    """A leaf that a product's name speaks of: how sure (0 to 1), and the words that say so.

    `listings` is how many approved listings learnt there have the first of these words; 0 where
    it is the category's own name that has it.
    """

    code: str
    names: Words
    path: tuple[Words, ...]
    sure: float
    words: tuple[str, ...]
    listings: int


@dataclass(frozen=True)
class _Held:
    mark: str
    index: Index


_held: _Held | None = None
_making = threading.Lock()


def search(text: str, language: str, limit: int = 5) -> list[CategoryHit]:
    """The leaves that *text* most likely means, best first; names in *language* win ties."""
    index = _index()
    # A few more than asked for: among equals the reader's language decides.
    matches = index.find(text, limit * 2)
    rows = _rows(match.code for match in matches)
    hits = [
        CategoryHit(
            match.code,
            Words.of(row.names),
            _path(row),
            "" if match.term in row.names.values() else match.term,
            match.score,
        )
        for match in matches
        if (row := rows.get(match.code))
    ]
    own = "ko" if language == "ko" else "en"
    terms = {match.code: match.term for match in matches}
    liked = {hit.code for hit in hits if terms[hit.code] == hit.names.text(own)}
    return sorted(hits, key=lambda hit: (-round(hit.score, 3), hit.code not in liked))[:limit]


def suggest(name: str, limit: int = 3) -> list[CategorySuggestion]:
    """The likeliest leaves for a product of this name, most likely first.

    One that is less sure than `suggestion.SURE` is to be shown as "not sure".
    """
    guesses = suggestion.guess(name, _seen(suggestion.words_of(name)), *_learnt())
    rows = _rows(one.category for one in guesses[:limit])
    return [
        CategorySuggestion(
            one.category, Words.of(row.names), _path(row), one.sure, one.words, one.listings
        )
        for one in guesses[:limit]
        if (row := rows.get(one.category))
    ]


def _seen(words: Iterable[str]) -> list[suggestion.Seen]:
    found = db.session.execute(
        select(
            CategoryWord.word,
            CategoryWord.category_code,
            CategoryWord.listings,
            CategoryWord.named,
            func.coalesce(CategoryLearnt.listings, 0),
        )
        .join(CategoryNode, CategoryNode.code == CategoryWord.category_code)
        .outerjoin(CategoryLearnt, CategoryLearnt.category_code == CategoryWord.category_code)
        .where(CategoryWord.word.in_(words), CategoryNode.leaf, CategoryNode.retired_at.is_(None))
    )
    return [suggestion.Seen(*row) for row in found]


def _learnt() -> tuple[int, int]:
    """How many listings were learnt from, and how many categories there are to tell apart."""
    leaves = (
        select(func.count())
        .select_from(CategoryNode)
        .where(CategoryNode.leaf, CategoryNode.retired_at.is_(None))
    )
    row = db.session.execute(
        select(func.coalesce(func.sum(CategoryLearnt.listings), 0), leaves.scalar_subquery())
    ).one()
    return int(row[0]), int(row[1])


def _index() -> Index:
    """This process's index of all leaves, made anew when the tree has changed."""
    global _held  # noqa: PLW0603 - one index a process, like a connection pool
    mark = db.session.scalar(select(TaxonomyEdition.mark)) or ""
    held = _held
    if held is None or held.mark != mark:
        with _making:
            if _held is None or _held.mark != mark:
                _held = _Held(mark, Index(_entries()))
            held = _held
    return held.index


def _entries() -> list[Entry]:
    rows = db.session.execute(
        select(CategoryNode.code, CategoryNode.terms, CategoryNode.path)
        .where(CategoryNode.leaf, CategoryNode.retired_at.is_(None))
        .order_by(CategoryNode.code)
    )
    return [
        Entry(code, tuple(terms), tuple(text for words in path[:-1] for text in words.values()))
        for code, terms, path in rows
    ]


def _rows(codes: Iterable[str]) -> dict[str, CategoryNode]:
    rows = db.session.scalars(select(CategoryNode).where(CategoryNode.code.in_(list(codes))))
    return {row.code: row for row in rows}


def _path(row: CategoryNode) -> tuple[Words, ...]:
    return tuple(Words.of(words) for words in row.path)
