"""The categories a person may mean: those found by words, led by what a product's name suggests."""

from dataclasses import dataclass

from app.core.words import Words
from app.taxonomy import finding
from app.taxonomy.finding import CategoryHit, CategorySuggestion
from app.taxonomy.suggestion import SURE

MOST = 10
# A hit this good is a category's own name: no suggestion is needed beside it.
NAMED = 0.95


@dataclass(frozen=True)
class Choice:
    """One category to choose, with what speaks for it."""

    code: str
    names: Words
    path: tuple[Words, ...]
    # The synonym that was typed, or ''.
    matched: str = ""
    suggestion: CategorySuggestion | None = None

    @property
    def percent(self) -> int:
        """How sure the suggestion is; never 100."""
        return min(99, round(self.suggestion.sure * 100)) if self.suggestion else 0


@dataclass(frozen=True)
class Choices:
    """What to offer for some words; `unsure` where they read like a name but suggest nothing."""

    rows: list[Choice]
    unsure: bool = False


def choices(words: str, language: str) -> Choices:
    """The categories for *words*: a category's name, or the name of a product."""
    hits = finding.search(words, language, limit=MOST)
    suggestions = finding.suggest(words)
    if hits and hits[0].score >= NAMED:
        return Choices([_found(hit) for hit in hits])
    sure = [one for one in suggestions if one.sure >= SURE]
    rows = {one.code: _suggested(one, hits) for one in sure}
    rows |= {hit.code: _found(hit) for hit in hits if hit.code not in rows}
    if not sure and len(words.split()) > 1:
        likely = [one for one in suggestions if one.code not in rows]
        rows |= {one.code: _suggested(one, hits, said=False) for one in likely}
        return Choices(list(rows.values())[:MOST], unsure=bool(rows))
    return Choices(list(rows.values())[:MOST])


def _found(hit: CategoryHit) -> Choice:
    return Choice(hit.code, hit.names, hit.path, hit.matched)


def _suggested(one: CategorySuggestion, hits: list[CategoryHit], said: bool = True) -> Choice:
    matched = next((hit.matched for hit in hits if hit.code == one.code), "")
    return Choice(one.code, one.names, one.path, matched, one if said else None)
