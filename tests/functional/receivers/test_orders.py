"""Ordering: never more than there is, never twice, and what is cancelled goes back once."""

import json
import re
import threading
import uuid
from datetime import timedelta

import psycopg
import pytest
from sqlalchemy import update

from app.core.clock import database_now
from app.core.contracts import check
from app.core.signing import call_line, signed_headers
from app.receivers.orders import sellers
from app.receivers.orders.models import Order
from tests.factories.deliveries import item, offer, product, sale, stock
from tests.factories.races import at_once


def cancel(orders, no, **asked):
    return orders.call("POST", f"/v1/orders/{no}/cancellation", asked)


def kept(line, quantity):
    return {"line": line, "quantity": quantity}


@pytest.fixture
def two_items(orders):
    orders.deliver(product(1, 1, item(11, option="흰색"), item(12, option="검정")))
    return orders


def test_an_order_holds_stock_and_can_be_seen(two_items):
    answer = two_items.order((11, 2, 12900), (12, 1, 12900))
    assert answer.status_code == 201
    check("order", answer.json)
    order = answer.json
    assert (order["state"], order["total"], order["practice"]) == ("placed", 3 * 12900, False)
    assert [line["option"] for line in order["lines"]] == ["흰색", "검정"]
    assert order["lines"][0]["name"]["ko"].startswith("달항아리")
    assert two_items.call("GET", f"/v1/orders/{order['no']}").json == order
    assert (two_items.stock(11), two_items.stock(12)) == (3, 4)


def test_an_order_number_cannot_be_guessed(two_items):
    numbers = {two_items.order((11, 1, 12900)).json["no"] for _ in range(3)}
    assert len(numbers) == 3
    assert all(re.fullmatch(r"\d{6}(-[0-9A-Z]{5}){3}", no) for no in numbers)
    assert two_items.call("GET", "/v1/orders/261122-00000-00000-00000").status_code == 404


def test_twenty_shoppers_for_five_pieces(two_items):
    answers = at_once(*[lambda: two_items.order((11, 1, 12900))] * 20)
    statuses = sorted(answer.status_code for answer in answers)
    assert statuses == [201] * 5 + [409] * 15
    assert {a.json["code"] for a in answers if a.status_code == 409} == {"sold-out"}
    assert two_items.stock(11) == 0


def test_baskets_in_opposite_order_do_not_wait_for_each_other(two_items):
    two_items.deliver(stock(11, 1, 100), stock(12, 1, 100))
    there, back = ((11, 1, 12900), (12, 1, 12900)), ((12, 1, 12900), (11, 1, 12900))
    more = [stock(12, n, 1) for n in range(2, 8)] + [stock(11, n, 1) for n in range(2, 8)]
    calls = [lambda: two_items.order(*there), lambda: two_items.order(*back)] * 8
    calls += [
        lambda one=one, two=two: two_items.deliver(one, two)
        for one, two in zip(more, more[::-1], strict=True)
    ]
    at_once(*calls)
    assert (two_items.stock(11), two_items.stock(12)) == (105 - 16 + 6, 105 - 16 + 6)


def test_the_same_key_twice_at_once_is_one_order(two_items):
    answers = at_once(*[lambda: two_items.order((11, 1, 12900), key="k-1")] * 6)
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json["no"] for answer in answers}) == 1
    assert two_items.stock(11) == 4


def test_the_same_key_for_another_order_is_refused(two_items):
    first = two_items.order((11, 1, 12900), key="k-1")
    other = two_items.order((11, 2, 12900), key="k-1")
    assert (other.status_code, other.json["code"]) == (422, "key-reused")
    assert other.json["no"] == first.json["no"]
    assert two_items.stock(11) == 4


def test_a_refused_order_leaves_the_key_free(two_items):
    assert two_items.order((11, 6, 12900), key="k-1").status_code == 409
    two_items.deliver(stock(11, 1, 5))
    assert two_items.order((11, 6, 12900), key="k-1").status_code == 201
    assert two_items.stock(11) == 4


def test_an_order_of_several_is_all_or_nothing(two_items):
    answer = two_items.order((11, 1, 12900), (12, 6, 12900))
    assert (answer.status_code, answer.json["code"]) == (409, "sold-out")
    assert (answer.json["item_id"], answer.json["count"]) == (12, 5)
    assert two_items.stock(11) == 5


