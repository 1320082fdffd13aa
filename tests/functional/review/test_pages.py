"""The desk as a browser without JavaScript sees it, in both languages."""

from datetime import UTC, datetime

import pytest
from flask.testing import FlaskClient

from app.core.unit_of_work import unit_of_work
from app.journey.review import claims
from app.journey.review.models import ReviewCase
from app.journey.review.reasons import REASONS
from app.listings.models import Listing, Version
from app.listings.queries import newest_version, product_content
from tests.factories import people
from tests.factories import review as made
from tests.factories.listings import picture


@pytest.fixture(params=["ko", "en"])
def language(request: pytest.FixtureRequest, client: FlaskClient) -> str:
    client.set_cookie("language", request.param)
    return request.param


def test_the_queue_shows_what_waits(session, client, language) -> None:
    me = made.reviewer()
    made.case()
    answer = people.signed_in(client, me).get("/review")
    assert answer.status_code == 200
    assert ("다음 건 맡기" if language == "ko" else "Claim next") in answer.text
    assert ("온셸프 " if language == "ko" else "Onshelf ") in answer.text.split("<table")[1]


def test_an_empty_queue_says_so(session, client, language) -> None:
    answer = people.signed_in(client, made.reviewer()).get("/review")
    assert ("기다리는 건이 없습니다" if language == "ko" else "Nothing is waiting") in answer.text


def test_the_newest_held_verdict_lies_over_a_case_and_the_queue_has_all(
    session, client, language, hold
) -> None:
    me = made.reviewer()
    held = [made.decided(me).id for _ in range(5)]
    case_id = made.case().id
    people.signed_in(client, me)
    case, queue = client.get(f"/review/cases/{case_id}").text, client.get("/review").text
    assert [case.count(f"/review/cases/{each}/undo") for each in held] == [0, 0, 0, 0, 1]
    assert ("대기열에서 되돌릴" if language == "ko" else "undone in the queue") in case
    assert all(f"/review/cases/{each}/undo" in queue for each in held)


def test_claim_read_pin_reject_and_undo(session, client, language, hold) -> None:
    me = made.reviewer()
    case = made.case()
    case_id = case.id
    people.signed_in(client, me)
    went = client.post("/review/claims")
    assert went.status_code == 303 and went.location.endswith(f"/review/cases/{case_id}")
    page = client.get(went.location)
    assert page.status_code == 200
    assert "2026" in page.text and "02-1234-5678" in page.text
    refused = client.post(
        f"/review/cases/{case_id}/verdict", data={"verdict": "reject", "note": "다시 봐 주세요"}
    )
    assert refused.status_code == 422 and "다시 봐 주세요" in refused.text
    added = client.post(
        f"/review/cases/{case_id}/draft",
        data={"add": "1", "reason": "name-promotion", "path": "name.ko", "reason-note": "특가"},
    )
    assert added.status_code == 303
    assert "특가" in client.get(f"/review/cases/{case_id}").text
    decided = client.post(f"/review/cases/{case_id}/verdict", data={"verdict": "reject"})
    assert decided.status_code == 303 and decided.location.endswith("/review")
    assert f"/review/cases/{case_id}/undo" in client.get("/review").text
    undone = client.post(f"/review/cases/{case_id}/undo")
    assert undone.status_code == 303
    assert "특가" in client.get(undone.location).text
    assert session.get(ReviewCase, case_id).verdict is None


def test_a_reason_chosen_but_not_added_goes_with_the_verdict(session, client) -> None:
    me = made.reviewer()
    case = made.case(claimed_by=me)
    people.signed_in(client, me).post(
        f"/review/cases/{case.id}/verdict",
        data={"verdict": "request-changes", "reason": "value-missing", "path": "brand"},
    )
    kept = session.get(ReviewCase, case.id)
    assert [reason["path"] for reason in kept.reasons] == ["brand"]
    assert session.get(Version, kept.version_id).state == "changes_requested"


def test_deciding_goes_on_with_the_next_case(session, client) -> None:
    me = made.reviewer()
    first, second = made.case(claimed_by=me).id, made.case().id
    went = people.signed_in(client, me).post(
        f"/review/cases/{first}/verdict", data={"verdict": "approve", "next": "1"}
    )
    assert went.location.endswith(f"/review/cases/{second}")
    assert session.get(Version, session.get(ReviewCase, first).version_id).state == "approved"


def test_a_resubmission_shows_old_and_new_first(session, client, language) -> None:
    me = made.reviewer()
    returned = made.decided(me, "request-changes")
    made.resubmitted(session.get(Listing, returned.listing_id), brand="새 상표")
    again = made.case_of(session.get(Listing, returned.listing_id))
    page = people.signed_in(client, me).get(f"/review/cases/{again.id}").text
    assert "<del>온셸프</del>" in page and "<ins>새 상표</ins>" in page


def test_the_loser_of_a_verdict_keeps_what_was_typed(session, client, language) -> None:
    late, other = made.reviewer(), made.reviewer(name="Ada Kim")
    case_id = made.case(claimed_by=late).id
    made.move(case_id, held_until=-3600)
    with unit_of_work():
        claims.claim(case_id, other.id)
    answer = people.signed_in(client, late).post(
        f"/review/cases/{case_id}/verdict", data={"verdict": "approve", "note": "좋은 상품"}
    )
    assert answer.status_code == 409
    assert "Ada Kim" in answer.text and "좋은 상품" in answer.text


