"""Approval in part: some items are sold, the others go back with their reasons."""

from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts.models import Seller
from app.core.errors import Invalid
from app.core.unit_of_work import unit_of_work
from app.journey.auditing.verifying import Counts, problems
from app.journey.handoff.models import Delivery
from app.journey.review import actions, claims
from app.journey.review.comparing.outlook import outlook
from app.journey.review.models import ReviewCase
from app.journey.review.queries import cases_of
from app.listings.actions import add_item, discard, remove_item, save_fields
from app.listings.models import Finding, Item, Listing, Version
from app.listings.queries import items_of, newest_version, part_of
from app.taxonomy.queries import category
from tests.factories import listings as make
from tests.factories import people
from tests.factories import review as made
from tests.factories.statements import statements

NAME = {"code": "attribute-wrong", "path": "name.ko"}


def against(*items: int) -> list[dict[str, str]]:
    return [{"code": "value-missing", "path": f"items.{number}"} for number in items]


def claimed(listing: Listing) -> tuple[int, int]:
    """Its case and who has it."""
    me = made.reviewer()
    case_id, who = made.case_of(listing).id, me.id
    with unit_of_work():
        claims.claim(case_id, who)
    return case_id, who


def in_part(listing: Listing, *refused: int) -> None:
    case_id, who = claimed(listing)
    with unit_of_work():
        actions.decide(case_id, who, "approve-in-part", against(*refused))


def products(session: Any, listing_id: int) -> list[list[int]]:
    """The items that each product delivery to the catalogue tells of, the oldest first."""
    payloads = session.scalars(
        select(Delivery.payload)
        .where(
            Delivery.listing_id == listing_id,
            Delivery.subject == "product",
            Delivery.target == "catalogue",
        )
        .order_by(Delivery.revision)
    )
    return [[item["item_id"] for item in payload["items"]] for payload in payloads]


def test_what_is_not_refused_is_sold_and_the_rest_goes_back(
    session: Any, client: FlaskClient
) -> None:
    listing = make.submitted(items=3)
    first, second, third = (item.id for item in listing.items)
    in_part(listing, second)
    session.expire_all()
    version = newest_version(listing.id)
    assert version.state == "partly_approved"
    assert {p.item_id: p.verdict for p in version.parts if p.item_id} == {
        first: "approved", second: "rejected", third: "approved",
    }  # fmt: skip
    sales = {number: session.get(Item, number).sale for number in (first, second, third)}
    assert sales == {first: "on", second: "never", third: "on"}
    assert products(session, listing.id) == [[first, third]]
    people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    page = client.get(f"/listings/{listing.id}", headers={"Accept-Language": "en"}).text
    assert "2 of 3 items approved" in page and "Why" in page
    assert str(listing.id) in client.get("/listings?view=returned").text
    thrown_away = make.edited(listing).id
    with unit_of_work():
        discard(thrown_away, None)
    kept = client.get(f"/listings/{listing.id}", headers={"Accept-Language": "en"}).text
    assert "Why" in kept and "Fix and resubmit" in kept
    assert list(problems(Counts(), cases_of, listing.id)) == []


def test_the_mended_item_is_ticked_reviewed_again_and_then_sold(session: Any) -> None:
    listing = make.submitted(items=2)
    listing_id, (first, second) = listing.id, [item.id for item in listing.items]
    in_part(listing, second)
    draft = make.edited(listing)
    told = outlook(draft, category(listing.category_code))
    assert told and [each.en.endswith(": added") for each in told.review] == [True]
    part = part_of(draft, second)
    with unit_of_work():
        changed = {"gtin": "", "gtin_reason": "Made by ourselves"}
        save_fields(draft.id, part.id, changed, part.revision, None)
    assert session.scalars(select(Finding.cleared_at).where(Finding.source == "reviewer")).one()
    make.submit(listing)
    assert made.case_of(listing).kind == "second"
    make.judge(listing)
    assert session.get(Item, second).sale == "on"
    assert products(session, listing_id) == [[first], [first, second]]


