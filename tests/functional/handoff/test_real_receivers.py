"""The whole way to the real catalogue and the real order system, over HTTP."""

import uuid

from sqlalchemy import select

from app.core.unit_of_work import unit_of_work
from app.journey.handoff import sending, tasks, wire
from app.journey.handoff.queries import handovers_of
from app.journey.handoff.target import TARGETS
from app.listings.actions import apply_staged, change_sale, stage_offer, stage_stock
from app.listings.models import Item, Placement, Stock


def order(price, item_id, quantity=1):
    """What the catalogue does for a shopper."""
    import json

    from app.core.signing import call_line, signed_headers

    target = TARGETS["orders"]
    lines = [{"item_id": item_id, "quantity": quantity, "price": price}]
    body = json.dumps({"lines": lines}).encode()
    key = uuid.uuid4().hex
    line = call_line("POST", "/v1/orders", key)
    headers = signed_headers(target.secrets, body, call=line) | {"Idempotency-Key": key}
    return wire.exchange("POST", f"{target.url}/v1/orders", headers, body)


def test_from_approval_to_order_to_recall(session, approve, neighbours, run_tasks):
    catalogue, _ = neighbours
    listing_id = approve(items=2)
    first, second = session.scalars(select(Item.id).order_by(Item.id)).all()
    run_tasks()
    told = handovers_of(listing_id)
    assert {h.state for item in told.values() for h in item} == {"delivered"}
    url = told[first][0].url
    assert url.startswith("https://shop.example/products/")
    page = catalogue.test_client().get(url.removeprefix("https://shop.example"))
    assert page.status_code == 200 and "빨간 머그컵" in page.text and "12,900" in page.text

    with unit_of_work():
        stage_offer(first, 13900, None, 1, None)
        stage_stock(first, 5, None)
    with unit_of_work():
        apply_staged(listing_id, None, [], None)
    run_tasks()
    assert order(12900, first).status == 409, "the old price is not the price any more"
    assert order(13900, first, quantity=2).status == 201
    tasks.refresh_stock()
    session.expire_all()
    assert session.get(Stock, first).count == 13
    assert session.get(Stock, second).count == 10

    with unit_of_work():
        change_sale(listing_id, [first], "recall", None)
    run_tasks()
    assert order(13900, first).status == 409
    assert order(12900, second).status == 201
    session.expire_all()
    states = {(p.item_id, p.target): p.state for p in session.scalars(select(Placement))}
    assert states == {
        (first, "catalogue"): "recalled",
        (first, "orders"): "recalled",
        (second, "catalogue"): "on",
        (second, "orders"): "on",
    }


def test_the_same_request_twice_has_one_effect(session, approve, neighbours):
    from app.journey.handoff.claiming import claim_due

    approve(items=1)
    item_id = session.scalars(select(Item.id)).one()
    with unit_of_work():
        batch = claim_due("orders", 10)
    for _ in range(3):
        reply = sending.post(TARGETS["orders"], batch)
        assert {answer.outcome for answer in reply.answers.values()} == {"delivered"}
    tasks.refresh_stock()
    session.expire_all()
    assert session.get(Stock, item_id).count == 10
