"""Paying, giving up and running out of time: money and stock end where they belong."""

import threading
import uuid

import pytest
from sqlalchemy import text

from app.core.contracts import check
from app.receivers.orders.sweeping import sweep
from tests.factories.deliveries import item, product
from tests.factories.races import at_once
from tests.stack import wait_for


@pytest.fixture
def goods(orders):
    orders.deliver(product(1, 1, item(11, option="흰색"), item(12, option="검정")))
    return orders


@pytest.fixture
def no(goods):
    """An order of two white and one black, to be paid."""
    return goods.order((11, 2, 12900), (12, 1, 12900)).json["no"]


def pay(orders, no, method="approved", key=""):
    headers = {"Idempotency-Key": key or uuid.uuid4().hex}
    body = {"method": f"stand-in-{method}"}
    answer = orders.call("POST", f"/v1/orders/{no}/payment", body, **headers)
    check("order" if answer.status_code == 200 else "refusal", answer.json)
    return answer


def cancel(orders, no, *lines):
    return orders.call("POST", f"/v1/orders/{no}/cancellation", {"lines": lines} if lines else {})


def look(orders, no):
    found = orders.call("GET", f"/v1/orders/{no}").json
    check("order", found)
    return found


def stocks(orders):
    return orders.stock(11), orders.stock(12)


def store(orders):
    return orders.app.extensions["store"]


def pass_time(orders, hold=False):
    """Let the time to pay, or the provider's silence, be over."""
    with store(orders).engine.begin() as connection:
        connection.execute(text("UPDATE orders.payment SET answer_due = now() - interval '1s'"))
        if hold:
            connection.execute(text("UPDATE orders.order SET pay_by = now() - interval '1s'"))


def test_an_order_waits_for_its_payment_and_is_paid(goods, no):
    before = look(goods, no)["payment"]
    assert (before["state"], before["paid"], before["last"]) == ("open", 0, None)
    assert before["pay_by"] > look(goods, no)["placed_at"]
    paid = pay(goods, no).json
    assert paid["payment"]["state"] == "paid"
    assert (paid["payment"]["paid"], paid["payment"]["refund"]) == (38700, 0)
    assert paid == look(goods, no)
    again = pay(goods, no)
    assert (again.status_code, again.json["code"]) == (409, "already-paid")


def test_a_decline_leaves_the_order_to_be_paid_otherwise(goods, no):
    declined = pay(goods, no, "declined").json["payment"]
    assert (declined["state"], declined["last"]["state"]) == ("open", "declined")
    assert declined["last"]["amount"] == 38700
    assert pay(goods, no).json["payment"]["state"] == "paid"
    assert stocks(goods) == (3, 4)


def test_one_key_pays_once_however_often_it_comes(goods, no):
    answers = at_once(*[lambda: pay(goods, no, key="pay-1")] * 5)
    assert {answer.status_code for answer in answers} == {200}
    assert {answer.json["payment"]["paid"] for answer in answers} == {38700}
    assert pay(goods, no, "declined", key="pay-1").json["code"] == "key-reused"
    other = goods.order((11, 1, 12900)).json["no"]
    assert pay(goods, other, key="pay-1").json["code"] == "key-reused"
    assert pay(goods, "nobody").status_code == 404


@pytest.mark.parametrize(("method", "ends"), [("approved-late", "paid"), ("declined-late", "open")])
def test_an_answer_that_comes_late_counts_when_it_comes(goods, no, method, ends):
    waiting = pay(goods, no, method).json["payment"]
    assert (waiting["state"], waiting["last"]["state"]) == ("pending", "waiting")
    assert pay(goods, no).json["code"] == "payment-pending"
    pass_time(goods)
    assert look(goods, no)["payment"]["state"] == ends
    assert sweep(store(goods)) == 0


def test_what_is_cancelled_before_the_payment_is_not_charged(goods, no):
    assert cancel(goods, no, 1).json["total"] == 12900
    assert stocks(goods) == (5, 4)
    assert pay(goods, no).json["payment"]["paid"] == 12900


def test_pieces_that_are_cancelled_are_not_charged_or_refunded(goods, no):
    keep = {"keep": [{"line": 1, "quantity": 1}]}
    path = f"/v1/orders/{no}/cancellation"
    assert goods.call("POST", path, keep).json["total"] == 25800
    assert pay(goods, no).json["payment"]["paid"] == 25800
    paid = goods.call("POST", path, {"keep": [{"line": 1, "quantity": 0}]}).json["payment"]
    assert (paid["paid"], paid["refund"]) == (25800, 12900)


