"""Verdicts: held, undone, applied once; refused without a reason; by nobody of the company."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.core.errors import Conflict, Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, sweep
from app.journey.review.models import ReviewCase
from app.listings import actions as listings
from app.listings.models import Finding, Listing, Version
from app.taxonomy.models import CategoryNode
from tests.factories import review as made


def _state(session, case_id: int) -> str:
    return session.get(Version, session.get(ReviewCase, case_id).version_id).state


def test_a_held_verdict_is_applied_by_the_sweep_after_its_hold(session, hold, run_tasks) -> None:
    case_id = made.decided(made.reviewer()).id
    assert sweep.apply_due() == 0
    assert _state(session, case_id) == "submitted"
    made.release_now(case_id)
    assert sweep.apply_due() == 1
    assert _state(session, case_id) == "approved"
    assert sweep.apply_due() == 0


def test_practice_verdicts_take_effect_at_once(session, hold) -> None:
    case_id = made.decided(made.reviewer("practice"), practice=True).id
    assert _state(session, case_id) == "approved"


def test_an_undone_verdict_leaves_no_trace_but_the_words(session, hold) -> None:
    me = made.reviewer()
    case_id, me_id = made.decided(me, "reject").id, me.id
    with unit_of_work():
        actions.undo(case_id, me_id)
    case = session.get(ReviewCase, case_id)
    assert (case.verdict, case.reasons, case.holder) == (None, [], me_id)
    assert [reason["code"] for reason in case.draft["reasons"]] == ["attribute-wrong"]
    made.move(case_id, created_at=-1)
    assert sweep.apply_due() == 0


def test_what_is_applied_cannot_be_undone(session) -> None:
    me = made.reviewer()
    case_id, me_id = made.decided(me).id, me.id
    with pytest.raises(Conflict) as refused, unit_of_work():
        actions.undo(case_id, me_id)
    assert refused.value.code == "already-applied"


def test_a_colleague_cannot_undo(session, hold) -> None:
    me, other = made.reviewer(name="Ada Kim"), made.reviewer()
    case_id, other_id = made.decided(me).id, other.id
    with pytest.raises(Conflict) as refused, unit_of_work():
        actions.undo(case_id, other_id)
    assert "Ada Kim" in refused.value.text("en")


def test_a_refusal_needs_a_reason_and_an_approval_none(session) -> None:
    me = made.reviewer()
    case_id, me_id = made.case(claimed_by=me).id, me.id
    with pytest.raises(Invalid), unit_of_work():
        actions.decide(case_id, me_id, "reject")
    with pytest.raises(Invalid), unit_of_work():
        actions.decide(case_id, me_id, "approve", [{"code": "value-missing", "path": "brand"}])
    with pytest.raises(Invalid), unit_of_work():
        actions.decide(case_id, me_id, "reject", [{"code": "no-such", "path": ""}])
    assert session.get(ReviewCase, case_id).verdict is None


def test_the_seller_is_told_each_reason_in_its_own_words(session) -> None:
    case = made.decided(made.reviewer(), "request-changes")
    kept = session.query(Finding).filter_by(version_id=case.version_id, source="reviewer").one()
    assert kept.path == "name.ko"
    assert kept.params["remedy"]["ko"] and kept.params["message"]["en"]


def test_without_a_running_lease_nothing_is_decided(session) -> None:
    me = made.reviewer()
    case_id, me_id = made.case(claimed_by=me).id, me.id
    made.move(case_id, held_until=-3600)
    with pytest.raises(Conflict) as refused:
        made.decide(case_id, me_id)
    assert refused.value.code == "claim-over"


def test_withdrawal_closes_the_case_and_a_held_verdict_with_it(session, hold) -> None:
    case = made.decided(made.reviewer())
    case_id, version_id = case.id, case.version_id
    made.release_now(case_id)
    with unit_of_work():
        listings.withdraw(version_id, None)
    assert sweep.apply_due() == 0
    assert session.get(Version, version_id).state == "withdrawn"
    closed = session.get(ReviewCase, case_id)
    assert closed.closed_at and not closed.applied_at


def test_an_approval_in_a_category_retired_meanwhile_goes_back(session, hold) -> None:
    case_id = made.decided(made.reviewer()).id
    session.execute(
        text("UPDATE category SET retired_at = now() WHERE code = :code"), {"code": made.CATEGORY}
    )
    session.commit()
    assert session.get(CategoryNode, made.CATEGORY).retired_at
    made.release_now(case_id)
    assert sweep.apply_due() == 1
    assert _state(session, case_id) == "changes_requested"


def test_a_case_that_fails_does_not_stop_the_others(session, hold) -> None:
    me = made.reviewer()
    broken, sound = made.decided(me).id, made.decided(me).id
    # A version that somebody moved on by hand.
    session.execute(
        text("UPDATE version SET state = 'withdrawn' WHERE id = :id"),
        {"id": session.get(ReviewCase, broken).version_id},
    )
    session.commit()
    for case_id in (broken, sound):
        made.release_now(case_id)
    assert sweep.apply_due() == 1
    assert _state(session, sound) == "approved"
    put_off = session.get(ReviewCase, broken)
    assert put_off.attempts == 1 and put_off.applied_at is None
    assert sweep.apply_due() == 0, "it is put off, not tried again at once"


@pytest.mark.parametrize(
    "change",
    [
        "verdict = 'approve'",
        "applied_at = now(), closed_at = now()",
        "holder = NULL",
        "verdict = 'reject', decided_by = holder, decided_at = now(), release_at = now(),"
        " not_before = now(), holder = NULL, held_until = NULL",
    ],
    ids=["undated verdict", "applied undecided", "lease of nobody", "refused for nothing"],
)
def test_the_database_defends_the_workflow(session, change: str) -> None:
    case_id = made.case(claimed_by=made.reviewer()).id
    with pytest.raises(IntegrityError):
        session.execute(text(f"UPDATE review_case SET {change} WHERE id = {case_id}"))
    session.rollback()


def test_the_timeline_tells_each_step(session, hold) -> None:
    me = made.reviewer()
    case = made.decided(me)
    case_id, listing_id, me_id = case.id, case.listing_id, me.id
    with unit_of_work():
        actions.undo(case_id, me_id)
    made.decide(case_id, me_id)
    made.release_now(case_id)
    sweep.apply_due()
    from app.listings.queries import timeline_of

    events = [entry.event for entry in reversed(timeline_of(listing_id))]
    assert events == ["started", "submitted", "claimed", "decided", "undone", "decided", "approved"]
    assert session.get(Listing, listing_id)