def test_the_price_seen_is_the_price_paid(two_items):
    two_items.deliver(offer(11, 2, price=13500))
    answer = two_items.order((11, 1, 12900))
    assert (answer.status_code, answer.json["code"]) == (409, "price-changed")
    assert answer.json["price"] == 13500
    assert "13,500" in answer.json["message"]["ko"]
    check("refusal", answer.json)
    assert two_items.order((11, 1, 13500)).json["total"] == 13500


@pytest.mark.parametrize("state", ["paused", "recalled", "retired"])
def test_what_is_not_on_sale_cannot_be_ordered(two_items, state):
    two_items.deliver(sale(11, 2, state))
    answer = two_items.order((11, 1, 12900))
    assert (answer.status_code, answer.json["code"]) == (409, "not-on-sale")
    two_items.deliver(sale(11, 3, "on"))
    assert two_items.order((11, 1, 12900)).status_code == 201


def test_what_is_not_known_cannot_be_ordered(two_items):
    answer = two_items.order((99, 1, 12900))
    assert (answer.status_code, answer.json["code"]) == (409, "unknown-item")


def test_practice_goods_and_orders_keep_to_themselves(orders):
    orders.deliver(product(1, 1, item(11)), product(2, 1, item(21), practice=True))
    for wrong in (orders.order((21, 1, 12900)), orders.order((11, 1, 12900), practice=True)):
        assert (wrong.status_code, wrong.json["code"]) == (409, "not-practice")
    before = orders.app.test_client().get("/figures").json
    placed = orders.order((21, 1, 12900), practice=True)
    assert placed.status_code == 201
    assert placed.json["practice"] is True
    assert orders.app.test_client().get("/figures").json == before


def test_figures(two_items):
    two_items.order((11, 2, 12900))
    no = two_items.order((11, 1, 12900), (12, 1, 12900)).json["no"]
    two_items.call("POST", f"/v1/orders/{no}/cancellation", {"lines": [2]})
    assert two_items.app.test_client().get("/figures").json == {
        "orders": 2, "pieces": 3, "amount": 3 * 12900,
        "cancelled_pieces": 1, "cancelled_amount": 12900,
    }  # fmt: skip


def test_cancelling_gives_the_stock_back_exactly_once(two_items):
    no = two_items.order((11, 2, 12900), (12, 1, 12900)).json["no"]
    path = f"/v1/orders/{no}/cancellation"
    answers = at_once(*[lambda: two_items.call("POST", path, {})] * 6)
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json["state"] for answer in answers} == {"cancelled"}
    assert {answer.json["total"] for answer in answers} == {0}
    assert (two_items.stock(11), two_items.stock(12)) == (5, 5)


def test_some_pieces_of_a_line_are_cancelled_once_then_the_rest(two_items):
    no = two_items.order((11, 4, 12900), (12, 1, 12900)).json["no"]
    answers = at_once(*[lambda: cancel(two_items, no, keep=[kept(1, 3)])] * 6)
    assert {answer.status_code for answer in answers} == {200}
    part = answers[0].json
    check("order", part)
    assert (part["state"], part["total"]) == ("partly-cancelled", 4 * 12900)
    line = part["lines"][0]
    assert (line["state"], line["quantity"], line["cancelled"]) == ("placed", 4, 1)
    assert (two_items.stock(11), two_items.stock(12)) == (2, 4)
    # What is gone does not come back by asking for more of it to stay.
    assert cancel(two_items, no, keep=[kept(1, 4)]).json == part
    told = two_items.call("GET", "/v1/reservations?items=11,12").json["reservations"]
    assert [(one["open_orders"], one["pieces"]) for one in told] == [(1, 3), (1, 1)]
    assert two_items.app.test_client().get("/figures").json == {
        "orders": 1, "pieces": 4, "amount": 4 * 12900,
        "cancelled_pieces": 1, "cancelled_amount": 12900,
    }  # fmt: skip
    (order,) = two_items.call("GET", "/v1/orders?seller=7").json["orders"]
    assert (order["state"], order["total"]) == ("partly-cancelled", 4 * 12900)
    assert [line["cancelled"] for line in order["lines"]] == [1, 0]
    # Several at once, of which one goes whole.
    rest = cancel(two_items, no, keep=[kept(1, 2)], lines=[2]).json
    assert [line["cancelled"] for line in rest["lines"]] == [2, 1]
    assert (two_items.stock(11), two_items.stock(12)) == (3, 5)
    assert cancel(two_items, no).json["state"] == "cancelled"
    assert (two_items.stock(11), two_items.stock(12)) == (5, 5)


