"""The lease: who has a case, for how long, and what others are told."""

import pytest

from app.core.errors import Conflict, Forbidden, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.review import claims, drafts
from app.journey.review.models import ReviewCase
from app.listings.models import Listing
from tests.factories import people
from tests.factories import review as made


def test_submission_opens_a_case_in_the_queue_of_its_category(session) -> None:
    case = made.case()
    assert (case.queue, case.kind) == (made.queue(), "review")
    assert case.promised_at > case.created_at


def test_practice_listings_have_a_queue_of_their_own(session) -> None:
    assert made.case(practice=True).queue == "practice"


def test_a_claim_keeps_others_off_and_says_who_and_until_when(session) -> None:
    mine, other = made.reviewer(name="김심사"), made.reviewer()
    case = made.case(claimed_by=mine)
    with pytest.raises(Conflict) as refused, unit_of_work():
        claims.claim(case.id, other.id)
    assert refused.value.code == "claimed"
    assert "김심사" in refused.value.text("ko")


def test_a_lease_that_ran_out_can_be_taken_over_and_not_renewed(session) -> None:
    late, other = made.reviewer(), made.reviewer()
    case = made.case(claimed_by=late)
    case_id, late_id, other_id = case.id, late.id, other.id
    made.move(case_id, held_until=-3600)
    with pytest.raises(Conflict) as refused, unit_of_work():
        claims.renew(case_id, late_id)
    assert refused.value.code == "claim-over"
    with unit_of_work():
        claims.claim(case_id, other_id)
    assert session.get(ReviewCase, case_id).holder == other_id


def test_renewing_starts_the_lease_afresh(session) -> None:
    me = made.reviewer()
    case = made.case(claimed_by=me)
    made.move(case.id, held_until=-300)
    before = session.get(ReviewCase, case.id).held_until
    with unit_of_work():
        claims.renew(case.id, me.id)
    assert session.get(ReviewCase, case.id).held_until > before


def test_words_outlive_the_lease_until_somebody_else_claims(session) -> None:
    late, other = made.reviewer(), made.reviewer()
    case = made.case(claimed_by=late)
    case_id, late_id, other_id = case.id, late.id, other.id
    with unit_of_work():
        drafts.write(case_id, late_id, note="상자가")
    made.move(case_id, held_until=-3600)
    with unit_of_work():
        drafts.write(case_id, late_id, note="상자가 다릅니다")
    assert session.get(ReviewCase, case_id).draft["note"] == "상자가 다릅니다"
    with unit_of_work():
        claims.claim(case_id, other_id)
    with pytest.raises(Conflict), unit_of_work():
        drafts.write(case_id, late_id, note="늦음")
    assert session.get(ReviewCase, case_id).draft["note"] == "상자가 다릅니다"


def test_released_cases_are_free_again_and_keep_their_words(session) -> None:
    me, other = made.reviewer(), made.reviewer()
    case_id = made.case(claimed_by=me).id
    with unit_of_work():
        drafts.write(case_id, me.id, inside_note="다시 볼 것")
        claims.release(case_id, me.id)
    with unit_of_work():
        assert claims.claim_next(other.id) == case_id
    assert session.get(ReviewCase, case_id).draft["inside_note"] == "다시 볼 것"


def test_next_is_the_oldest_promise_of_ones_queues(session) -> None:
    me = made.reviewer()
    first, second = made.case().id, made.case().id
    made.move(second, promised_at=-7200)
    other_queue = made.reviewer("no-such-queue")
    with unit_of_work():
        assert claims.claim_next(other_queue.id) is None
    with unit_of_work():
        assert claims.claim_next(me.id) == second
    with unit_of_work():
        assert claims.claim_next(me.id) == second, "a case in hand comes before another"
    with unit_of_work():
        claims.release(second, me.id)
        claims.claim(first, me.id)


def test_a_returned_listing_comes_first_to_the_reviewer_who_knows_it(session) -> None:
    knows, other = made.reviewer(), made.reviewer()
    returned = made.decided(knows, "request-changes")
    listing = returned.listing_id
    older = made.case().id
    made.move(older, promised_at=-7200)
    made.resubmitted(session.get(Listing, listing))
    again = made.case_of(session.get(Listing, listing))
    assert (again.kind, again.known_to) == ("second", knows.id)
    again_id, knows_id, other_id = again.id, knows.id, other.id
    with unit_of_work():
        assert claims.claim_next(knows_id) == again_id
    with unit_of_work():
        assert claims.claim_next(other_id) == older


def test_nobody_takes_a_case_of_their_own_company(session) -> None:
    me = made.reviewer()
    company = people.seller()
    from app.accounts import actions as accounts

    accounts.join(me.id, company.id, "member")
    case_id, me_id = made.case(seller=company).id, me.id
    with pytest.raises(Forbidden), unit_of_work():
        claims.claim(case_id, me_id)
    with unit_of_work():
        assert claims.claim_next(me_id) is None


def test_cases_of_other_queues_are_not_there(session) -> None:
    stranger = made.reviewer("no-such-queue")
    case_id = made.case().id
    with pytest.raises(NotFound), unit_of_work():
        claims.claim(case_id, stranger.id)


def test_nobody_is_said_to_have_a_case_whose_lease_is_over(session) -> None:
    late, other = made.reviewer(name="김심사"), made.reviewer()
    case_id, other_id = made.case(claimed_by=late).id, other.id
    made.move(case_id, held_until=-3600)
    with pytest.raises(Conflict) as refused, unit_of_work():
        claims.renew(case_id, other_id)
    assert refused.value.code == "claim-over"
    assert "김심사" not in refused.value.text("ko")


def test_next_keeps_to_the_queues_and_the_kind_that_are_asked_for(session) -> None:
    me = made.reviewer(made.queue(), "food")
    me_id = me.id
    oldest = made.case().id
    appeal, food = made.appealed().id, made.case().id
    made.move(oldest, promised_at=-7200)
    session.get(ReviewCase, food).queue = "food"
    session.commit()

    def taken(**asked: object) -> int | None:
        with unit_of_work():
            found = claims.claim_next(me_id, **asked)
        if found:
            with unit_of_work():
                claims.release(found, me_id)
        return found

    assert taken() == oldest
    assert taken(kind="appeal") == appeal
    assert taken(of_queues=["food"]) == food
    assert taken(of_queues=["food"], kind="appeal") is None
    assert taken(of_queues=["apparel"]) is None, "not of a queue of others"


def test_what_came_back_is_first_within_what_is_asked_for_alone(session) -> None:
    me = made.reviewer()
    returned = made.decided(me, "request-changes")
    made.resubmitted(session.get(Listing, returned.listing_id))
    known = made.case_of(session.get(Listing, returned.listing_id)).id
    fresh, me_id = made.case().id, me.id
    with unit_of_work():
        assert claims.claim_next(me_id, kind="review") == fresh
    with unit_of_work():
        claims.release(fresh, me_id)
        assert claims.claim_next(me_id, kind="second") == known
