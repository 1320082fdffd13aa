"""What is ordered of an item, asked of the order system before something is withdrawn."""

import time

import pytest
from sqlalchemy import select, update

from app.accounts.models import Seller
from app.accounts.suspension_reasons import REASONS
from app.core.clock import database_now
from app.journey.handoff import reservations, tasks
from app.journey.handoff.models import Delivery, TargetState
from app.journey.handoff.reservations import Reserved, reserved_of, total
from app.listings.models import Item, Listing, Placement
from tests.factories import handoff, people


@pytest.fixture(autouse=True)
def patient(monkeypatch):
    """Who has an answer is waited for, however slow the machine is."""
    monkeypatch.setattr(reservations, "PATIENCE_SECONDS", 60)


def test_what_is_ordered_of_many_items_is_asked_in_pages(app, orders):
    orders.reserved = {3: (2, 5, 1, 4), 1200: (1, 1, 0, 0), 9999: (7, 7, 7, 7)}
    with app.app_context():
        found = reserved_of(range(1, 1300))
    assert found == {3: Reserved(2, 5, 1, 4, 14), 1200: Reserved(1, 1, 0, 0, 14)}
    assert total(found) == Reserved(3, 6, 1, 4, 14)


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


@pytest.mark.parametrize("reserved", [(-1, 2, 0, 0), ("x", 1, 0, 0), (1, 1, None, 1)])
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
    orders.reserved = {ids[0]: (2, 5, 1, 4)}
    page = client.get(f"{url}/recall?item={ids[0]}").text
    assert "2 orders wait to be paid, with 5 pieces held." in page and "Recall 1 item" in page
    assert "1 order of the last 14 days is paid, with 4 pieces." in page and "12,480" not in page
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


def _told(session) -> None:
    """Both systems have the goods on sale."""
    for item in session.scalars(select(Item)):
        for target in ("catalogue", "orders"):
            session.add(Placement(item_id=item.id, target=target, state="on"))
    session.commit()


TROUBLE = [
    (
        "orders",
        {"failures": 3},
        "주문: 지금 이 시스템이 아무것도 받지 못합니다.",
    ),
    ("orders", {"paused_at": database_now()}, "주문: 운영자가 이 시스템을 멈춰 두었습니다."),
    ("catalogue", {"failures": 1}, "카탈로그: 지금 이 시스템이 아무것도 받지 못합니다."),
    ("catalogue", {"paused_at": database_now()}, "확인할 때까지 판매 중으로 보입니다."),
]


@pytest.mark.parametrize(("target", "state", "told"), TROUBLE)
def test_a_recall_says_which_system_would_not_take_it_now(
    session, orders, shelf, target, state, told
):
    client, url, _ = shelf
    _told(session)
    client.set_cookie("language", "ko")
    page = client.get(f"{url}/recall").text
    assert "주문 시스템이 확인할 때까지는 주문이 들어오고" in page
    assert "role-stop" not in page and told not in page
    session.add(TargetState(target=target, **state))
    session.commit()
    page = client.get(f"{url}/recall").text
    assert told in page and page.count("say role-stop") == 1


def test_a_recalled_item_says_that_it_sells_until_the_order_system_confirms(
    session, receivers, shelf
):
    client, url, ids = shelf
    _told(session)
    receivers["orders"].moods.extend(["500"] * 9)
    client.post(f"{url}/sale", data={"action": "recall", "item": str(ids[0])})
    tasks.send("orders")
    page = client.get(url).text
    assert page.count("Orders are still taken until it confirms the recall.") == 1
    assert page.count("It shows the goods as on sale until it confirms the recall.") == 1
    tasks.send("catalogue")
    page = client.get(url).text
    assert "It shows the goods" not in page and "Orders are still taken" in page
    receivers["orders"].moods.clear()
    session.execute(update(TargetState).values(hold_until=None))
    session.execute(update(Delivery).values(not_before=database_now()))
    session.commit()
    tasks.send("orders")
    assert "Orders are still taken" not in client.get(url).text


def test_what_was_on_sale_is_put_away_with_its_orders_in_sight(session, orders, shelf):
    client, url, ids = shelf
    orders.reserved = {ids[0]: (0, 0, 3, 4)}
    client.post(f"{url}/sale", data={"action": "recall"})
    assert f'href="{url}/retirement"' in client.get(url).text
    page = client.get(f"{url}/retirement").text
    assert "3 orders of the last 14 days are paid, with 4 pieces." in page
    assert session.get(Listing, int(url.rpartition("/")[2])).retired_at is None
    query = {"act": "retire", "listing": url.rpartition("/")[2]}
    many = client.get("/listings/many", query_string=query).text
    assert "3 orders of the last 14 days are paid, with 4 pieces." in many
    assert client.post(f"{url}/retirement").status_code == 303
    session.expire_all()
    assert session.get(Listing, int(url.rpartition("/")[2])).retired_at is not None
    assert client.get(f"{url}/retirement").status_code == 303


def test_a_suspension_says_who_would_not_take_it_and_who_has_not(app, session, orders, shelf):
    _told(session)
    seller_id = session.scalars(select(Listing.seller_id)).one()
    session.add(TargetState(target="orders", failures=4))
    session.commit()
    operator = people.signed_in(app.test_client(), people.operator())
    operator.set_cookie("language", "en")
    page = operator.get(f"/operator/companies/{seller_id}/suspension").text
    assert "Orders: this system does not take anything just now. Orders are still taken" in page
    reason = next(iter(REASONS))
    operator.post(f"/operator/companies/{seller_id}/suspension", data={"reason": reason})
    page = operator.get(f"/operator/companies/{seller_id}/suspension").text
    assert "Orders has not confirmed the recall of 2 items yet" in page
    assert "Catalogue has not confirmed the recall of 2 items yet" in page
    session.execute(update(Placement).filter_by(target="orders").values(state="recalled"))
    session.commit()
    page = operator.get(f"/operator/companies/{seller_id}/suspension").text
    assert "Orders has not confirmed" not in page
    assert "Catalogue has not confirmed the recall of 2 items yet" in page