@pytest.mark.parametrize("keep", [[], [kept(1, -1)], [kept(0, 1)], [{"line": 1}], 1])
def test_a_cancellation_off_the_contract_cancels_nothing(two_items, keep):
    no = two_items.order((11, 4, 12900)).json["no"]
    answer = cancel(two_items, no, keep=keep)
    assert (answer.status_code, answer.json["code"]) == (422, "off-contract")
    assert cancel(two_items, no, keep=[kept(2, 1)]).status_code == 404
    assert two_items.stock(11) == 1


def test_a_line_is_cancelled_then_the_rest(two_items):
    no = two_items.order((11, 2, 12900), (12, 1, 12900)).json["no"]
    path = f"/v1/orders/{no}/cancellation"
    part = two_items.call("POST", path, {"lines": [1]}).json
    check("order", part)
    assert (part["state"], part["total"]) == ("partly-cancelled", 12900)
    assert [line["state"] for line in part["lines"]] == ["cancelled", "placed"]
    assert (two_items.stock(11), two_items.stock(12)) == (5, 4)
    assert two_items.call("POST", path).json["state"] == "cancelled"
    assert (two_items.stock(11), two_items.stock(12)) == (5, 5)


def test_a_line_or_an_order_that_is_not_there(two_items):
    no = two_items.order((11, 1, 12900)).json["no"]
    wrong = {"lines": [2]}
    assert two_items.call("POST", f"/v1/orders/{no}/cancellation", wrong).status_code == 404
    assert two_items.call("POST", "/v1/orders/none/cancellation", {}).status_code == 404
    assert two_items.stock(11) == 4


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"lines": []},
        {"lines": [{"item_id": 11, "quantity": 0, "price": 12900}]},
        {"lines": [{"item_id": 11, "quantity": 1000, "price": 12900}]},
        {"lines": [{"item_id": 11, "quantity": "2", "price": 12900}]},
        {"lines": [{"item_id": 11, "quantity": 1, "price": -1}]},
        {"lines": [{"item_id": 2**70, "quantity": 1, "price": 1}]},
        {"lines": [{"item_id": 11, "quantity": 1.5, "price": 1}]},
    ],
)
def test_an_order_off_contract(two_items, body):
    headers = {"Idempotency-Key": uuid.uuid4().hex}
    answer = two_items.call("POST", "/v1/orders", body, **headers)
    assert (answer.status_code, answer.json["code"]) == (422, "off-contract")
    assert answer.json["errors"]


@pytest.mark.parametrize("key", ["", " ", "x" * 256])
def test_an_order_needs_a_key(two_items, key):
    asked = {"lines": [{"item_id": 11, "quantity": 1, "price": 12900}]}
    answer = two_items.call("POST", "/v1/orders", asked, **{"Idempotency-Key": key})
    assert (answer.status_code, answer.json["code"]) == (422, "key-missing")


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/v1/orders"),
        ("GET", "/v1/orders/x"),
        ("POST", "/v1/orders/x/cancellation"),
        ("GET", "/v1/stock"),
        ("GET", "/v1/reservations"),
        ("GET", "/v1/orders?seller=7"),
        ("POST", "/v1/orders/x/payment"),
    ],
)
def test_nobody_orders_or_looks_without_a_signature(orders, method, path):
    answer = orders.app.test_client().open(path, method=method, data=b"{}")
    assert answer.status_code == 401
    check("refusal", json.loads(answer.data))


def read_feed(orders, after=""):
    answer = orders.call("GET", f"/v1/stock?after={after}").json
    check("stock-feed", answer)
    return {level["item_id"]: level for level in answer["levels"]}, answer["cursor"]


def test_the_feed_tells_each_change_once(two_items):
    levels, cursor = read_feed(two_items)
    assert {item_id: level["count"] for item_id, level in levels.items()} == {11: 5, 12: 5}
    assert read_feed(two_items, cursor) == ({}, cursor)
    two_items.order((12, 2, 12900))
    two_items.deliver(stock(12, 1, 4))
    levels, later = read_feed(two_items, cursor)
    assert list(levels.values()) == [{"item_id": 12, "count": 7, "revision": 3}]
    assert read_feed(two_items, later) == ({}, later)


