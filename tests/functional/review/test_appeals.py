"""One appeal a rejection: by the seller, decided by somebody else, in effect once, and counted."""

from typing import Any

import pytest
from sqlalchemy import delete, func, select, update

from app.accounts.models import ReviewerQueue, Seller
from app.core.errors import Conflict, Forbidden, Invalid, Refusal
from app.core.unit_of_work import unit_of_work
from app.journey.auditing import queries as trail
from app.journey.auditing.models import AuditEntry
from app.journey.auditing.problem import Counts
from app.journey.auditing.verifying import problems
from app.journey.handoff.models import Delivery
from app.journey.notifying.queries import notices
from app.journey.review import actions, appealed, appeals, claims, sweep
from app.journey.review.expectation import expected
from app.journey.review.models import ReviewCase
from app.journey.review.queries import cases_of
from app.listings import actions as listings
from app.listings.models import Item, Listing, Offer, Version
from app.listings.queries import newest_version, reviewer_findings, timeline_of
from app.listings.remarks import remark_of
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made

REASON = {"code": "attribute-wrong", "path": "name.ko"}
OTHER = {"code": "category-wrong", "path": ""}
PAIRS, FEW = 6, 4


def _act(verb: Any, *args: Any, **named: Any) -> Any:
    with unit_of_work():
        return verb(*args, **named)


def _decide(case: ReviewCase, verdict: str, *reasons: dict[str, str], hold: int = 0) -> int:
    """Claim and decide by somebody of the queue who may; their number."""
    case_id, who = case.id, made.reviewer().id
    _act(claims.claim, case_id, who)
    _act(actions.decide, case_id, who, verdict, reasons, hold=hold)
    return who


def _owner(session: Any, listing: Listing) -> Any:
    return people.owner_of(session.get(Seller, listing.seller_id))


def _state(session: Any, case: ReviewCase) -> str:
    session.expire_all()
    return session.get(Version, case.version_id).state


def test_an_appeal_is_a_case_of_the_same_version_for_somebody_else(session) -> None:
    first = made.reviewer()
    case = made.appeal(made.rejected(first))
    rejection = session.get(ReviewCase, case.appeal_of)
    assert (case.kind, case.grounds, case.known_to) == ("appeal", made.GROUNDS, None)
    assert (case.version_id, case.queue) == (rejection.version_id, rejection.queue)
    assert case.barred == rejection.decided_by == first.id
    assert case.words == rejection.words and case.promised_at > case.created_at
    assert timeline_of(case.listing_id)[0].event == "appealed"
    practised = made.rejected(made.reviewer("practice"), practice=True)
    assert made.appeal(practised).queue == "practice"


def test_only_a_standing_rejection_is_appealed_and_on_grounds(session) -> None:
    def refused(listing: Listing, grounds: str = made.GROUNDS) -> str:
        with pytest.raises(Refusal) as found:
            made.appeal(listing, grounds)
        assert found.value.text("ko") != found.value.text("en")
        return found.value.code

    me = made.reviewer()
    listing = made.rejected(me)
    assert refused(listing, "  too short \x00 ") == "grounds-too-short"
    assert refused(listing, "x" * 2001) == "grounds-too-long"
    sent_back = session.get(Listing, made.decided(me, "request-changes").listing_id)
    assert refused(sent_back) == refused(make.draft()) == "not-rejected"
    made.resubmitted(listing)
    assert refused(listing) == "newer-submitted"
    # Taken back again, nothing newer is before anybody.
    _act(listings.withdraw, newest_version(listing.id).id, None)
    # A line break is one character, however a browser sends it.
    made.appeal(listing, "x\r\n" * 1000)
    assert refused(listing) == "already-appealed"
    away = made.rejected(me)
    _act(listings.retire_listing, away.id, None)
    assert refused(away) == "put-away"


