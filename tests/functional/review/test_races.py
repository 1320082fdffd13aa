"""Two at once: each case is decided once, and the loser is told by whom and when."""

import os
import threading
import time
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import QueuePool, func, select, text, update

from app.core.database import db
from app.core.errors import Conflict
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, claims, sweep
from app.journey.review.models import ReviewCase
from app.journey.review.refusals import clock
from app.listings import actions as listings
from app.listings.models import TimelineEntry, Version
from tests.factories import people
from tests.factories import review as made

CLAIMS, VERDICTS, OTHERS, WINDOWS, SWEPT = 40, 150, 75, 10, 15
# `make claims` for the whole minute.
SECONDS = float(os.environ.get("CLAIM_SECONDS", "2"))
TEAM = 20


def _copies(session, count: int, claimed_by: int | None = None) -> list[int]:
    """So many open cases that are alike, each of its own listing, made quickly."""
    first = made.case()
    case_id, listing_id = first.id, first.listing_id
    session.execute(
        text(
            """
            WITH shelf AS (
              INSERT INTO listing (seller_id, category_code)
              SELECT seller_id, category_code FROM listing, generate_series(1, :count)
              WHERE id = :listing RETURNING id
            ), fresh AS (
              INSERT INTO version (listing_id, no, state, rules_as_of, category_version_id,
                                   submitted_at)
              SELECT shelf.id, 1, 'submitted', v.rules_as_of, v.category_version_id, now()
              FROM version v, shelf WHERE v.listing_id = :listing
              RETURNING id, listing_id
            ), parts AS (
              INSERT INTO version_part (version_id, content)
              SELECT fresh.id, jsonb_set(p.content, '{pictures}', '[]')
              FROM fresh, version_part p JOIN version v ON v.id = p.version_id
              WHERE v.listing_id = :listing AND p.item_id IS NULL
            )
            INSERT INTO review_case (version_id, listing_id, seller_id, kind, queue, promised_at)
            SELECT fresh.id, fresh.listing_id, c.seller_id, c.kind, c.queue, c.promised_at
            FROM review_case c, fresh WHERE c.id = :case
            """
        ),
        {"count": count - 1, "listing": listing_id, "case": case_id},
    )
    if claimed_by is not None:
        until = func.now() + timedelta(minutes=10)
        session.execute(update(ReviewCase).values(holder=claimed_by, held_until=until))
    session.commit()
    return list(session.scalars(select(ReviewCase.id).order_by(ReviewCase.id)))


def _claims(case_id: int, who: int):
    def act() -> int:
        with unit_of_work():
            claims.claim(case_id, who)
        return who

    return act


def _decides(case_id: int, who: int, verdict: str):
    def act() -> str:
        made.decide(case_id, who, verdict)
        return verdict

    return act


def test_of_two_who_claim_one_wins_and_the_other_learns_who(session, race) -> None:
    ada, ben = made.reviewer(name="Ada Kim"), made.reviewer(name="Ben Park")
    names = {ada.id: "Ada Kim", ben.id: "Ben Park"}
    for case_id in _copies(session, CLAIMS):
        results = race(*(_claims(case_id, who) for who in names))
        [winner] = [found for found in results if isinstance(found, int)]
        [lost] = [found for found in results if isinstance(found, Conflict)]
        session.rollback()
        case = session.get(ReviewCase, case_id)
        assert case.holder == winner
        told = f"{names[winner]} has claimed this case until {clock(case.held_until)}."
        assert lost.text("en") == told


def test_of_two_verdicts_in_two_windows_one_stands(session, race, hold) -> None:
    me = made.reviewer(name="Ada Kim")
    me_id = me.id
    for number, case_id in enumerate(_copies(session, VERDICTS, claimed_by=me_id)):
        other = "approve" if number % 2 else "reject"
        results = race(_decides(case_id, me_id, "approve"), _decides(case_id, me_id, other))
        [winner] = [found for found in results if isinstance(found, str)]
        [lost] = [found for found in results if isinstance(found, Conflict)]
        session.rollback()
        case = session.get(ReviewCase, case_id)
        assert case.verdict == winner
        assert lost.code == "already-decided"
        assert f"Ada Kim 님이 {clock(case.decided_at)}에 이미 결정했습니다" in lost.text("ko")


