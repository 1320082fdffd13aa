"""What holds for every receiver's deliveries: order, repeats and forgeries change nothing."""

import itertools
import json
import threading
import time

import pytest

from app.core.signing import signed_headers
from tests.factories.deliveries import item, offer, product, sale, stock

NEWS = [
    product(1, 1, item(stock={"count": 5})),
    product(1, 2, item(version=2, sku="MUG-NEW")),
    offer(revision=2, price=9900),
    offer(revision=3, price=8900),
    sale(revision=2, state="paused"),
]


@pytest.fixture(params=["catalogue", "orders"])
def receiver(request):
    return request.getfixturevalue(request.param)


def everything(receiver):
    """All that the receiver knows, except its own clock and numbers."""
    store = receiver.app.extensions["store"]
    metadata = type_of(receiver).metadata
    passing = {"arrived_at", "changed_at", "at", "id", "product_id", "feed_position", "answer"}
    known = {}
    with store.engine.connect() as connection:
        for table in metadata.sorted_tables:
            if table.name == "received":
                continue
            rows = connection.execute(table.select()).mappings()
            known[table.name] = sorted(
                json.dumps({k: v for k, v in row.items() if k not in passing}, default=str)
                for row in rows
            )
    return known


def type_of(receiver):
    from app.receivers.catalogue.models import CatalogueBase
    from app.receivers.orders.models import OrdersBase

    return CatalogueBase if "catalogue" in receiver.app.name else OrdersBase


def send_until_done(receiver, deliveries):
    """As the sender does: what is answered *retry* is sent again after the others."""
    waiting = list(deliveries)
    for _ in range(len(deliveries) + 1):
        waiting = [one for one in waiting if receiver.outcomes(one) == ["retry"]]
    assert not waiting


ORDERINGS = list(itertools.permutations(range(len(NEWS))))


@pytest.mark.parametrize("part", range(6))
def test_every_order_of_arrival_ends_the_same(receiver, part, request):
    from tests.functional.receivers.conftest import _empty

    receiver.deliver(*NEWS)
    wanted = everything(receiver)
    assert wanted["item"]
    for ordering in ORDERINGS[part::6]:
        _empty(receiver.app, type_of(receiver).metadata)
        send_until_done(receiver, [NEWS[n] for n in ordering])
        assert everything(receiver) == wanted, ordering


def test_repeats_change_nothing_and_are_answered_alike(receiver):
    first = receiver.deliver(*NEWS)
    before = everything(receiver)
    again = receiver.deliver(*reversed(NEWS), *NEWS)
    assert everything(receiver) == before
    answers = {result["key"]: result for result in first}
    for result in again:
        assert result == answers[result["key"]] | {"outcome": "duplicate"}


def test_an_older_one_is_superseded(receiver):
    assert receiver.outcomes(product(1, 2), offer(revision=3), sale(revision=3)) == ["applied"] * 3
    before = everything(receiver)
    late = [product(1, 1), offer(revision=2), sale(revision=2, state="recalled")]
    assert receiver.outcomes(*late) == ["superseded"] * 3
    assert receiver.outcomes(*late) == ["superseded"] * 3
    assert everything(receiver) == before


def test_an_item_that_has_not_come_yet_is_to_be_sent_again(receiver):
    assert receiver.outcomes(offer()) == ["retry"]
    assert receiver.outcomes(product(), offer()) == ["applied", "applied"]


def test_an_item_of_another_listing_cannot_be_taken(receiver):
    receiver.deliver(product(1, 1, item(11)))
    before = everything(receiver)
    assert (
        receiver.outcomes(
            product(2, 1, item(11)), offer(11, 9, listing_id=2), sale(11, 9, listing_id=2)
        )
        == ["refused"] * 3
    )
    assert everything(receiver) == before


def test_two_listings_of_one_batch_cannot_have_the_same_item(receiver):
    assert receiver.outcomes(product(1, 1, item(11)), product(2, 1, item(11))) == [
        "applied",
        "refused",
    ]


def test_one_bad_delivery_does_not_hold_up_the_others(receiver):
    bad = product(2, 1, item(21, offer={"price": -1, "revision": 1}))
    results = receiver.deliver(product(), bad, product(3, 1, item(31)))
    assert [r["outcome"] for r in results] == ["applied", "refused", "applied"]
    assert results[1]["errors"][0]["path"] == "/deliveries/1/payload/items/0/offer/price"


def test_a_batch_that_is_none_is_422_with_every_fault(receiver):
    answer = receiver.call("POST", "/v1/deliveries", {"deliveries": [{"key": 4}, "x", 5]})
    assert answer.status_code == 422
    assert answer.json["code"] == "off-contract"
    paths = {error["path"] for error in answer.json["errors"]}
    assert {"/deliveries/0/key", "/deliveries/1", "/deliveries/2"} <= paths