@pytest.mark.parametrize(
    ("verdict", "reasons", "state", "step", "title"),
    [
        ("approve", (), "approved", "appeal-granted", "Appeal granted"),
        (
            "request-changes", (OTHER,), "changes_requested", "appeal-eased",
            "Changes requested on appeal",
        ),
        ("reject", (OTHER,), "rejected", "appeal-upheld", "Rejection upheld"),
    ],
)  # fmt: skip
def test_a_verdict_on_an_appeal_takes_effect(session, verdict, reasons, state, step, title) -> None:
    case = made.appealed()
    who = _decide(case, verdict, *reasons)
    assert _state(session, case) == state
    listing, version = session.get(Listing, case.listing_id), session.get(Version, case.version_id)
    assert [each.code for each in reviewer_findings(version)] == [r["code"] for r in reasons]
    assert timeline_of(listing.id)[0].event == step
    told = [each.title.en for each in notices(_owner(session, listing).id)]
    assert f"{title}: Onshelf Mugs" in told
    sold = [item.sale for item in listing.items]
    deliveries = session.scalar(
        select(func.count(Delivery.id)).where(Delivery.listing_id == listing.id)
    )
    assert (sold, deliveries > 0) == (
        (["on"], True) if verdict == "approve" else (["never"], False)
    )
    # One a rejection, however it ended.
    with pytest.raises(Conflict) as again:
        made.appeal(listing)
    assert again.value.code == "already-appealed"
    *_, appeal, claimed, decided, applied = trail.entries(listing.id)
    assert [e.event for e in (appeal, claimed, decided, applied)] == [
        "appealed", "claimed", "decided", "applied",
    ]  # fmt: skip
    assert (appeal.body["grounds"], appeal.body["against"]["case"]) == (
        made.GROUNDS, case.appeal_of,
    )  # fmt: skip
    assert (decided.body["case"], applied.who, applied.body["state"]) == (case.id, who, state)
    assert list(problems(Counts(), cases_of, listing.id)) == []


def test_an_appeal_is_granted_in_part(session) -> None:
    case = made.appealed(items=2)
    listing = session.get(Listing, case.listing_id)
    first, second = (item.id for item in listing.items)
    # What the refused one lacks by now keeps nothing from sale.
    session.execute(update(Offer).where(Offer.item_id == second).values(price=None))
    _decide(case, "approve-in-part", REASON | {"path": f"items.{second}"})
    assert _state(session, case) == "partly_approved"
    assert [session.get(Item, number).sale for number in (first, second)] == ["on", "never"]


def test_a_newer_draft_goes_on_and_what_was_mended_stays_mended(session) -> None:
    case = made.appealed()
    listing = session.get(Listing, case.listing_id)
    draft_id = make.edited(listing).id
    make.save(listing, {"name.ko": "상자 그대로의 이름을 쓴 머그컵"})
    _decide(case, "reject", REASON, OTHER)
    session.expire_all()
    draft = session.get(Version, draft_id)
    assert draft.state == "draft"
    mended, fresh = reviewer_findings(draft)
    assert (mended.code, fresh.code) == (REASON["code"], OTHER["code"])
    assert mended.cleared_at is not None and fresh.cleared_at is None


def test_granted_beside_a_newer_draft_the_older_text_goes_on_sale(session) -> None:
    """What an approval fixes, options and which items there are, is so in the draft as well."""
    listing = make.submitted(items=2)
    make.judge(listing, "reject")
    case = made.appeal(listing)
    first, second = listing.items
    sold = [make.part(listing, item).content["options"] for item in (first, second)]
    draft_id, second_id = make.edited(listing).id, second.id
    make.save(listing, {"options.colour": "다른 색", "gtin_reason": "Made by us"}, first)
    _act(listings.remove_item, draft_id, second_id, None)
    _decide(case, "approve")
    session.expire_all()
    assert {item.approved_version_id for item in listing.items} == {case.version_id}
    drafted = [make.part(listing, session.get(Item, each.id)).content for each in listing.items]
    assert [content["options"] for content in drafted] == sold
    assert drafted[0]["gtin_reason"] == "Made by us"
    _act(listings.submit, draft_id, None)
    assert session.get(Version, draft_id).state == "submitted"