def test_of_two_browsers_one_decides_and_the_other_is_told(app, session, race, hold) -> None:
    me = made.reviewer(name="Ada Kim")
    browsers = [people.signed_in(app.test_client(), me) for _ in range(2)]
    cases = _copies(session, WINDOWS, claimed_by=me.id)

    def sends(browser: FlaskClient, case_id: int, verdict: str):
        # The two windows share what is written: reasons would keep the other from approving.
        reason = {"reason": "value-missing", "path": ""} if verdict == "reject" else {}
        told = {"verdict": verdict, **reason}
        return lambda: browser.post(f"/review/cases/{case_id}/verdict", data=told)

    for number, case_id in enumerate(cases):
        verdict = ("approve", "reject")[number % 2]
        answers = race(*(sends(browser, case_id, verdict) for browser in browsers))
        assert sorted(answer.status_code for answer in answers) == [303, 409]
        [lost] = [answer for answer in answers if answer.status_code == 409]
        session.rollback()
        at = clock(session.get(ReviewCase, case_id).decided_at)
        assert f"Ada Kim 님이 {at}에 이미 결정했습니다" in lost.text


@pytest.fixture
def connections(session) -> Iterator[None]:
    """One for each of the team: a process has fewer, and would let them in one after the other."""
    engine = db.engine
    usual = engine.pool
    engine.pool = QueuePool(
        usual._creator,
        pool_size=TEAM + 1,
        max_overflow=0,
        dialect=engine.dialect,
        _dispatch=usual.dispatch,
    )
    yield
    session.rollback()
    engine.pool.dispose()
    engine.pool = usual


def test_twenty_who_ask_for_the_next_never_hold_the_same(session, race, hold, connections) -> None:
    team = [made.reviewer().id for _ in range(TEAM)]
    cases = _copies(session, 3 * TEAM)
    held: dict[int, int] = {}
    seen: Counter[int] = Counter()
    session.rollback()
    # Each in a transaction of their own before the first of them asks, and the time begins.
    ends: list[float] = []
    inside = threading.Barrier(TEAM, lambda: ends.append(time.monotonic() + SECONDS), timeout=60)

    def asks(who: int, first: bool) -> int | None:
        with unit_of_work():
            if first:
                db.session.execute(select(1))
                inside.wait()
            return claims.claim_next(who)

    def takes(who: int):
        def act() -> None:
            rounds = 0
            # Two at least: a slow machine may not have begun by then.
            while rounds < 2 or time.monotonic() < ends[0]:
                found = asks(who, first=not rounds)
                rounds += 1
                assert found is not None
                assert held.setdefault(found, who) == who, "two hold the same case"
                seen[found] += 1
                del held[found]
                with unit_of_work():
                    claims.release(found, who)

        return act

    assert race(*map(takes, team)) == [None] * TEAM
    assert seen.total() > TEAM and set(seen) <= set(cases)
    print(f"{TEAM} reviewers, {SECONDS:g} s: {seen.total()} claims of {len(seen)} cases")


def test_a_double_click_on_next_takes_one_case(session, race) -> None:
    me = made.reviewer().id
    _copies(session, 10)

    def act() -> int | None:
        with unit_of_work():
            return claims.claim_next(me)

    assert len(set(race(act, act, act))) == 1
    held = select(func.count()).where(ReviewCase.holder == me)
    assert session.scalar(held) == 1


