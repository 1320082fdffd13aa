"""What the listings page says of each listing, its filters and its columns."""

import re

import pytest
from sqlalchemy import update

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.journey.drafting.models import DraftFindings
from app.listings.actions import add_item, change_sale
from app.listings.models import Item, Listing
from app.listings.queries import items_of, newest_version
from tests.factories import listings as made
from tests.factories import people
from tests.factories.statements import statements


def _row(page: str, listing: Listing) -> str:
    found = re.search(rf'<tr>(?:(?!</tr>).)*"/listings/{listing.id}">.*?</tr>', page, re.DOTALL)
    assert found, f"no row of {listing.id}"
    return re.sub(r"\s+", " ", found[0])


def _ids(page: str) -> list[int]:
    return [int(found) for found in re.findall(r'<a href="/listings/(\d+)">', page)]


@pytest.fixture
def row(client):
    def of(listing: Listing) -> str:
        return _row(client.get("/listings").text, listing)

    return of


def test_a_draft_says_what_is_missing_and_leads_there(session, seller, row) -> None:
    lacking = made.draft(seller, changes={"name.ko": "", "items.1.price": None})
    told = row(lacking)
    assert "Must fix: 2" in told
    assert f'href="/listings/{lacking.id}/draft#f-' in told
    fine = made.draft(seller)
    assert "Must fix" not in row(fine)


def test_what_was_known_is_told_anew_after_a_change(session, seller, row) -> None:
    draft = made.draft(seller)
    assert "Must fix" not in row(draft)
    made.save(draft, {"price": ""}, made.first_item(draft))
    assert "Must fix: 1" in row(draft)
    made.save(draft, {"price": "12900"}, made.first_item(draft))
    assert "Must fix" not in row(draft)


def test_what_is_known_is_not_judged_again(session, client, seller) -> None:
    made.draft(seller)
    client.get("/listings")
    session.execute(update(DraftFindings).values(blocking=7))
    session.commit()
    assert "Must fix: 7" in client.get("/listings").text


def test_too_many_items_are_judged_one_page_after_the_other(
    session, client, seller, monkeypatch
) -> None:
    monkeypatch.setattr("app.journey.drafting.standing.ITEMS_AT_ONCE", 3)
    drafts = [made.draft(seller, "t-shirts", items=2) for _ in range(3)]
    page = client.get("/listings").text
    assert page.count("Not checked yet") == 2
    for left in (1, 0):
        assert client.get("/listings").text.count("Not checked yet") == left
    assert {row.listing_id for row in db.session.query(DraftFindings)} == {d.id for d in drafts}


def test_a_sent_back_listing_counts_the_reviewers_reasons(session, seller, row) -> None:
    returned = made.submitted(seller)
    made.judge(returned, "reject")
    told = row(returned)
    assert "Must fix: 1" in told and f'href="/listings/{returned.id}"' in told


def test_a_submitted_draft_is_counted_as_none(session, client, seller) -> None:
    draft = made.draft(seller)
    client.get("/listings")
    made.submit(draft)
    assert db.session.get(DraftFindings, draft.id) is None


def test_price_and_stock_are_of_what_is_on_sale(session, seller, row) -> None:
    live = made.live(seller, category="t-shirts", items=2)
    assert "₩19,900<" in row(live)
    before = re.search(r'data-head="Stock">([\d,]+)<', row(live))
    version = made.edited(live)
    added = _added(version)
    made.save(live, {"price": 5000, "stock": 900, "sku": "NEW-1"}, added)
    told = row(live)
    assert "5,000" not in told and before and before[0] in told
    first = items_of(newest_version(live.id))[0]
    first_id, listing_id = first.id, live.id
    stock = first.stock.count
    session.commit()
    with unit_of_work():
        change_sale(listing_id, [first_id], "recall", None)
    rest = int(before[1].replace(",", "")) - stock
    assert f'data-head="Stock">{rest:,}<' in row(live)


def _added(version):
    version_id = version.id
    db.session.commit()
    with unit_of_work():
        added = add_item(version_id, None).id
    return db.session.get_one(Item, added)


def test_a_draft_counts_the_items_that_are_switched_on(session, seller, row) -> None:
    draft = made.draft(seller, "t-shirts", items=2)
    first = made.first_item(draft)
    made.save(draft, {"price": 99000}, first)
    assert "₩19,900 ~ ₩99,000" in row(draft)
    made.save(draft, {"off": True}, first)
    assert "₩19,900<" in row(draft) and "99,000" not in row(draft)


def test_a_category_of_the_sellers_own_narrows(session, client, seller) -> None:
    mug, shirt = made.draft(seller), made.draft(seller, "t-shirts")
    page = client.get("/listings").text
    assert re.findall(r'<option value="(mugs|t-shirts)"', page) == ["mugs", "t-shirts"]
    assert _ids(client.get("/listings?category=mugs").text) == [mug.id]
    assert _ids(client.get("/listings?category=t-shirts&view=yours").text) == [shirt.id]
    nothing = client.get("/listings?category=no-such")
    assert nothing.status_code == 200 and "Clear filters" in nothing.text
    assert client.get("/listings", query_string={"category": "a\x00b"}).status_code == 200


def test_the_filters_page_says_what_is_set(session, client, seller) -> None:
    made.draft(seller)
    page = client.get("/listings/filters?view=live&q=cup").text
    assert 'value="cup"' in page
    assert re.search(r'name="view" value="live" checked', page)


def test_views_of_drafts_by_what_is_missing(session, client, seller) -> None:
    lacking, fine = made.draft(seller, changes={"name.ko": ""}), made.draft(seller)
    client.get("/listings")
    assert _ids(client.get("/listings?view=problems").text) == [lacking.id]
    assert _ids(client.get("/listings?view=ready").text) == [fine.id]
    made.submit(fine)
    assert _ids(client.get("/listings?view=ready").text) == []


def test_columns_are_chosen_and_stay_so(session, client, seller) -> None:
    made.draft(seller)
    assert "Category</th>" not in client.get("/listings").text
    form = {"column": ["category", "price", "no-such"]}
    answer = client.post("/listings/columns?view=yours", data=form)
    assert answer.status_code == 303 and answer.location.endswith("/listings?view=yours")
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', client.get("/listings").text)
    assert heads == ["Product", "Category", "Price"]
    client.post("/listings/columns", data={})
    heads = re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', client.get("/listings").text)
    assert heads == ["Product"]


def test_a_page_of_judged_drafts_asks_no_more_than_of_one(session, client, seller) -> None:
    for _ in range(4):
        made.draft(seller, "t-shirts", items=3)
    client.get("/listings")
    with statements() as sent:
        client.get("/listings")
    assert len(sent) < 35
    assert not [each for each in sent if "name_key" in each]


def test_anothers_categories_are_not_offered(session, client, seller) -> None:
    made.draft(seller)
    made.draft(people.seller(), "t-shirts")
    assert "t-shirts" not in client.get("/listings").text