@pytest.mark.parametrize("verdict", ["approve", "approve-in-part"])
def test_granted_without_a_price_it_goes_back_instead_of_on_sale(session, verdict) -> None:
    """Prices are of no version: the newer draft may have lost one. What is refused needs none."""
    listing = make.submitted(items=2)
    make.judge(listing, "reject")
    case = made.appeal(listing)
    make.edited(listing)
    sold, other = (item.id for item in listing.items)
    session.execute(update(Offer).where(Offer.item_id == other).values(price=None))
    session.commit()
    session.expire_all()
    in_part = verdict == "approve-in-part"
    refused = {"code": "value-missing", "path": f"items.{other}"}
    _decide(case, verdict, *([refused] if in_part else []))
    [reason] = reviewer_findings(session.get(Version, case.version_id))
    if in_part:
        assert (_state(session, case), reason.path) == ("partly_approved", refused["path"])
        assert timeline_of(listing.id)[0].event == "appeal-granted-in-part"
        assert [session.get(Item, n).sale for n in (sold, other)] == ["on", "never"]
        return
    assert _state(session, case) == "changes_requested"
    assert (reason.path, session.get(Item, other).sale) == (f"items.{other}.price", "never")
    assert remark_of(reason).label.en == "There is no price."


@pytest.mark.parametrize("hold", [None, 60])
def test_something_newer_ends_it_whether_decided_or_not(session, hold) -> None:
    case = made.appealed()
    case_id, listing = case.id, session.get(Listing, case.listing_id)
    if hold:
        _decide(case, "approve", hold=hold)
    made.resubmitted(listing)
    session.expire_all()
    assert case.closed_at is not None and case.applied_at is None
    steps = [entry.event for entry in timeline_of(listing.id)]
    assert "appeal-closed" in steps
    made.release_now(case_id) if hold else None
    assert not sweep.apply_one(case_id) and _state(session, case) == "rejected"
    closed = session.scalars(
        select(AuditEntry).where(
            AuditEntry.listing_id == listing.id, AuditEntry.event == "appeal-closed"
        )
    ).one()
    assert closed.body["why"] == "newer-submitted"
    with pytest.raises(Conflict) as late:
        _act(claims.claim, case_id, made.reviewer().id)
    assert late.value.code == ("already-decided" if hold else "appeal-closed")


def test_a_listing_put_away_or_of_another_category_is_not_approved(session, client) -> None:
    case = made.appealed()
    listing = session.get(Listing, case.listing_id)
    draft_id = make.edited(listing).id
    with pytest.raises(Conflict) as stays:
        _act(listings.change_category, draft_id, "t-shirts", None)
    assert stays.value.code == "appeal-waits"
    _act(listings.retire_listing, listing.id, None)
    session.expire_all()
    assert case.closed_at is not None
    assert timeline_of(listing.id)[0].event in ("appeal-put-away", "retired")
    page = people.signed_in(client, _owner(session, listing)).get(f"/listings/{listing.id}").text
    assert "이의 신청이 끝났습니다" in page and "더 새로운" not in page
    elsewhere = made.rejected()
    _act(listings.change_category, make.edited(elsewhere).id, "t-shirts", None)
    with pytest.raises(Conflict) as other:
        made.appeal(elsewhere)
    assert other.value.code == "other-category"


def test_who_rejected_decides_no_appeal_of_it(session, client) -> None:
    first, second = made.reviewer(name="김반려"), made.reviewer()
    case = made.appeal(made.rejected(first))
    case_id, first_id, second_id = case.id, first.id, second.id
    assert _act(claims.claim_next, first_id) is None
    for verb in (claims.claim, claims.take_over):
        with pytest.raises(Forbidden) as barred:
            _act(verb, case_id, first_id)
        assert barred.value.code == "own-verdict"
    with pytest.raises(Forbidden):
        _act(actions.decide, case_id, first_id, "approve")
    people.signed_in(client, first)
    english = {"Accept-Language": "en"}
    queue = client.get("/review?kind=appeal", headers=english).text
    assert "You rejected it: somebody else decides" in queue
    assert f'action="/review/cases/{case_id}/claim"' not in queue
    page = client.get(f"/review/cases/{case_id}", headers=english).text
    assert "You rejected what is appealed here" in page and 'value="approve"' not in page
    assert _act(claims.claim_next, second_id) == case_id


