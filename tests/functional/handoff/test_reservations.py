"""What is ordered of an item, asked of the order system before something is withdrawn."""

import time

import pytest

from app.accounts.models import Seller
from app.journey.handoff import reservations
from app.journey.handoff.reservations import Reserved, reserved_of, total
from app.listings.models import Item
from tests.factories import handoff, people


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Who has an answer is waited for, however slow the machine is."""
    monkeypatch.setattr(reservations, "PATIENCE_SECONDS", 60)


def test_what_is_ordered_of_many_items_is_asked_in_pages(app, orders):
    orders.reserved = {3: (2, 5), 1200: (1, 1), 9999: (7, 7)}
    with app.app_context():
        found = reserved_of(range(1, 1300))
    assert found == {3: Reserved(2, 5), 1200: Reserved(1, 1)}
    assert total(found) == Reserved(3, 6)


def test_of_nothing_nothing_is_asked(app, orders):
    with app.app_context():
        assert reserved_of([]) == {}


def test_who_does_not_answer_in_time_is_not_waited_for(app, orders, monkeypatch):
    monkeypatch.setattr(reservations, "PATIENCE_SECONDS", 0.2)
    orders.reservations_after = 60.0
    began = time.monotonic()
    with app.app_context():
        assert total(reserved_of([1])) is None
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("reserved", [(-1, 2), ("x", 1), (None, 1)])
def test_an_answer_off_the_contract_is_not_known(app, orders, reserved):
    orders.reserved = {1: reserved}
    with app.app_context():
        assert reserved_of([1]) is None


@pytest.fixture
def shelf(app, session):
    listing = handoff.approved_listing(items=2)
    ids = [item.id for item in listing.items]
    owner = people.owner_of(session.get_one(Seller, listing.seller_id))
    client = people.signed_in(app.test_client(), owner)
    client.set_cookie("language", "en")
    return client, f"/listings/{listing.id}", ids


def test_a_recall_says_what_it_touches_and_can_be_left(session, orders, shelf):
    client, url, ids = shelf
    orders.reserved = {ids[0]: (2, 5)}
    page = client.get(f"{url}/recall?item={ids[0]}").text
    assert "2 open orders are touched, with 5 pieces reserved" in page and "Recall 1 item" in page
    both = client.get(f"{url}/recall").text
    assert "Recall 2 items" in both
    assert "No open order is touched" in client.get(f"{url}/recall?item={ids[1]}").text
    assert session.get(Item, ids[0]).sale == "on", "asking changes nothing"
    assert client.get(f"{url}/recall?item=999999").status_code == 404


def test_a_recall_is_possible_while_the_order_system_is_away(session, orders, shelf):
    client, url, ids = shelf
    orders.stop()
    page = client.get(f"{url}/recall?item={ids[0]}").text
    assert "not known" in page
    form = {"action": "recall", "item": str(ids[0])}
    assert client.post(f"{url}/sale", data=form).status_code == 303
    # Recalled already: a second click finds the listing as the first left it.
    assert client.get(f"{url}/recall?item={ids[0]}").status_code == 303
