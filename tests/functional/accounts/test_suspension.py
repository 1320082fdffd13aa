"""A company is suspended and let go: what it sells, what it submitted, and nothing in between."""

import pytest
from sqlalchemy import func, select, update

from app.accounts import actions as accounts
from app.accounts import suspending
from app.accounts.models import Person, Seller
from app.core.errors import Conflict, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import actions as telling
from app.journey.handoff.models import RECALL, Delivery
from app.journey.notifying.models import Notification
from app.journey.review import actions, claims, sweep
from app.journey.review.models import ReviewCase
from app.journey.review.queries import Chosen, queue_page
from app.listings import actions as listings
from app.listings.models import Item, Listing
from app.listings.queries import newest_version
from tests.factories import handoff, people, review
from tests.factories import listings as make


@pytest.fixture
def operator(session) -> Person:
    made = people.operator(name="한도윤")
    session.commit()
    return made


@pytest.fixture
def suspend(operator):
    who = operator.id

    def suspend(seller_id: int, reason: str = "counterfeit", note: str = "") -> None:
        with unit_of_work():
            suspending.suspend(seller_id, reason, note, who)

    return suspend


@pytest.fixture
def lift(operator):
    who = operator.id

    def lift(seller_id: int) -> None:
        with unit_of_work():
            suspending.lift(seller_id, "", who)

    return lift


def sales(session, seller_id: int) -> list[str]:
    session.expire_all()
    return list(
        session.scalars(select(Item.sale).where(Item.seller_id == seller_id).order_by(Item.id))
    )


def test_what_sells_is_recalled_first_and_only_that_comes_back(session, suspend, lift):
    listing = handoff.approved_listing(items=4)
    seller_id, listing_id = listing.seller_id, listing.id
    ids = [item.id for item in listing.items]
    session.commit()
    for item_id, action in ((ids[1], "pause"), (ids[2], "recall")):
        with unit_of_work():
            listings.change_sale(listing_id, [item_id], action, None)

    suspend(seller_id)
    assert sales(session, seller_id) == ["recalled", "paused", "recalled", "recalled"]
    newest = select(Delivery).order_by(Delivery.id.desc()).limit(1)
    assert session.scalars(newest).one().urgency == RECALL
    for item_id in ids[:3]:
        with pytest.raises(Conflict, match="company-suspended"), unit_of_work():
            listings.change_sale(listing_id, [item_id], "resume", None)
    with unit_of_work():
        listings.change_sale(listing_id, [ids[3]], "retire", None)

    lift(seller_id)
    assert sales(session, seller_id) == ["on", "paused", "recalled", "retired"]
    (told,) = suspending.suspensions_of(seller_id)
    assert (told.items_recalled, told.items_restored) == (2, 1)


def test_all_that_a_company_has_is_recalled_however_much(session, suspend, run_tasks, monkeypatch):
    monkeypatch.setattr(telling, "TOGETHER", 2)
    made = [handoff.approved_listing(items=3, practice=no == 1) for no in range(3)]
    seller_id = made[0].seller_id
    expected = {(item.id, each.id, each.practice) for each in made for item in each.items}
    for rows in (Listing, Item):
        session.execute(update(rows).values(seller_id=seller_id))
    session.commit()
    run_tasks()

    suspend(seller_id)
    session.expire_all()
    told = session.scalars(select(Delivery).filter_by(subject="sale")).all()
    for target in ("catalogue", "orders"):
        opened = [one for one in told if one.target == target]
        assert len(opened) == len(expected)
        assert {(one.subject_id, one.listing_id, one.practice) for one in opened} == expected
    assert sorted(run_tasks()).count("handoff.send") == 2, "one ring for each target"


def test_a_second_suspension_gives_back_what_it_took_itself(session, suspend, lift):
    listing = handoff.approved_listing(items=1)
    seller_id = listing.seller_id
    session.commit()
    suspend(seller_id)
    with pytest.raises(Conflict, match="already-suspended"):
        suspend(seller_id)
    lift(seller_id)
    with pytest.raises(Conflict, match="not-suspended"):
        lift(seller_id)
    suspend(seller_id)
    lift(seller_id)
    assert sales(session, seller_id) == ["on"]


