"""A second look shows what changed, prices and stock among it; the rest is folded."""

import re
from typing import Any

import pytest
from flask.testing import FlaskClient

from app.accounts.models import Person
from app.core.unit_of_work import unit_of_work
from app.journey.review import actions, claims
from app.listings import actions as listings
from app.listings.models import Item, Listing
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made


@pytest.fixture
def looked_at(client: FlaskClient, session: Any) -> Any:
    """The page of the listing's newest case, as one of its reviewers reads it."""

    def read(of: Listing) -> str:
        case_id, me = made.case_of(of).id, made.reviewer().id
        people.signed_in(client, session.get(Person, me))
        return client.get(f"/review/cases/{case_id}", headers={"Accept-Language": "en"}).text

    return read


def returned(listing: Listing, code: str = "attribute-wrong", path: str = "name.ko") -> Listing:
    case_id, who = made.case_of(listing).id, made.reviewer().id
    with unit_of_work():
        claims.claim(case_id, who)
    with unit_of_work():
        actions.decide(case_id, who, "request-changes", [{"code": code, "path": path}])
    make.edited(listing)
    return listing


def changes(page: str) -> list[str]:
    """The changes as they are read: label, what was, what is."""
    told = page.partition('id="changes"')[2].partition("</dl>")[0]
    pairs = re.findall(r"<dt data-stop.*?</dd>", told, re.S)
    return [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", pair)).strip() for pair in pairs]


def fold(page: str, name: str) -> str:
    """What stands in a fold that is closed; '' where there is none."""
    found = re.search(rf'<details class="fold" id="{name}">(.*?)</details>', page, re.S)
    return found[1] if found else ""


def test_sku_price_and_stock_of_what_was_never_sold_are_changes(session, looked_at) -> None:
    listing = returned(make.submitted(items=2))
    first = make.first_item(listing)
    price = first.offer.price
    old = (first.sku, f"{price:,}", f"{first.stock.count:,}")
    make.save(listing, {"sku": "NEW-1", "price": price - 10, "stock": 7_001}, item=first)
    make.save(listing, {"price": price - 20}, item=first)
    make.submit(listing)
    page = looked_at(listing)
    assert "Nothing differs" not in page and "Changed 3 of" in page
    told = changes(page)
    assert len(told) == 3
    for line, was, now in zip(told, old, ("NEW-1", f"{price - 20:,}", "7,001"), strict=True):
        assert line.index(was) < line.index(now) and f"{price - 10:,}" not in line


def test_what_is_as_it_was_after_all_is_no_change(session, looked_at) -> None:
    listing = returned(make.submitted())
    item = make.first_item(listing)
    old = item.offer.price
    make.save(listing, {"price": old - 10}, item=item)
    make.save(listing, {"price": old}, item=item)
    make.submit(listing)
    assert "Nothing differs from the version judged before." in looked_at(listing)


def test_an_item_that_came_since_is_told_as_one(session, looked_at) -> None:
    listing = returned(make.submitted(items=2))
    draft = listing.versions[-1].id
    content = make.part(listing, make.first_item(listing)).content
    with unit_of_work():
        item = listings.add_item(draft, None)
        item_id = item.id
    session.expire_all()
    item = session.get(Item, item_id)
    options = {f"options.{code}": "별색" for code in content["options"]}
    values = {"price": 5_000, "stock": 3, "sku": "CAME", "gtin_reason": "직접 만든 상품"}
    make.save(listing, {**options, **values}, item=item)
    make.submit(listing)
    told = changes(looked_at(listing))
    assert [("added" in each, "Price" in each) for each in told] == [(True, False)]


def test_a_price_on_sale_is_told_where_a_reason_was_about_it(session, looked_at) -> None:
    listing = make.approved()
    for code, asked in (("attribute-wrong", False), ("price-implausible", True)):
        make.edited(listing)
        make.submit(listing)
        item = make.first_item(listing)
        returned(listing, code, f"items.{item.id}" if asked else "name.ko")
        item = make.first_item(listing)
        item_id, now, revision = item.id, item.offer.price - 110, item.offer.revision
        was, listing_id = item.offer.list_price, listing.id
        with unit_of_work():
            listings.stage_offer(item_id, now, was, revision, None)
            listings.apply_staged(listing_id, None, (), None)
        make.submit(listing)
        page = looked_at(listing)
        assert [f"{now:,}" in each for each in changes(page)] == [True] * asked
        assert ("Nothing differs" in page) is not asked
        made_no = made.case_of(listing).id
        who = made.reviewer().id
        with unit_of_work():
            claims.claim(made_no, who)
        with unit_of_work():
            actions.decide(made_no, who, "approve")


def test_what_neither_changed_nor_is_spoken_of_is_folded(session, looked_at) -> None:
    listing = make.draft(items=3)
    kept, asked = make.part(listing).content["pictures"][0], make.picture(listing).id
    make.save(listing, {"pictures": [kept, asked]})
    first, second, third = (item.id for item in listing.items)
    make.submit(listing)
    page = looked_at(listing)
    assert not fold(page, "same-pictures") and not fold(page, "same-items")
    returned(listing, "picture-text", f"pictures.{asked}")
    fresh = make.picture(listing).id
    make.save(listing, {"pictures": [kept, asked, fresh]})
    item = session.get(Item, second)
    make.save(listing, {"price": item.offer.price - 10}, item=item)
    make.submit(listing)
    page = looked_at(listing)
    pictures, items = fold(page, "same-pictures"), fold(page, "same-items")
    shown = {n: f'id="p-{n}"' for n in (kept, asked, fresh)}
    assert all(each in page for each in shown.values())
    assert [shown[n] in pictures for n in (kept, asked, fresh)] == [True, False, False]
    rows = [f'id="at-items-{n}"' for n in (first, second, third)]
    assert all(page.count(each) == 1 for each in rows)
    assert [each in items for each in rows] == [True, False, True]


def test_an_appeal_is_read_as_a_whole(session, looked_at) -> None:
    listing = returned(make.submitted())
    make.submit(listing)
    make.judge(listing, "reject")
    made.appeal(listing)
    page = looked_at(listing)
    assert 'id="same-' not in page and "data-shot" in page