def test_the_case_of_an_appeal_begins_with_what_both_said(session, client) -> None:
    first, second = made.reviewer(name="김반려"), made.reviewer()
    case = made.case(claimed_by=first)
    case_id, first_id = case.id, first.id
    told = {**REASON, "note": "not on the box"}
    _act(actions.decide, case_id, first_id, "reject", [told], "to them", "for us")
    appeal = made.appeal(session.get(Listing, case.listing_id))
    people.signed_in(client, second)
    page = client.get(f"/review/cases/{appeal.id}", headers={"Accept-Language": "en"}).text
    top = page[: page.index('id="zone-pictures"')]
    for said in (made.GROUNDS, "김반려", "not on the box", "to them", "for us"):
        assert said in top


def test_a_seller_appeals_on_the_page_of_the_listing(session, client, submit) -> None:
    listing = made.rejected()
    people.signed_in(client, _owner(session, listing))
    url, english = f"/listings/{listing.id}", {"Accept-Language": "en"}
    assert "Appeal the rejection of version 1" in client.get(url, headers=english).text
    short = submit(url, f"{url}/appeal", grounds="no &lt;good")
    assert short.status_code == 422 and "no &amp;lt;good" in short.text
    assert submit(url, f"{url}/appeal", grounds=made.GROUNDS).status_code == 303
    page = client.get(url, headers=english).text
    assert "Your appeal waits for a reviewer. " in page and "It is next." in page
    assert "Send the appeal" not in page
    home = client.get("/home", headers=english).text
    assert "1 listing is with the reviewers" in home and "sent back" not in home
    assert f'href="{url}"' in client.get("/listings?view=review").text
    assert f'href="{url}"' not in client.get("/listings?view=yours").text
    twice = submit("/listings", f"{url}/appeal", grounds="written at length, and in vain")
    assert twice.status_code == 409 and "written at length, and in vain" in twice.text
    _act(listings.discard, make.edited(listing).id, None)
    assert "Your appeal waits for a reviewer. " in client.get(url, headers=english).text
    make.edited(listing)
    assert "Submitting this draft closes it." in client.get(url, headers=english).text
    assert "이 내용을 제출하면 이의 신청은 끝납니다." in client.get(f"{url}/draft").text
    _act(listings.submit, newest_version(listing.id).id, None)
    assert "was closed, since you submitted" in client.get(url, headers=english).text


def test_appeals_are_counted_by_queue_and_by_who_rejected(session, client) -> None:
    first = made.reviewer()
    for verdict, reasons in (("approve", ()), ("reject", (OTHER,))):
        _decide(made.appeal(made.rejected(first)), verdict, *reasons)
    made.appeal(made.rejected(first))
    expectation = appealed.Tally(decided=2, otherwise=1, waiting=1)
    assert appealed.tallies() == {made.queue(): expectation}
    assert appealed.tally_of(first.id) == expectation
    assert appealed.without_judge() == {}
    session.execute(delete(ReviewerQueue).where(ReviewerQueue.person_id != first.id))
    session.commit()
    people.signed_in(client, people.operator())
    english = {"Accept-Language": "en"}
    queues = client.get("/operator/queues", headers=english).text
    for said in ("2 decided in 90 days", "1 ended otherwise", "1 waits", "no reviewer of this"):
        assert said in queues
    assert (
        "2 decided in 90 days" in client.get(f"/operator/people/{first.id}", headers=english).text
    )


def test_what_an_appeal_may_take_is_told_from_appeals(session) -> None:
    case = made.appealed()
    told = expected(session.get(Listing, case.listing_id), session.get(Version, case.version_id))
    assert (told.ahead, told.half) == (0, None)


def test_of_two_clicks_one_appeals(session, race) -> None:
    listing_id = made.rejected().id

    def appeal() -> int:
        return _act(appeals.appeal, listing_id, None, made.GROUNDS)

    results = race(appeal, appeal)
    assert sum(isinstance(each, int) for each in results) == 1
    assert [each.code for each in results if isinstance(each, Refusal)] == ["already-appealed"]


