"""Sixteen at once on one listing and on several: every chain stays whole, and is seen so."""

import itertools
from collections import Counter

from app.core.database import db
from app.core.errors import Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.auditing import queries
from app.journey.auditing.problem import Counts
from app.journey.auditing.sealing import seal
from app.journey.auditing.verifying import problems
from app.journey.review import actions, claims
from app.journey.review.queries import cases_of
from app.listings import actions as listings
from app.listings.queries import newest_version
from tests.factories import review as made

THREADS = 16
ROUNDS = 2


def test_deeds_at_once_neither_fork_a_chain_nor_wait_for_each_other(session, race, found) -> None:
    people = [made.reviewer().id for _ in range(4)]
    shared = made.case()
    shared_case, shared_listing = shared.id, shared.listing_id
    own = [made.submitted().id for _ in range(3)]

    def works(who: int, listing_id: int):
        def act() -> Counter:
            done: Counter = Counter()
            for deed in itertools.chain.from_iterable(itertools.repeat(_deeds, ROUNDS)):
                case_or_listing = listing_id if deed in (_withdraw, _submit) else shared_case
                try:
                    with unit_of_work():
                        deed(case_or_listing, who)
                except Refusal:
                    continue
                done[deed.__name__] += 1
            return done

        return act

    seal()
    acts = (works(people[n % len(people)], own[n % len(own)]) for n in range(THREADS))
    *results, sealed, verified = race(*acts, _seals, _verifies)
    assert all(isinstance(result, Counter) for result in results), results
    assert isinstance(sealed, int), sealed
    assert verified == []
    done = sum(results, Counter())
    assert done["_decide"] and done["_withdraw"] and done["_submit"]
    entries = list(queries.entries())
    # A verdict stands on the shared one, and each submission; a claim of one's own adds nothing.
    deeds = Counter(entry.event for entry in entries)
    assert deeds["decided"] == done["_decide"] and deeds["undone"] == done["_undo"]
    assert deeds["withdrawn"] == done["_withdraw"]
    assert deeds["submitted"] == done["_submit"] + len(own) + 1
    assert {entry.listing_id for entry in entries} == {shared_listing, *own}
    assert found() == []


def _seals() -> int:
    """Seals over and over while the others write: nothing may appear below a seal later."""
    return sum(seal() for _ in range(40))


def _verifies() -> list[str]:
    """Verifies over and over while the others write: what is half read is no problem."""
    found = []
    for _ in range(10):
        queries.read_one_instant()
        found += [str(problem) for problem in problems(Counts(), cases_of)]
        db.session.rollback()
    return found


def _claim(case_id: int, who: int) -> None:
    claims.claim(case_id, who)


def _decide(case_id: int, who: int) -> None:
    actions.decide(case_id, who, "approve", hold=60)


def _undo(case_id: int, who: int) -> None:
    actions.undo(case_id, who)


def _release(case_id: int, who: int) -> None:
    claims.release(case_id, who)


def _withdraw(listing_id: int, who: int) -> None:
    listings.withdraw(newest_version(listing_id).id, who)


def _submit(listing_id: int, who: int) -> None:
    listings.submit(listings.revise(listing_id, who).id, who)


_deeds = (_claim, _decide, _withdraw, _undo, _release, _submit)