def test_the_feed_skips_nothing_that_commits_late(two_items):
    """A transaction that began before another is read, and commits after it, is told as well."""
    _, cursor = read_feed(two_items)
    engine = two_items.app.extensions["store"].engine
    with engine.begin() as slow:
        slow.exec_driver_sql(
            "UPDATE orders.item SET stock = 1, stock_revision = 2, feed_position = NULL"
            " WHERE item_id = 11"
        )
        two_items.order((12, 1, 12900))
        levels, cursor = read_feed(two_items, cursor)
        assert set(levels) == {12}
    levels, cursor = read_feed(two_items, cursor)
    assert {item_id: level["count"] for item_id, level in levels.items()} == {11: 1}


def test_a_reader_of_the_feed_ends_with_the_truth_whatever_happens_meanwhile(two_items):
    two_items.deliver(stock(11, 1, 500), stock(12, 1, 500))
    seen: dict[int, int] = {}
    done = threading.Event()

    def read():
        cursor = ""
        while True:
            last = done.is_set()
            levels, cursor = read_feed(two_items, cursor)
            seen.update({item_id: level["count"] for item_id, level in levels.items()})
            if last:
                return

    def shop():
        for _ in range(10):
            assert two_items.order((11, 1, 12900), (12, 1, 12900)).status_code == 201

    reader = threading.Thread(target=read)
    reader.start()
    at_once(*[shop] * 6)
    done.set()
    reader.join()
    assert seen == {11: 505 - 60, 12: 505 - 60}


def test_a_cursor_from_before_a_restore_begins_again(two_items):
    levels, _ = read_feed(two_items, "999999999")
    assert set(levels) == {11, 12}


def test_sellers_read_their_own_lines_page_by_page_and_no_whole_number(orders, monkeypatch):
    monkeypatch.setattr(sellers, "PAGE", 2)
    other = {"id": 8, "name": "남한강 유리"}
    orders.deliver(product(1, 1, item(11)), product(2, 1, item(21), seller=other))
    made = [orders.order((11, 1, 12900), (21, 1, 12900)).json["no"] for _ in range(3)]
    cancel = f"/v1/orders/{made[2]}/cancellation"
    orders.call("POST", cancel, {"lines": [1]})

    first = orders.call("GET", "/v1/orders?seller=7&after=").json
    rest = orders.call("GET", f"/v1/orders?seller=7&after={first['cursor']}").json
    for page in (first, rest):
        check("seller-orders", page)
    assert [first["more"], rest["more"]] == [True, False]
    told = first["orders"] + rest["orders"]
    assert [one["label"] for one in told] == [no[:12] for no in reversed(made)]
    assert [one["state"] for one in told] == ["cancelled", "placed", "placed"]
    assert [[line["item_id"] for line in one["lines"]] for one in told] == [[11]] * 3
    assert told[0]["lines"][0]["stock"] == 3
    assert orders.call("GET", "/v1/orders?seller=9").json["orders"] == []
    assert orders.call("GET", "/v1/orders").status_code == 422


def test_what_is_ordered_and_not_cancelled_is_told_by_item(two_items):
    two_items.order((11, 2, 12900))
    no = two_items.order((11, 1, 12900), (12, 1, 12900)).json["no"]
    two_items.call("POST", f"/v1/orders/{no}/cancellation", {"lines": [2]})
    answer = two_items.call("GET", "/v1/reservations?items=11,12,99")
    check("reservations", answer.json)
    told = answer.json["reservations"]
    assert [(one["item_id"], one["open_orders"], one["pieces"]) for one in told] == [
        (11, 2, 3),
        (12, 0, 0),
    ]
    many = ",".join(str(n) for n in range(501))
    assert two_items.call("GET", f"/v1/reservations?items={many}").status_code == 422


def test_unpaid_and_lately_paid_orders_are_told_apart(two_items):
    """A paid order never ends here, for nobody tells of shipping: an old one is no work left."""
    numbers = [two_items.order((11, 1, 12900)).json["no"] for _ in range(4)]
    _unpaid, paid, old, cancelled = numbers
    for no in (paid, old):
        answer = two_items.call(
            "POST",
            f"/v1/orders/{no}/payment",
            {"method": "stand-in-approved"},
            **{"Idempotency-Key": no},
        )
        assert answer.json["payment"]["state"] == "paid", answer.text
    two_items.call("POST", f"/v1/orders/{cancelled}/cancellation", {})
    store = two_items.app.extensions["store"]
    with store.transaction() as session:
        session.execute(
            update(Order)
            .where(Order.no == old)
            .values(placed_at=database_now() - timedelta(days=15))
        )
    answer = two_items.call("GET", "/v1/reservations?items=11,12")
    check("reservations", answer.json)
    assert answer.json["paid_days"] == 14
    assert answer.json["reservations"] == [
        {
            "item_id": 11, "open_orders": 3, "pieces": 3, "unpaid_orders": 1, "unpaid_pieces": 1,
            "paid_orders": 1, "paid_pieces": 1,
        },
        {
            "item_id": 12, "open_orders": 0, "pieces": 0, "unpaid_orders": 0, "unpaid_pieces": 0,
            "paid_orders": 0, "paid_pieces": 0,
        },
    ]  # fmt: skip
    with store.transaction() as session:
        session.execute(update(Order).values(practice=True))
    told = two_items.call("GET", "/v1/reservations?items=11").json["reservations"][0]
    assert not any(told[name] for name in told if name != "item_id"), "practice is no order"


