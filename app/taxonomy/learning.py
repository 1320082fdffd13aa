"""Verbs: what approved listings teach about their categories, word by word."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import Insert, insert

from app.core.database import db
from app.taxonomy.models import CategoryLearnt, CategoryWord
from app.taxonomy.suggestion import words_of


def learn(names: Iterable[tuple[str, str]]) -> None:
    """Learn from approved listings, each a pair of category code and name (all languages in one).

    Counts add up: a listing is to be learnt from once.
    """
    words: Counter[tuple[str, str]] = Counter()
    listings: Counter[str] = Counter()
    for category, name in names:
        found = words_of(name)
        words.update((word, category) for word in found)
        listings[category] += 1
    _add_words(words)
    _add_listings(listings)


def forget() -> None:
    """Before learning everything anew: what was learnt goes, what categories are called stays."""
    db.session.execute(delete(CategoryWord).where(~CategoryWord.named))
    db.session.execute(update(CategoryWord).values(listings=0))
    db.session.execute(delete(CategoryLearnt))


def know_names(terms: Mapping[str, Iterable[str]]) -> None:
    """Take the words of these categories' own names and synonyms as theirs, and no others."""
    codes = list(terms)
    db.session.execute(
        update(CategoryWord)
        .where(CategoryWord.category_code.in_(codes), CategoryWord.named)
        .values(named=False)
    )
    db.session.execute(
        delete(CategoryWord).where(
            CategoryWord.category_code.in_(codes), ~CategoryWord.named, CategoryWord.listings == 0
        )
    )
    rows = [
        {"word": word, "category_code": code, "named": True}
        for code, names in terms.items()
        for word in sorted({word for name in names for word in words_of(name)})
    ]
    statement = insert(CategoryWord)
    _each(
        statement.on_conflict_do_update(
            index_elements=["word", "category_code"], set_={"named": True}
        ),
        rows,
    )


def _add_words(words: Counter[tuple[str, str]]) -> None:
    rows = [
        {"word": word, "category_code": category, "listings": times}
        # In one order, so that two approvals at once wait for each other and never in a ring.
        for (word, category), times in sorted(words.items())
    ]
    statement = insert(CategoryWord)
    more = CategoryWord.listings + statement.excluded.listings
    _each(
        statement.on_conflict_do_update(
            index_elements=["word", "category_code"], set_={"listings": more}
        ),
        rows,
    )


def _add_listings(listings: Counter[str]) -> None:
    rows = [
        {"category_code": category, "listings": times}
        for category, times in sorted(listings.items())
    ]
    statement = insert(CategoryLearnt)
    more = CategoryLearnt.listings + statement.excluded.listings
    _each(
        statement.on_conflict_do_update(index_elements=["category_code"], set_={"listings": more}),
        rows,
    )


def _each(statement: Insert, rows: list[dict[str, Any]]) -> None:
    if rows:
        db.session.execute(statement, rows)
