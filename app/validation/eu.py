"""What the rules on sale in the EU share: they ask nothing of what is not sold there.

Most of them stand on Regulation (EU) 2023/988 on general product safety, in force since 2024-12-13.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import wraps
from typing import Any

from app.validation.markets import EU, sold_in
from app.validation.rule import Example, Hit
from app.validation.subject import Subject

Check = Callable[[Subject], Iterable[Hit]]

_COMPLETE = {
    "sold_in": ["kr", "eu"],
    "eu.maker_address": "Hanbit, 110 Sejong-daero, Seoul, Korea",
    "eu.maker_email": "safety@hanbit.example",
    "eu.maker_inside": "no",
    "eu.person": "EU Rep GmbH, Ring 1, 10115 Berlin, Germany",
    "eu.person_email": "rep@example.eu",
    "eu.warnings": "No small parts. Not for children under 3.",
}


def of_eu_sales(check: Check) -> Check:
    """A decorator: the check of a rule that holds for what is sold in the EU alone."""

    @wraps(check)
    def checked(subject: Subject) -> Iterable[Hit]:
        return check(subject) if EU in sold_in(subject) else ()

    return checked


def empty(subject: Subject, paths: Iterable[str]) -> Iterator[Hit]:
    """A hit for each of *paths* at which there is nothing."""
    return (Hit(path) for path in paths if not subject.answered(path))


def complete(changes: Mapping[str, Any] | None = None) -> Example:
    """A listing that says all that the EU asks, with *changes*."""
    return Example(_COMPLETE | dict(changes or {}))