def test_waiting_cases_leave_the_queue_and_come_back_to_their_place(session, suspend, lift):
    who = review.reviewer().id
    first, second = review.case(), review.case()
    first_id, second_id, seller_id = first.id, second.id, first.seller_id
    queue = Chosen([review.queue()], state="all")
    with unit_of_work():
        claims.claim(first_id, who)

    suspend(seller_id)
    assert [line.case.id for line in queue_page(queue).lines] == [second_id]
    assert session.get(ReviewCase, first_id).holder is None
    with pytest.raises(Conflict, match="seller-suspended"), unit_of_work():
        claims.claim(first_id, who)
    with pytest.raises(Conflict, match="seller-suspended"):
        review.decide(first_id, who)
    with unit_of_work():
        assert claims.claim_next(who) == second_id

    lift(seller_id)
    session.expire_all()
    assert [line.case.id for line in queue_page(queue).lines] == [first_id, second_id]


def test_a_held_verdict_waits_for_the_end_of_the_suspension(session, suspend, lift):
    who = review.reviewer()
    case = review.case(claimed_by=who)
    case_id, seller_id, who_id = case.id, case.seller_id, who.id
    with unit_of_work():
        actions.decide(case_id, who_id, "approve", hold=60)
    suspend(seller_id)
    review.release_now(case_id)
    assert sweep.apply_due() == 0
    assert sweep.apply_one(case_id) is False
    assert sales(session, seller_id) == ["never"]
    lift(seller_id)
    assert sweep.apply_due() == 1
    assert sales(session, seller_id) == ["on"]


def test_a_disabled_reviewers_verdict_stands_and_their_claims_go_back(session):
    who = review.reviewer()
    held, claimed = review.case(claimed_by=who), review.case(claimed_by=who)
    held_id, claimed_id, who_id = held.id, claimed.id, who.id
    with unit_of_work():
        actions.decide(held_id, who_id, "approve", hold=60)
    with unit_of_work():
        accounts.disable(session.get_one(Person, who_id))
    review.release_now(held_id)
    assert sweep.apply_due() == 1
    session.expire_all()
    assert session.get(ReviewCase, held_id).applied_at is not None
    with unit_of_work():
        assert claims.claim_next(review.reviewer().id) == claimed_id


RACES = 3


def test_nothing_slips_through_while_it_happens(session, suspend, operator, race):
    """A suspension against a submission, a resumption and a verdict, at the same moment."""
    who = operator.id
    for _ in range(RACES):
        seller = people.seller()
        draft, live = make.draft(seller), make.approved(seller)
        waiting = review.case(claimed_by=(judge := review.reviewer()), seller=seller)
        seller_id, version_id = seller.id, newest_version(draft.id).id
        live_id, item_id, case_id = live.id, make.first_item(live).id, waiting.id
        judge_id = judge.id
        with unit_of_work():
            listings.change_sale(live_id, [item_id], "pause", None)

        def submit(version_id=version_id):
            with unit_of_work():
                listings.submit(version_id, None)

        def resume(live_id=live_id, item_id=item_id):
            with unit_of_work():
                listings.change_sale(live_id, [item_id], "resume", None)

        def decide(case_id=case_id, judge_id=judge_id):
            # Held for no time: it is applied at once.
            review.decide(case_id, judge_id)

        def stop(seller_id=seller_id):
            with unit_of_work():
                suspending.suspend(seller_id, "counterfeit", "", who)

        results = race(submit, resume, decide, stop)
        assert results[3] is None, results
        assert all(r is None or isinstance(r, Refusal) for r in results), results
        assert "on" not in sales(session, seller_id)
        queue = Chosen([review.queue()], state="all")
        shown = {line.case.seller_id for line in queue_page(queue).lines}
        assert seller_id not in shown
        free = select(func.count()).select_from(ReviewCase)
        mine = ReviewCase.seller_id == seller_id, ReviewCase.closed_at.is_(None)
        assert session.scalar(free.where(*mine, ~ReviewCase.suspended)) == 0


