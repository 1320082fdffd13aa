"""Where the rule behind a reason can be read: told with the remedy, as it was when decided."""

import re
from typing import Any

import pytest

from app.accounts.models import Seller
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, drafts
from app.journey.review.reasons import reason
from app.listings.models import Finding, Listing
from tests.factories import people
from tests.factories import review as made
from tests.factories.listings import edited

LAW = reason("notice-incomplete")
PINS = [
    {"code": "notice-incomplete", "path": "notice.class"},
    {"code": "value-missing", "path": "brand"},
]


def _links(page: str) -> list[str]:
    return re.findall(r'<a class="rule-link".*?</a>', page, re.S)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_seller_reads_it_with_the_remedy(session: Any, client, language) -> None:
    client.set_cookie("language", language)
    case = made.case(claimed_by=made.reviewer())
    case_id, who, listing_id = case.id, case.holder, case.listing_id
    with unit_of_work():
        actions.decide(case_id, who, "reject", PINS)
    listing = session.get(Listing, listing_id)
    seller = people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    pages = [seller.get(f"/listings/{listing_id}").text]
    edited(listing)
    pages.append(seller.get(f"/listings/{listing_id}/draft").text)
    said = "규정 읽기(law.go.kr)" if language == "ko" else "Read the rule (law.go.kr)"
    # In the draft beside the field and in the checklist.
    for page, count in zip(pages, (1, 2), strict=True):
        found = _links(page)
        assert len(found) == count and all(said in link for link in found)
        assert 'target="_blank" rel="noopener noreferrer"' in found[0]
        assert ("다른 사이트" if language == "ko" else "another site") in found[0]


def test_a_verdict_keeps_the_link_it_was_told_with(session, client) -> None:
    case = made.case(claimed_by=made.reviewer())
    case_id, who, listing_id = case.id, case.holder, case.listing_id
    with unit_of_work():
        actions.decide(case_id, who, "reject", PINS)
    findings = session.query(Finding).filter_by(source="reviewer").order_by(Finding.id).all()
    assert LAW and [finding.params.get("link") for finding in findings] == [LAW.link, None]
    # One of before there were links, and one that leads nowhere we send anybody.
    findings[0].params = {**findings[0].params, "link": "http://example.org"}
    session.commit()
    listing = session.get(Listing, listing_id)
    seller = people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    assert _links(seller.get(f"/listings/{listing_id}").text) == []


def test_the_reviewer_reads_it_with_the_pinned_reason(session, client) -> None:
    me = made.reviewer()
    case_id, me_id = made.case(claimed_by=me).id, me.id
    with unit_of_work():
        for pin in PINS:
            drafts.write(case_id, me_id, add=pin | {"note": "", "item": None})
    client.set_cookie("language", "en")
    assert len(_links(people.signed_in(client, me).get(f"/review/cases/{case_id}").text)) == 1