def test_what_is_cancelled_after_the_payment_is_refunded(goods, no):
    pay(goods, no)
    part = cancel(goods, no, 1).json
    assert (part["state"], part["payment"]["refund"]) == ("partly-cancelled", 25800)
    assert cancel(goods, no).json["payment"]["refund"] == 38700
    assert cancel(goods, no).json["payment"]["refund"] == 38700
    assert stocks(goods) == (5, 5)


def test_an_order_given_up_is_not_paid(goods, no):
    assert cancel(goods, no).json["payment"]["state"] == "cancelled"
    refused = pay(goods, no)
    assert (refused.status_code, refused.json["code"]) == (409, "cancelled")


@pytest.mark.parametrize("cancelled", [True, False])
def test_a_yes_after_the_end_of_the_order_is_returned(goods, no, cancelled):
    pay(goods, no, "approved-late")
    if cancelled:
        cancel(goods, no)
    pass_time(goods, hold=not cancelled)
    found = look(goods, no)["payment"]
    assert found["state"] == ("cancelled" if cancelled else "expired")
    assert (found["last"]["state"], found["paid"]) == ("returned", 0)
    assert stocks(goods) == (5, 5)


def test_an_order_past_its_time_cannot_be_paid_even_before_anybody_swept(goods, no):
    pass_time(goods, hold=True)
    refused = pay(goods, no)
    assert (refused.status_code, refused.json["code"]) == (409, "expired")
    seen = look(goods, no)
    assert (seen["state"], seen["payment"]["state"]) == ("cancelled", "expired")
    assert stocks(goods) == (5, 5)


def test_sweeps_at_the_same_time_give_stock_back_once(goods):
    late = [goods.order((11, 1, 12900), (12, 1, 12900)).json["no"] for _ in range(3)]
    pass_time(goods, hold=True)
    kept = goods.order((11, 1, 12900)).json["no"]
    calls = [lambda: sweep(store(goods))] * 4 + [lambda: cancel(goods, late[0]).status_code * 0]
    assert sum(at_once(*calls)) in (2, 3)
    assert stocks(goods) == (4, 5)
    assert {look(goods, one)["payment"]["state"] for one in late} == {"expired"}
    assert look(goods, kept)["payment"]["state"] == "open"


def test_payment_and_end_at_once_leave_one_of_both(goods, no):
    """Whoever is first: paid with its stock held, or ended with all of it back."""
    answers = at_once(lambda: pay(goods, no), lambda: cancel(goods, no), lambda: pay(goods, no))
    assert {answer.status_code for answer in answers} <= {200, 409}
    found = look(goods, no)["payment"]
    assert (found["state"], found["refund"]) in {("paid", 38700), ("cancelled", 0)}
    assert stocks(goods) == (5, 5)


def test_a_key_that_pays_another_order_at_this_very_moment(goods, no):
    other = goods.order((11, 1, 12900)).json["no"]
    answers = []
    with store(goods).engine.begin() as first:
        first.execute(
            text(
                "INSERT INTO orders.payment (order_id, key, method, amount, state) SELECT id,"
                " 'both', 'stand-in-approved', 1, 'declined' FROM orders.order WHERE no = :no"
            ),
            {"no": other},
        )
        second = threading.Thread(target=lambda: answers.append(pay(goods, no, key="both")))
        second.start()
        wait_for(lambda: blocked(goods), 30)
    second.join()
    assert (answers[0].status_code, answers[0].json["code"]) == (422, "key-reused")
    assert look(goods, no)["payment"]["state"] == "open"


def blocked(orders):
    """Whether somebody waits for another's row to be committed."""
    with store(orders).engine.connect() as connection:
        return connection.scalar(
            text("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'transactionid'")
        )


@pytest.mark.parametrize("body", [{}, {"method": "cash"}, {"method": 1}, []])
def test_a_payment_off_contract(goods, no, body):
    answer = goods.call("POST", f"/v1/orders/{no}/payment", body, **{"Idempotency-Key": "k"})
    assert (answer.status_code, answer.json["code"]) == (422, "off-contract")
    keyless = goods.call("POST", f"/v1/orders/{no}/payment", {"method": "stand-in-approved"})
    assert keyless.json["code"] == "key-missing"