def test_a_refused_item_that_is_taken_out_is_ticked_and_one_sale_ends_for_all(
    session: Any, client: FlaskClient
) -> None:
    listing = make.submitted(items=2)
    first, second = (item.id for item in listing.items)
    in_part(listing, second)
    people.signed_in(client, people.owner_of(session.get(Seller, listing.seller_id)))
    sale = f"/listings/{listing.id}/sale"
    assert client.post(sale, data={"action": "retire"}).status_code == 303
    assert [session.get(Item, each).sale for each in (first, second)] == ["retired", "never"]
    make.edited(listing)
    with unit_of_work():
        add_item(newest_version(listing.id).id, None)
        remove_item(newest_version(listing.id).id, second, None)
    assert session.scalars(select(Finding.cleared_at).where(Finding.source == "reviewer")).one()


def test_many_refused_items_are_told_without_reading_anew_for_each(
    session: Any, client: FlaskClient
) -> None:
    seller, asked = people.seller(), []
    people.signed_in(client, people.owner_of(seller))
    for refused in (1, 5):
        listing = make.submitted(seller, items=6)
        in_part(listing, *[item.id for item in listing.items][:refused])
        with statements() as sent:
            assert client.get(f"/listings/{listing.id}").status_code == 200
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_a_refused_edit_of_what_is_sold_leaves_it_as_it_was(session: Any) -> None:
    listing = make.live(items=2)
    first, second = (item.id for item in listing.items)
    before = session.get(Item, second).approved_version_id
    make.edited(listing)
    make.save(listing, {"gtin_reason": "Made by ourselves"}, session.get(Item, second))
    make.submit(listing)
    in_part(listing, second)
    session.expire_all()
    assert session.get(Item, first).approved_version_id == newest_version(listing.id).id
    kept = session.get(Item, second)
    assert (kept.approved_version_id, kept.sale) == (before, "on")
    # Against what is on sale an edit still has what was refused.
    told = outlook(make.edited(listing), category(listing.category_code))
    assert told and "Why there is no barcode" in told.review[0].en
    told = session.scalars(
        select(Delivery.payload)
        .where(Delivery.listing_id == listing.id, Delivery.subject == "product")
        .order_by(Delivery.revision.desc())
    ).first()
    assert {item["item_id"]: item["version"] for item in told["items"]} == {first: 2, second: 1}


def test_what_cannot_be_approved_in_part_is_refused(session: Any) -> None:
    listing = make.draft(items=3)
    *items, off = [item.id for item in items_of(newest_version(listing.id))]
    make.save(listing, {"off": True}, session.get(Item, off))
    make.submit(listing)
    case_id, who = claimed(listing)
    for pins, code in (
        ([], "reason-needed"),
        ([*against(items[0]), NAME], "not-only-items"),
        (against(*items), "no-item-left"),
        (against(off), "item-not-sold"),
    ):
        with pytest.raises(Invalid) as refused, unit_of_work():
            actions.decide(case_id, who, "approve-in-part", pins)
        assert refused.value.code == code
    session.rollback()
    case = session.get(ReviewCase, case_id)
    assert case.verdict is None and session.get(Version, case.version_id).state == "submitted"


def test_the_desk_offers_it_where_there_are_several_items(
    session: Any, client: FlaskClient
) -> None:
    me = made.reviewer()
    one, two = made.case_of(make.submitted()), made.case_of(make.submitted(items=2))
    one_id, two_id, item = one.id, two.id, two.listing_id
    item = session.get(Listing, two.listing_id).items[1].id
    people.signed_in(client, me)
    for case_id, offered in ((one_id, False), (two_id, True)):
        client.post(f"/review/cases/{case_id}/claim")
        assert ('value="approve-in-part"' in client.get(f"/review/cases/{case_id}").text) is offered
    answer = client.post(
        f"/review/cases/{two_id}/verdict",
        data={"verdict": "approve-in-part", "reason": "value-missing", "path": f"items.{item}"},
    )
    assert answer.status_code == 303
    assert session.get(Item, item).sale == "never"
