"""The whole way to the real catalogue and the real order system, over HTTP."""

import json
import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.accounts.models import Seller
from app.core.clock import now
from app.core.unit_of_work import unit_of_work
from app.journey.handoff import sending, tasks, wire
from app.journey.handoff.models import TargetState
from app.journey.handoff.queries import handovers_of
from app.journey.handoff.target import TARGETS
from app.listings.actions import apply_staged, change_sale, stage_offer, stage_stock
from app.listings.models import Item, Listing, Placement, Stock
from app.settings import settings
from tests.factories import people
from tests.factories.pages import fields_of


def order(price, item_id, quantity=1):
    """What the catalogue does for a shopper."""
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
    from app.journey.handoff.claiming import Turn, claim_due

    approve(items=1)
    item_id = session.scalars(select(Item.id)).one()
    with unit_of_work():
        batch = claim_due(Turn("orders", "one"), 10)
    for _ in range(3):
        reply = sending.post(TARGETS["orders"], batch)
        assert {answer.outcome for answer in reply.answers.values()} == {"delivered"}
    tasks.refresh_stock()
    session.expire_all()
    assert session.get(Stock, item_id).count == 10


def test_sellers_see_their_orders_and_what_is_left(app, session, approve, neighbours, run_tasks):
    listing_id = approve(items=2)
    first = session.scalars(select(Item.id).order_by(Item.id)).first()
    run_tasks()
    approve(company={"name": "다른 가게"}, name={"ko": "남의 접시", "en": "A plate of others"})
    number = json.loads(order(12900, first, quantity=2).body)["no"]
    tasks.refresh_stock()
    seller = session.get(Seller, session.get(Listing, listing_id).seller_id)
    client = people.signed_in(app.test_client(), people.owner_of(seller))
    session.commit()

    page = client.get("/orders").text
    assert number[:12] in page and number not in page
    assert "빨간 머그컵" in page and "25,800원" in page and "결제 대기" in page
    assert 'href="/orders"' in client.get("/home").text
    assert "남의 접시" not in page


def test_without_the_order_system_sellers_see_the_stock_last_heard_of(
    app, session, approve, neighbours, run_tasks, monkeypatch
):
    listing_id = approve(items=1)
    run_tasks()
    tasks.refresh_stock()
    seller = session.get(Seller, session.get(Listing, listing_id).seller_id)
    client = people.signed_in(app.test_client(), people.owner_of(seller))
    session.commit()
    assert "아직 주문이 없습니다" in client.get("/orders?after=nonsense").text

    monkeypatch.setenv("ORDERS_URL", "http://127.0.0.1:9")
    settings.cache_clear()
    answer = client.get("/orders")
    assert answer.status_code == 200
    assert "주문 시스템이 답하지 않아" in answer.text
    assert "빨간 머그컵" in answer.text


@pytest.fixture
def counting(app, session, approve, neighbours, run_tasks):
    """The page of a listing of one item, of which its seller counts and changes the stock."""

    class Counting:
        def __init__(self):
            self.listing_id = approve(items=1)
            run_tasks()
            tasks.refresh_stock()
            self.item_id = session.scalars(select(Item.id)).one()
            seller = session.get(Seller, session.get(Listing, self.listing_id).seller_id)
            self.client = people.signed_in(app.test_client(), people.owner_of(seller))
            self.url = f"/listings/{self.listing_id}"
            session.commit()

        def page(self, language="en"):
            return self.client.get(self.url, headers={"Accept-Language": language}).text

        def enter(self, **cells):
            form = fields_of(self.page(), action=f"{self.url}/staging")
            for name, typed in cells.items():
                form[f"items.{self.item_id}.{name}"] = typed
            answer = self.client.post(f"{self.url}/staging", data=form)
            assert answer.status_code == 303, answer.text
            done = self.client.post(f"{self.url}/staging/application")
            assert done.status_code == 303, done.text

        def there(self):
            (level,) = sending.stock_after(TARGETS["orders"], "0").levels
            return level["count"]

        def here(self):
            session.expire_all()
            return session.get(Stock, self.item_id).count

    return Counting()


def test_a_count_that_orders_have_outrun_is_answered_with_the_present_one(counting, run_tasks):
    order(12900, counting.item_id, quantity=3)
    counting.enter(stock_count="9")
    run_tasks()
    assert counting.there() == counting.here() == 7, "nothing was applied, and we know what is left"
    page = counting.page()
    assert "Your count was not taken" in page and "It is 7 now" in page
    assert f'id="f-items-{counting.item_id}-stock_count-message"' in page
    assert "세어 본 수를 적용하지 않았습니다" in counting.page("ko")
    counting.enter(stock_count="6")
    run_tasks()
    assert counting.there() == counting.here() == 6
    assert "Your count was not taken" not in counting.page()


def test_a_count_after_an_own_change_is_of_what_that_change_made(counting, run_tasks):
    counting.enter(stock_change="+5")
    run_tasks()
    counting.enter(stock_count="12")
    run_tasks()
    assert counting.there() == counting.here() == 12
    # Counted before the feed was read on: what is here is what the answer told.
    counting.enter(stock_count="13")
    run_tasks()
    assert counting.there() == 13


def test_a_count_of_what_was_handed_over_just_now_is_taken(counting, run_tasks, session):
    # As the first handoff leaves it: the order system has not been heard of yet.
    session.execute(update(Stock).values(revision=0))
    session.commit()
    counting.enter(stock_count="4")
    run_tasks()
    assert counting.there() == 4


def test_it_is_kept_when_the_end_of_the_feed_was_reached(counting, session, monkeypatch):
    long_ago = now() - timedelta(hours=1)
    session.execute(update(TargetState).values(fed_at=long_ago))
    session.commit()
    monkeypatch.setenv("ORDERS_URL", "http://127.0.0.1:9")
    settings.cache_clear()
    tasks.refresh_stock()
    session.expire_all()
    assert session.get(TargetState, "orders").fed_at == long_ago
    assert "the order system has not answered since" in counting.page()
    assert "그 뒤로 주문 시스템이 답하지 않습니다" in counting.page("ko")


def test_an_unchanged_feed_is_read_to_its_end_too(counting, session):
    session.execute(update(TargetState).values(fed_at=now() - timedelta(hours=1)))
    session.commit()
    tasks.refresh_stock()
    session.expire_all()
    assert session.get(TargetState, "orders").fed_at > now() - timedelta(minutes=1)
    assert "the order system has not answered since" not in counting.page()