def test_two_sweeps_at_once_apply_each_verdict_once(session, race, hold, monkeypatch) -> None:
    monkeypatch.setattr(sweep, "BUSY_SECONDS", 120)
    me = made.reviewer()
    ids = _copies(session, SWEPT, claimed_by=me.id)
    for case_id in ids:
        made.decide(case_id, me.id)
        made.release_now(case_id)
    listing_ids = list(session.scalars(select(ReviewCase.listing_id)))
    assert sum(race(sweep.apply_due, sweep.apply_due)) == SWEPT
    # The same case from two hands, whatever was taken.
    assert race(*(lambda: sweep.apply_one(ids[0]) for _ in range(2))) == [False, False]
    approved = select(func.count()).where(
        TimelineEntry.listing_id.in_(listing_ids), TimelineEntry.event == "approved"
    )
    assert session.scalar(approved) == SWEPT


def _ends_in(case_id: int, seconds: float) -> None:
    """Let the hold of its verdict be over so soon."""
    soon = func.clock_timestamp() + timedelta(seconds=seconds)
    held = update(ReviewCase).where(ReviewCase.id == case_id)
    db.session.execute(held.values(release_at=soon, not_before=soon))
    db.session.commit()


def _applies(case_id: int):
    """Tries again and again, until the hold is over or there is nothing more to apply."""

    def act() -> bool:
        while not sweep.apply_one(case_id):
            held = db.session.scalar(select(ReviewCase.verdict).where(ReviewCase.id == case_id))
            db.session.rollback()
            if held is None:
                return False
        return True

    return act


def _undoes(case_id: int, who: int):
    def act() -> str:
        with unit_of_work():
            actions.undo(case_id, who)
        return "undone"

    return act


def test_undo_against_apply_at_the_last_moment_ends_one_way_or_the_other(
    session, race, hold
) -> None:
    me_id = made.reviewer().id
    won: Counter[str] = Counter()
    ahead = 0.004
    for case_id in _copies(session, OTHERS, claimed_by=me_id):
        # A rejection has nothing to hand over: what is raced here is the same.
        made.decide(case_id, me_id, "reject")
        _ends_in(case_id, ahead)
        undone, applied = race(_undoes(case_id, me_id), _applies(case_id))
        session.rollback()
        case = session.get(ReviewCase, case_id)
        state = session.get(Version, case.version_id).state
        if undone == "undone":
            assert (applied, state) == (False, "submitted")
            assert (case.verdict, case.holder, case.applied_at) == (None, me_id, None)
        else:
            assert isinstance(undone, Conflict) and undone.code == "already-applied"
            assert (applied, state, case.verdict) == (True, "rejected", "reject")
            at = {clock(case.release_at), clock(case.applied_at)}
            assert any(f"{each}에 적용되어" in undone.text("ko") for each in at)
        won["undo" if undone == "undone" else "apply"] += 1
        # Whoever has just won has it harder: both come close to the moment, however fast they are.
        ahead *= 0.7 if undone == "undone" else 1.4
    assert set(won) == {"undo", "apply"}, won


def test_withdrawing_against_deciding_and_applying(session, race) -> None:
    me = made.reviewer()
    me_id = me.id
    for case_id in _copies(session, OTHERS, claimed_by=me_id):
        version_id = session.get(ReviewCase, case_id).version_id

        def withdraws(version_id: int = version_id) -> str:
            with unit_of_work():
                listings.withdraw(version_id, None)
            return "withdrawn"

        results = race(withdraws, _decides(case_id, me_id, "reject"))
        session.rollback()
        state = session.get(Version, version_id).state
        case = session.get(ReviewCase, case_id)
        assert case.closed_at is not None
        assert (case.applied_at is not None) == (state == "rejected")
        assert state == ("withdrawn" if results[0] == "withdrawn" else "rejected")
        for refused in (found for found in results if not isinstance(found, str)):
            assert isinstance(refused, Conflict)
        if isinstance(results[1], Conflict):
            at = clock(case.closed_at)
            assert f"The seller withdrew this at {at}." in results[1].text("en")