def test_submitting_against_applying_ends_in_one_sane_state(session, race) -> None:
    """And neither in a deadlock nor in an error of the database, whoever comes first."""
    for _ in range(PAIRS):
        case = made.appealed()
        case_id, version_id, listing_id = case.id, case.version_id, case.listing_id
        draft_id = make.edited(session.get(Listing, listing_id)).id
        _decide(case, "approve", hold=60)
        made.release_now(case_id)

        def submits(version_id: int = draft_id) -> str:
            return str(_act(listings.submit, version_id, None).state)

        submitted, applied = race(submits, lambda case_id=case_id: sweep.apply_one(case_id))
        session.expire_all()
        case = session.get(ReviewCase, case_id)
        assert (submitted, case.closed_at is not None) == ("submitted", True)
        assert applied == (case.applied_at is not None)
        assert session.get(Version, version_id).state == ("approved" if applied else "rejected")
        # The hold that was ended by hand above, and nothing else.
        [moved] = problems(Counts(), cases_of, listing_id)
        assert moved.text.startswith(f"listing {listing_id}: case {case_id}: its verdict ")


def test_saving_against_applying_ticks_or_finds_the_reason_gone(session, race) -> None:
    for _ in range(FEW):
        case = made.appealed()
        case_id, listing = case.id, session.get(Listing, case.listing_id)
        make.edited(listing)
        part = make.part(listing)
        version_id, part_id, revision = part.version_id, part.id, part.revision
        _decide(case, "reject", REASON, hold=60)
        made.release_now(case_id)

        def saves(
            version_id: int = version_id, part_id: int = part_id, rev: int = revision
        ) -> bool:
            values = {"name.ko": "상자 그대로의 이름을 쓴 머그컵"}
            return bool(_act(listings.save_fields, version_id, part_id, values, rev, None).saved)

        assert race(saves, lambda case_id=case_id: sweep.apply_one(case_id)) == [True, True]
        session.expire_all()
        assert len(reviewer_findings(session.get(Version, case.version_id))) == 1


def test_revising_against_applying_both_go_through(session, race) -> None:
    for _ in range(FEW):
        case = made.appealed()
        case_id, listing_id = case.id, case.listing_id
        _decide(case, "approve", hold=60)
        made.release_now(case_id)

        def revises(listing_id: int = listing_id) -> str:
            return str(_act(listings.revise, listing_id, None).state)

        assert race(revises, lambda case_id=case_id: sweep.apply_one(case_id)) == ["draft", True]


def test_the_database_itself_holds_one_appeal_a_rejection(session) -> None:
    case = made.appealed()
    _decide(case, "reject", OTHER)
    with pytest.raises(Exception, match="uq_review_case_appeal_of"):
        session.execute(
            ReviewCase.__table__.insert().values(
                version_id=case.version_id, listing_id=case.listing_id, seller_id=case.seller_id,
                kind="appeal", queue=case.queue, promised_at=func.now(), grounds="once more",
                appeal_of=case.appeal_of, barred=case.barred,
            )
        )  # fmt: skip
    session.rollback()


def test_grounds_are_checked_before_anything_is_locked() -> None:
    with pytest.raises(Invalid):
        appeals.appeal(0, None, "")


def test_its_seller_finds_the_way_and_reads_again_what_they_wrote(session, client) -> None:
    listing = made.rejected(made.reviewer())
    seller, door = people.signed_in(client, _owner(session, listing)), f"/listings/{listing.id}"
    seller.set_cookie("language", "en")
    page = seller.get(door).text
    assert 'href="#appeal"' in page and 'id="appeal"' in page
    make.edited(listing)
    assert "what the reviewer asked for 1 is not changed yet" in seller.get(f"{door}/draft").text
    made.appeal(listing)
    page = seller.get(door).text
    assert 'href="#appeal"' not in page and made.GROUNDS in page
    assert "Your appeal waits for a reviewer. You may go on with the draft" in page
    assert "your appeal ends" in page, "where it can be put away"
    many = seller.get(f"/listings/many?act=retire&listing={listing.id}").text
    assert "Its appeal ends, too." in many