@pytest.mark.parametrize("body", [b"", b"[]", b"nul", b"\xff\xfe", b"[" * 100_000, b"{}"])
def test_bytes_that_mean_nothing(receiver, body):
    answer = receiver.app.test_client().post(
        "/v1/deliveries", data=body, headers=signed_headers(receiver.secret, body)
    )
    assert answer.status_code == 422


def test_a_body_beyond_the_limit(receiver):
    body = b" " * (16 * 1024 * 1024 + 1)
    headers = signed_headers(receiver.secret, body)
    answer = receiver.app.test_client().post("/v1/deliveries", data=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (413, "too-large")


@pytest.mark.parametrize("secret", ["", "another secret of someone"])
def test_who_does_not_know_the_secret_is_not_let_in(receiver, secret):
    body = json.dumps({"deliveries": [product()]}).encode()
    headers = signed_headers(secret, body) if secret else {}
    answer = receiver.app.test_client().post("/v1/deliveries", data=body, headers=headers)
    assert (answer.status_code, answer.json["code"]) == (401, "bad-signature")
    assert not everything(receiver)["item"]


def test_a_request_of_five_minutes_ago_is_not_let_in(receiver):
    body = json.dumps({"deliveries": [product()]}).encode()
    headers = signed_headers(receiver.secret, body, timestamp=int(time.time()) - 302)
    answer = receiver.app.test_client().post("/v1/deliveries", data=body, headers=headers)
    assert answer.status_code == 401


def test_a_changed_body_is_not_let_in(receiver):
    body = json.dumps({"deliveries": [product()]}).encode()
    headers = signed_headers(receiver.secret, body)
    forged = body.replace(b"12900", b"00001")
    answer = receiver.app.test_client().post("/v1/deliveries", data=forged, headers=headers)
    assert answer.status_code == 401


def test_the_same_deliveries_from_many_sides_at_once(receiver):
    batches = [NEWS, NEWS[::-1], [NEWS[0], product(2, 1, item(21))], [product(2, 1, item(21))]] * 4
    outcomes: list[tuple[str, str]] = []
    barrier = threading.Barrier(len(batches))

    def send(batch):
        barrier.wait()
        outcomes.extend((r["key"], r["outcome"]) for r in receiver.deliver(*batch))

    threads = [threading.Thread(target=send, args=(batch,)) for batch in batches]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    applied = [key for key, outcome in outcomes if outcome == "applied"]
    assert len(applied) == len(set(applied))
    assert not [outcome for _, outcome in outcomes if outcome == "refused"]
    send_until_done(receiver, NEWS)
    assert len(everything(receiver)["item"]) == 2


def test_stock_amounts_are_never_superseded(orders):
    orders.deliver(product(1, 1, item(stock={"count": 5})))
    assert orders.outcomes(stock(change_no=2, delta=-3)) == ["applied"]
    assert orders.outcomes(stock(change_no=1, delta=10)) == ["applied"]
    (again,) = orders.deliver(stock(change_no=1, delta=10))
    assert again["outcome"] == "duplicate"
    assert again["stock"] == {"item_id": 11, "count": 12, "revision": 3}
    assert orders.stock(11) == 12


def test_stock_cannot_fall_below_none(orders):
    orders.deliver(product(1, 1, item(stock={"count": 5})))
    (result,) = orders.deliver(stock(delta=-6))
    assert (result["outcome"], result["code"]) == ("refused", "stock-below-zero")
    assert result["stock"]["count"] == orders.stock(11) == 5
    assert "5" in result["message"]["ko"]


def test_a_count_of_an_earlier_stock_changes_nothing_and_learns_the_present_one(orders):
    orders.deliver(product(1, 1, item(stock={"count": 5})))
    assert orders.outcomes(stock(change_no=1, delta=3, seen=1)) == ["applied"]
    assert orders.outcomes(stock(change_no=1, delta=3, seen=1)) == ["duplicate"], "its own effect"
    for _ in range(2):
        (late,) = orders.deliver(stock(change_no=2, delta=-4, seen=1))
        assert (late["outcome"], late["code"]) == ("refused", "stock-moved-on")
        assert late["stock"] == {"item_id": 11, "count": 8, "revision": 2}
        assert "8" in late["message"]["ko"] and "8" in late["message"]["en"]
    assert orders.outcomes(stock(change_no=3, delta=-4, seen=2)) == ["applied"]
    assert orders.outcomes(stock(change_no=4, delta=1)) == ["applied"], "an amount is no count"
    assert orders.stock(11) == 5


def test_stock_is_not_for_the_catalogue(catalogue):
    catalogue.deliver(product())
    (result,) = catalogue.deliver(stock())
    assert (result["outcome"], result["code"]) == ("refused", "not-for-catalogue")