@pytest.mark.parametrize("query", ["after=abc", "items=1,x", "items=٣x", "after=--"])
def test_a_feed_asked_in_nonsense(orders, query):
    assert orders.call("GET", f"/v1/stock?{query}").status_code == 422


def test_the_board_shows_orders_but_not_their_whole_numbers(two_items):
    no = two_items.order((11, 1, 12900)).json["no"]
    page = two_items.app.test_client().get("/?lang=ko").text
    assert no[:12] in page
    assert no not in page
    assert "12,900원" in page


def test_health(orders):
    client = orders.app.test_client()
    assert client.get("/healthz").status_code == 200
    assert client.get("/readyz").json["checks"] == {"database": True}


def signed_for(orders, call, body=b""):
    return signed_headers(orders.secret, body, call=call_line(*call))


def test_a_connection_that_the_database_has_ended_fails_nobody(two_items):
    engine = two_items.app.extensions["store"].engine
    engine.dispose()
    with engine.connect() as only:
        pid = only.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
    with psycopg.connect(engine.url.render_as_string(False).replace("+psycopg", "")) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", (pid,))
    assert two_items.order((11, 1, 12900)).status_code == 201


def test_one_item_in_several_lines_is_counted_together(two_items):
    refused = two_items.order((11, 3, 12900), (11, 3, 12900))
    assert (refused.status_code, refused.json["code"]) == (409, "sold-out")
    placed = two_items.order((12, 1, 12900), (11, 2, 12900), (11, 3, 12900))
    assert [line["quantity"] for line in placed.json["lines"]] == [1, 2, 3]
    assert two_items.stock(11) == 0


def test_a_signature_fits_no_other_call(two_items):
    no = two_items.order((11, 1, 12900)).json["no"]
    other = two_items.order((11, 1, 12900)).json["no"]
    cancel = f"/v1/orders/{no}/cancellation"
    client = two_items.app.test_client()
    looked_at = signed_for(two_items, ("GET", f"/v1/orders/{no}"))
    of_the_other = signed_for(two_items, ("POST", f"/v1/orders/{other}/cancellation"))

    assert client.get(f"/v1/orders/{no}", headers=looked_at).status_code == 200
    assert client.post(cancel, headers=looked_at).status_code == 401
    assert client.post(cancel, headers=of_the_other).status_code == 401
    assert client.post(cancel, headers=signed_headers(two_items.secret, b"")).status_code == 401
    assert client.get("/v1/stock?items=12", headers=looked_at).status_code == 401
    assert client.get(f"/v1/orders/{no}", headers=looked_at).json["state"] == "placed"


def test_an_order_that_was_overheard_makes_no_second_one(two_items):
    body = json.dumps({"lines": [{"item_id": 11, "quantity": 1, "price": 12900}]}).encode()
    signed = signed_for(two_items, ("POST", "/v1/orders", "first"), body)
    client = two_items.app.test_client()
    before = two_items.stock(11)

    answers = [
        client.post("/v1/orders", data=body, headers=signed | {"Idempotency-Key": key})
        for key in ("first", "first", "second")
    ]

    assert [answer.status_code for answer in answers] == [201, 201, 401]
    assert two_items.stock(11) == before - 1


def test_a_delivery_passes_for_no_call(two_items):
    body = json.dumps({"lines": [{"item_id": 11, "quantity": 1, "price": 12900}]}).encode()
    signed = signed_headers(two_items.secret, body) | {"Idempotency-Key": "k"}

    answer = two_items.app.test_client().post("/v1/orders", data=body, headers=signed)

    assert answer.status_code == 401