@pytest.fixture
def pages(app, client, operator):
    """An operator's client, and one of the company's owner."""
    seller = people.seller("바다상회")
    listing = make.live(seller, category="t-shirts")
    make.draft(seller)
    theirs = people.signed_in(app.test_client(), people.owner_of(seller))
    return people.signed_in(client, operator), theirs, seller.id, listing.id


def test_the_operators_page_asks_for_a_reason_and_keeps_what_was_typed(pages):
    operator, theirs, seller_id, _listing_id = pages
    address = f"/operator/companies/{seller_id}/suspension"
    asked = operator.get(address, headers={"Accept-Language": "en"}).text
    assert "1 item on sale is recalled" in asked and "not known" in asked
    for sent, said in [
        ({"reason": "", "note": "a note of mine"}, "Choose a reason"),
        ({"reason": "other", "note": ""}, "needs a note"),
        ({"reason": "other", "note": "x" * 1001}, "1,001 characters"),
    ]:
        answer = operator.post(address, data=sent, headers={"Accept-Language": "en"})
        assert answer.status_code == 422 and said in answer.text
        assert sent["note"][:20] in answer.text
    assert "정지" not in theirs.get("/home").text


def test_the_seller_reads_why_on_every_page_and_by_mail(session, pages):
    operator, theirs, seller_id, listing_id = pages
    address = f"/operator/companies/{seller_id}/suspension"
    sent = {"reason": "counterfeit", "note": "3월 5일자 신고 <b>"}
    assert operator.post(address, data=sent).status_code == 303
    assert operator.post(address, data=sent).status_code == 409
    for path in ("/home", "/listings", f"/listings/{listing_id}", "/company", "/account"):
        page = theirs.get(path).text
        assert "회사의 판매가 정지되었습니다" in page and "3월 5일자 신고 &lt;b&gt;" in page, path
    history = operator.get(f"/operator/companies/{seller_id}").text
    assert "상표권" in history and "한도윤" in history
    assert "한도윤" not in theirs.get("/home").text

    assert operator.post(f"{address}/lifting", data={"note": "확인됨"}).status_code == 303
    assert "정지되었습니다" not in theirs.get("/home").text
    assert "확인됨" in operator.get(f"/operator/companies/{seller_id}").text
    codes = session.scalars(select(Notification.code).order_by(Notification.id)).all()
    assert codes[-2:] == ["company-suspended", "suspension-lifted"]
    letters = session.scalars(select(Notification.mail_state)).all()
    assert letters[-2:] == ["waiting", "waiting"]


def test_a_draft_is_saved_and_its_submission_answered_with_the_reason(session, pages, suspend):
    _operator, theirs, seller_id, _listing_id = pages
    draft = make.draft(session.get_one(Seller, seller_id))
    draft_id = draft.id
    suspend(seller_id)
    page = theirs.post(f"/listings/{draft_id}/submission", headers={"Accept-Language": "en"})
    assert page.status_code == 409 and "Your company is suspended, so" in page.text
    session.expire_all()
    assert newest_version(draft_id).state == "draft"


def test_what_waits_says_so_and_nothing_is_offered_that_cannot_be_done(session, pages, suspend):
    _operator, theirs, seller_id, listing_id = pages
    waiting_id = make.submitted(session.get_one(Seller, seller_id)).id
    suspend(seller_id)
    theirs.set_cookie("language", "en")
    assert "until the suspension is lifted" in theirs.get(f"/listings/{waiting_id}").text
    assert "Resume sale" not in theirs.get(f"/listings/{listing_id}").text
    form = {"action": "resume"}
    assert theirs.post(f"/listings/{listing_id}/sale", data=form).status_code == 409
