"""What the receivers say they have: one shape, in pages, for who is signed in alone."""

import pytest
from sqlalchemy import text

from app.core.contracts import check
from app.receivers import holdings
from tests.factories.deliveries import item, offer, product, sale, stock


@pytest.fixture(params=["catalogue", "orders"])
def receiver(request):
    return request.getfixturevalue(request.param)


def held(receiver, after=""):
    answer = receiver.call("GET", f"/v1/holdings?after={after}")
    assert answer.status_code == 200, answer.text
    check("holdings", answer.json)
    return answer.json


def test_every_part_says_at_which_revision_it_stands(receiver):
    assert held(receiver) == {"listings": [], "cursor": "0", "more": False}
    receiver.deliver(product(1, 3, item(11, version=3), item(12)), product(2, 1, item(21)))
    receiver.deliver(offer(11, 4, 9900), sale(12, 2, "recalled"))
    first, second = held(receiver)["listings"]
    assert (first["listing_id"], first["version"], second["listing_id"]) == (1, 3, 2)
    told = {one.pop("item_id"): one for one in first["items"]}
    names = ("version", "price", "offer_revision", "sale", "sale_revision")
    assert {number: tuple(one[name] for name in names) for number, one in told.items()} == {
        11: (3, 9900, 4, "on", 1),
        12: (1, 12900, 1, "recalled", 2),
    }


def test_the_order_system_tells_the_count(orders):
    orders.deliver(product(1, 1, item(11)))
    orders.deliver(stock(11, 1, 4))
    told = held(orders)["listings"][0]["items"][0]["stock"]
    assert (told["count"], told["revision"]) == (9, 2)


def test_pages_end_by_listings_and_by_items(receiver, monkeypatch):
    receiver.deliver(*[product(n, 1, item(n * 10), item(n * 10 + 1)) for n in range(1, 6)])
    monkeypatch.setattr(holdings, "LISTINGS_PAGE", 2)
    seen, cursor, more = [], "", True
    while more:
        page = held(receiver, cursor)
        seen.append([one["listing_id"] for one in page["listings"]])
        cursor, more = page["cursor"], page["more"]
    assert seen == [[1, 2], [3, 4], [5]]
    monkeypatch.setattr(holdings, "ITEMS_PAGE", 1)
    assert [one["listing_id"] for one in held(receiver, "2")["listings"]] == [3], "never none"


def test_neither_without_a_signature_nor_with_nonsense(receiver):
    assert receiver.app.test_client().get("/v1/holdings").status_code == 401
    wrong = receiver.call("GET", "/v1/holdings?after=x")
    assert (wrong.status_code, wrong.json["code"]) == (422, "not-a-cursor")


def test_keys_of_long_ago_are_forgotten(receiver):
    receiver.deliver(product(1), offer(11))
    name = "catalogue" if "catalogue" in receiver.app.name else "orders"
    with receiver.app.extensions["store"].transaction() as session:
        session.execute(
            text(f"UPDATE {name}.received SET at = at - interval '401 days' WHERE key LIKE 'off%'")
        )
    held(receiver)
    with receiver.app.extensions["store"].transaction() as session:
        assert session.scalars(text(f"SELECT key FROM {name}.received")).all() == ["product:1:1"]