def test_autosave_answers_the_lease_alone(session, client) -> None:
    me = made.reviewer()
    case_id = made.case(claimed_by=me).id
    people.signed_in(client, me)
    headers = {"HX-Request": "true", "HX-Request-Type": "partial"}
    answer = client.post(
        f"/review/cases/{case_id}/draft",
        data={"autosave": "1", "note": "여백", "reason": "value-missing", "path": ""},
        headers=headers,
    )
    assert answer.status_code == 200
    assert answer.text.strip().startswith('<span id="lease"')
    assert session.get(ReviewCase, case_id).draft["reasons"] == []
    pinned = client.post(
        f"/review/cases/{case_id}/draft",
        data={"add": "1", "reason": "value-missing", "path": ""},
        headers=headers,
    )
    assert 'id="pins"' in pinned.text and "<html" not in pinned.text


def test_a_colleague_sees_the_case_but_no_buttons(session, client, language) -> None:
    case = made.case(claimed_by=made.reviewer(name="Ada Kim"))
    page = people.signed_in(client, made.reviewer()).get(f"/review/cases/{case.id}").text
    assert "Ada Kim" in page
    assert 'value="approve"' not in page


def test_only_reviewers_of_the_queue_come_in(session, client) -> None:
    case = made.case()
    seller = people.owner_of(session.get(Listing, case.listing_id) and people.seller())
    assert client.get("/review").status_code == 303
    assert people.signed_in(client, seller).get("/review").status_code == 404
    stranger = made.reviewer("no-such-queue")
    assert people.signed_in(client, stranger).get(f"/review/cases/{case.id}").status_code == 404


def test_staff_of_the_company_are_told_that_others_decide(session, client, language) -> None:
    from app.accounts import actions as accounts

    me, company = made.reviewer(), people.seller()
    accounts.join(me.id, company.id, "member")
    case = made.case(seller=company)
    people.signed_in(client, me)
    page = client.get(f"/review/cases/{case.id}")
    said = "소속된 판매자의 상품은" if language == "ko" else "You belong to this seller"
    assert page.status_code == 403 and said in page.text


def test_a_reason_cannot_be_pinned_to_what_is_not_in_the_listing(session, client) -> None:
    me = made.reviewer()
    case_id = made.case(claimed_by=me).id
    other = made.submitted().items[0].id
    people.signed_in(client, me)
    nowhere = ("items.999999.price", "items.x.price", "pictures.999999", f"items.{other}.price")
    for path in nowhere:
        # Whether the place is there is asked of every reason alike.
        reason = next(reason.code for reason in REASONS if reason.fits(path))
        told = {"verdict": "reject", "reason": reason, "path": path}
        answer = client.post(f"/review/cases/{case_id}/verdict", data=told)
        assert answer.status_code == 422, path
    assert session.get(ReviewCase, case_id).verdict is None


def test_claiming_again_keeps_what_was_written_since_the_claim_ended(session, client) -> None:
    me = made.reviewer()
    case = made.case(claimed_by=me)
    case_id = case.id
    case.held_until = datetime(2020, 1, 1, tzinfo=UTC)
    session.commit()
    people.signed_in(client, me)
    again = client.post(f"/review/cases/{case_id}/claim", data={"note": "마지막 말"})
    assert again.status_code == 303
    page = client.get(again.location)
    assert "마지막 말" in page.text and 'data-standing="mine"' in page.text


def test_a_longer_text_shows_what_changed_within_it(session, client, language) -> None:
    me = made.reviewer()
    listing = session.get(Listing, made.decided(me, "request-changes").listing_id)
    text = product_content(newest_version(listing.id))["description"]["ko"]
    made.resubmitted(listing, description={"ko": f"{text} 새로 판매합니다."})
    page = people.signed_in(client, me).get(f"/review/cases/{made.case_of(listing).id}").text
    changed = page.split('id="changes"')[1].split("</dl>")[0]
    assert "<ins>새로 판매합니다.</ins>" in changed and "<del>" not in changed


def test_pictures_stand_before_and_after(session, client, language) -> None:
    me = made.reviewer()
    listing = session.get(Listing, made.decided(me, "request-changes").listing_id)
    old = product_content(newest_version(listing.id))["pictures"]
    fresh = picture(listing).id
    session.commit()
    made.resubmitted(listing, pictures=[fresh, *old])
    page = people.signed_in(client, me).get(f"/review/cases/{made.case_of(listing).id}").text
    before, now = page.split('class="galleries"')[1].split("</dd>")[0].split("</ol>")[:2]
    assert before.count("<li") == 1 and "<ins>" not in before
    assert now.count("<li") == 2 and now.count("<ins>") == 1 and f"pictures.{fresh}" in now
    assert ("바뀐 1" if language == "ko" else "Changed 1 of") in page


def test_what_the_shopper_will_see_is_folded_into_the_case(session, client, language) -> None:
    me = made.reviewer()
    case = made.case(claimed_by=me)
    page = people.signed_in(client, me).get(f"/review/cases/{case.id}").text
    fold = page.split('id="shopper-view"')[1].split("</details>")[0]
    address = f"/review/cases/{case.id}/shopper"
    assert not fold.startswith(" open") and f'href="{address}"' in fold
    name = "온셸프 머그컵" if language == "ko" else "Onshelf Mugs"
    for headers in ({}, {"HX-Request": "true", "HX-Request-Type": "partial"}):
        shown = client.get(address, headers=headers).text
        assert ("<title>" in shown) is (not headers)
        assert "shopper-phone" in shown and name in shown.split("<h2")[1]
