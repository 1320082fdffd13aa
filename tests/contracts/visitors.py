"""The kinds of visitor of the routes' table, and the answers that rows state.

A row is `"METHOD rule": Row(answers, places, form)`. *answers* is one of the functions below, given
the status of those who are let in. *places* makes the values of the rule's places from a `World`,
anew for each visitor and in an application context; *form* makes what is posted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from app.accounts.models import Person, Seller
from tests.factories import people
from tests.factories.listings import categories

STRANGERS = ("anonymous", "disabled")
KINDS = (*STRANGERS, "owner", "member", "other", "reviewer", "operator")
TO_SIGN_IN = 303
NOTHING_HERE = 404
Answers = dict[str, int]


@dataclass
class World:
    """A seller with its people, another seller's owner, and staff."""

    seller: Seller
    owner: Person
    member: Person
    other: Person
    reviewer: Person
    operator: Person
    disabled: Person

    @classmethod
    def make(cls) -> "World":
        """Everybody, fresh, and the starter categories."""
        categories()
        seller = people.seller()
        disabled = people.member_of(seller)
        disabled.active = False
        return cls(
            seller=seller,
            owner=people.owner_of(seller),
            member=people.member_of(seller),
            other=people.owner_of(people.seller()),
            reviewer=people.reviewer("general"),
            operator=people.operator(),
            disabled=disabled,
        )


@dataclass(frozen=True)
class Row:
    """The stated answers of one route."""

    answers: Answers
    places: Callable[[World], dict[str, Any]] = lambda world: {}
    form: Callable[[World], dict[str, Any]] = lambda world: {}

    @property
    def guarded(self) -> bool:
        """Whether some are let in and others are not."""
        return len(set(self.answers.values())) > 1


def everybody(status: int, **other: int) -> Answers:
    """The same for all."""
    return dict.fromkeys(KINDS, status) | other


def signed_in(status: int, **other: int) -> Answers:
    """All who are signed in."""
    return _only(KINDS[2:], status) | other


def sellers(status: int, **other: int) -> Answers:
    """Whoever works for any seller: pages of one's own seller."""
    return _only(("owner", "member", "other"), status) | other


def of_the_seller(status: int, **other: int) -> Answers:
    """The people of the seller whose thing it is; another seller's is not there."""
    return _only(("owner", "member"), status) | other


def reviewers(status: int, **other: int) -> Answers:
    """Reviewers."""
    return _only(("reviewer",), status) | other


def operators(status: int, **other: int) -> Answers:
    """Operators."""
    return _only(("operator",), status) | other


def _only(kinds: tuple[str, ...], status: int) -> Answers:
    outside = dict.fromkeys(STRANGERS, TO_SIGN_IN)
    return outside | dict.fromkeys(KINDS[2:], NOTHING_HERE) | dict.fromkeys(kinds, status)
