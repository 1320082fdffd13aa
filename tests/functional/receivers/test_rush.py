"""Two hundred buyers for the last ten pieces, over real HTTP: ten have one, the others know."""

import http.client
import json
import uuid
from collections import Counter
from urllib.parse import urlsplit

from app.core.signing import call_line, signed_headers
from tests.factories.deliveries import item, product
from tests.factories.races import at_once

BUYERS, PIECES = 200, 10


def buyer(address, secret, key):
    """A buyer whose request is signed already; calling it sends it."""
    body = json.dumps({"lines": [{"item_id": 11, "quantity": 1, "price": 12900}]}).encode()
    headers = signed_headers(secret, body, call=call_line("POST", "/v1/orders", key))
    headers |= {"Idempotency-Key": key, "Content-Type": "application/json"}
    place = urlsplit(address)

    def buy():
        line = http.client.HTTPConnection(place.hostname, place.port, timeout=60)
        line.request("POST", "/v1/orders", body, headers)
        answer = line.getresponse()
        told = json.loads(answer.read())
        line.close()
        return answer.status, told.get("code", ""), told.get("no", "")

    return buy


def test_two_hundred_buyers_for_the_last_ten_pieces(orders, orders_address, monkeypatch):
    # All of them are served here, by 24 connections: on a slow machine the last waits for long.
    monkeypatch.setattr(orders.app.extensions["store"].engine.pool, "_timeout", 60)
    orders.deliver(product(1, 1, item(11, stock={"count": PIECES})))
    keys = [uuid.uuid4().hex for _ in range(BUYERS)]
    answers = at_once(*[buyer(orders_address, orders.secret, key) for key in keys])

    assert Counter(answer[:2] for answer in answers) == {(201, ""): 10, (409, "sold-out"): 190}
    assert len({no for status, _, no in answers if status == 201}) == PIECES
    assert orders.stock(11) == 0
    reserved = orders.call("GET", "/v1/reservations?items=11").json["reservations"]
    assert [(one["item_id"], one["unpaid_orders"], one["unpaid_pieces"]) for one in reserved] == [
        (11, PIECES, PIECES)
    ]
