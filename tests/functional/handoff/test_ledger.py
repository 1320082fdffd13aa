"""The operators' ledger, and who may see it."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from sqlalchemy import event, select, update
from sqlalchemy import text as sql

from app.accounts.models import Seller
from app.journey.handoff import replaying, tasks
from app.journey.handoff import stopped as stops
from app.journey.handoff.health import health
from app.journey.handoff.ledger import lines
from app.journey.handoff.models import Delivery, DeliveryAnswer, HandoffDeed, TargetState
from app.listings.models import Item, Listing, Placement, TimelineEntry
from app.settings import settings
from tests.factories import people


@contextmanager
def listening(engine: Any, name: str, heard: Callable[..., None]) -> Iterator[None]:
    """*heard* hears every such event of the engine."""
    event.listen(engine, name, heard)
    try:
        yield
    finally:
        event.remove(engine, name, heard)


@pytest.fixture
def operator(session, client):
    return people.signed_in(client, people.operator(name="한도윤"))


def test_health_and_deliveries_in_both_languages(approve, operator):
    approve()
    korean = operator.get("/operator/deliveries", headers={"Accept-Language": "ko"})
    assert korean.status_code == 200
    assert "카탈로그" in korean.text and "빨간 머그컵" in korean.text and "전달 중" in korean.text
    english = operator.get("/operator/deliveries", headers={"Accept-Language": "en"})
    assert "Handing over" in english.text and "Red mug" in english.text


@pytest.mark.parametrize(
    ("query", "there"),
    [
        ("target=orders", True),
        ("state=parked", False),
        ("state=due&text=no-such-sku", False),
        ("text=99999999999999999999", False),
        ("text=%00", True),
        ("before=0", False),
        ("state='\"<script>", True),
    ],
)
def test_filters(approve, operator, query, there):
    approve()
    page = operator.get(f"/operator/deliveries?{query}")
    assert page.status_code == 200
    assert ("product:" in page.text) is there


def test_found_by_sku_number_and_key(approve, operator, session):
    listing_id = approve()
    row = session.scalars(select(Delivery)).first()
    sku = row.payload["items"][0]["sku"]
    for text in (sku, listing_id, row.key):
        assert row.key in operator.get(f"/operator/deliveries?text={text}").text


def test_a_refused_one_is_read_and_sent_again(approve, receivers, run_tasks, operator, session):
    approve()
    receivers["catalogue"].moods.append("refuse-all")
    run_tasks()
    row = session.scalars(select(Delivery).filter_by(state="refused")).one()
    page = operator.get(f"/operator/deliveries/{row.id}", headers={"Accept-Language": "en"})
    assert "This brand is not accepted." in page.text and "Send again now" in page.text

    answer = operator.post(f"/operator/deliveries/{row.id}/replay")
    assert (answer.status_code, answer.location) == (303, f"/operator/deliveries/{row.id}")
    run_tasks()
    session.expire_all()
    assert session.get(Delivery, row.id).state == "delivered"
    assert operator.post(f"/operator/deliveries/{row.id}/replay").status_code == 409


def test_pausing_asks_first_and_says_who_did_it(approve, receivers, run_tasks, operator, session):
    asked = operator.get("/operator/targets/orders/pause", headers={"Accept-Language": "en"})
    assert "Pause it" in asked.text
    assert session.get(TargetState, "orders") is None, "asking changes nothing"
    assert operator.post("/operator/targets/orders/pause").status_code == 303
    assert "한도윤" in operator.get("/operator/deliveries").text

    approve()
    run_tasks()
    assert receivers["orders"].requests == []
    assert operator.post("/operator/targets/orders/resumption").status_code == 303
    run_tasks()
    assert len(receivers["orders"].effects) == 1


def test_unknown_ones_are_not_there(operator):
    assert operator.get("/operator/deliveries/1").status_code == 404
    assert operator.get("/operator/targets/moon/pause").status_code == 404
    assert operator.post("/operator/targets/moon/pause").status_code == 404


def test_nobody_else_sees_it(session, client):
    owner = people.owner_of(people.seller())
    signed_in = people.signed_in(client, owner)
    for path in (
        "/operator/deliveries",
        "/operator/deliveries/1",
        "/operator/targets/orders/pause",
    ):
        assert signed_in.get(path).status_code == 404
    reviewer = people.signed_in(client, people.reviewer())
    assert reviewer.get("/operator/deliveries").status_code == 404


def stopped(session, count, state="parked", code="failed", target="catalogue", first=1):
    """So many stopped deliveries of one listing beside what it has, as one statement makes them."""
    session.execute(
        sql(
            "INSERT INTO delivery (target, subject, subject_id, revision, listing_id, payload,"
            " state, answer_code, attempts)"
            " SELECT :target, 'stock', 1, n, (SELECT min(id) FROM listing), '{}', :state, :code, 9"
            " FROM generate_series(CAST(:first AS int), CAST(:last AS int)) n"
        ),
        {
            "target": target,
            "state": state,
            "code": code,
            "first": first,
            "last": first + count - 1,
        },
    )
    session.commit()


def counts(session, **columns):
    session.expire_all()
    return len(session.scalars(select(Delivery.id).filter_by(**columns)).all())


def test_all_of_a_cause_are_sent_again_in_slices(approve, operator, session, monkeypatch):
    monkeypatch.setattr(replaying, "SLICE", 400)
    listing_id = approve(items=1)
    stopped(session, 1000)
    stopped(session, 3, code="no-answer", first=2001)
    (most, other) = stops.causes()
    assert (most.code, most.count, other.count) == ("failed", 1000, 3)
    page = operator.get("/operator/deliveries", headers={"Accept-Language": "en"}).text
    assert "Send all 1000 again" in page or "Send all 1,000 again" in page
    address = "/operator/targets/catalogue/replay"
    asked = operator.get(f"{address}?state=parked&cause=failed")
    assert asked.status_code == 200
    # What stops after the operator looked was not asked for.
    stopped(session, 5, first=3001)

    form = {"state": "parked", "cause": "failed", "upto": str(most.upto)}
    answer = operator.post(address, data=form)
    assert counts(session, state="parked", answer_code="failed") == 5
    assert counts(session, state="due", attempts=0, answer_code="failed") == 1000
    assert "1,000" in operator.get(answer.location, headers={"Accept-Language": "en"}).text
    steps = session.scalars(select(TimelineEntry).filter_by(event="delivery-replayed")).all()
    assert {step.listing_id for step in steps} == {listing_id} and len(steps) == 3
    # A second click finds nothing left, and says so.
    again = operator.get(operator.post(address, data=form).location).text
    assert "0건 중 0건" in again


def test_of_a_selection_it_says_what_was_not_sent(approve, operator, session):
    listing_id = approve(items=1)
    stopped(session, 4)
    parked = session.scalars(select(Delivery).filter_by(state="parked")).all()
    ids = [row.id for row in parked]
    delivered, leased, refused = ids[0], ids[1], ids[2]
    session.execute(
        update(Delivery)
        .where(Delivery.id == delivered)
        .values(state="delivered", delivered_at=sql("now()"))
    )
    session.execute(
        update(Delivery)
        .where(Delivery.id == leased)
        .values(state="due", lease_until=sql("now() + interval '1 minute'"))
    )
    session.execute(
        update(Delivery).where(Delivery.id == refused).values(state="refused", subject="offer")
    )
    older = session.scalars(select(Delivery).filter_by(target="catalogue", subject="product")).one()
    older_id, company = older.id, older.listing_id
    older.state = "parked"
    newer = Delivery(target="catalogue", subject="product", subject_id=company, revision=9)
    newer.listing_id, newer.payload = listing_id, {}
    session.add(newer)
    session.commit()

    none = operator.post("/operator/deliveries/replays", data={"delivery": ["x", "²", ""]})
    assert none.status_code == 422
    chosen = {"delivery": [*ids, older_id], "target": "catalogue"}
    answer = operator.post("/operator/deliveries/replays", data=chosen)
    assert "target=catalogue" in answer.location
    deed = session.scalars(select(HandoffDeed)).all()[-1]
    assert (deed.asked, deed.sent, deed.superseded) == (5, 2, 1)
    page = operator.get(answer.location, headers={"Accept-Language": "en"}).text
    assert "Sent again: 2 of 5." in page and "1 had a newer one" in page and "2 were not" in page
    session.expire_all()
    assert session.get(Delivery, older_id).state == "superseded"
    assert session.get(Delivery, leased).lease_until is not None


def test_answers_are_kept_and_who_sent_it_again(approve, receivers, run_tasks, operator, session):
    approve(items=1)
    receivers["catalogue"].moods.extend(["500", "refuse-all"])
    run_tasks()
    session.execute(update(Delivery).values(not_before=sql("now()")))
    session.execute(update(TargetState).values(hold_until=None))
    session.commit()
    tasks.send("catalogue")
    row_id = session.scalars(select(Delivery.id).filter_by(target="catalogue")).one()
    kept = session.scalars(select(DeliveryAnswer).order_by(DeliveryAnswer.id)).all()
    assert [(one.code, one.attempt, one.state) for one in kept] == [
        ("failed", 1, "due"),
        ("brand", 2, "refused"),
    ]
    operator.post(f"/operator/deliveries/{row_id}/replay")
    run_tasks()
    page = operator.get(f"/operator/deliveries/{row_id}", headers={"Accept-Language": "en"}).text
    assert "This brand is not accepted." in page and "The system failed" in page
    assert "It has it." in page and "한도윤" in page


def test_pauses_are_on_record(operator, session):
    for what in ("pause", "pause", "resumption", "resumption"):
        operator.post(f"/operator/targets/orders/{what}")
    acts = session.scalars(select(HandoffDeed.act).order_by(HandoffDeed.id)).all()
    assert acts == ["pause", "resume"]
    assert (
        "What operators did"
        in operator.get("/operator/deliveries?text=x", headers={"Accept-Language": "en"}).text
    )


def test_speed_is_told_of_the_last_hour(approve, operator, session):
    approve(items=1)
    stopped(session, 4)
    session.execute(
        sql(
            "UPDATE delivery SET state = 'delivered', delivered_at = now(),"
            " created_at = now() - make_interval(secs => revision) WHERE subject = 'stock'"
        )
    )
    session.commit()
    speed = next(each.speed for each in health() if each.code == "catalogue")
    assert (round(speed.half, 1), speed.count) == (2.5, 4)
    assert 3.8 <= speed.most <= 4
    assert next(each.speed for each in health() if each.code == "orders") is None
    page = operator.get("/operator/deliveries", headers={"Accept-Language": "en"}).text
    assert "half 2.5 s" in page and "(4 deliveries)" in page


def test_found_by_age_attempts_and_the_targets_own_number(approve, operator, session):
    approve(items=1)
    stopped(session, 1)
    session.execute(
        sql("UPDATE delivery SET created_at = now() - interval '2 hours' WHERE subject = 'stock'")
    )
    item_id = session.scalars(select(Item.id)).one()
    session.add(Placement(item_id=item_id, target="orders", external_id="V-77", state="on"))
    session.commit()

    def found(query):
        page = operator.get(f"/operator/deliveries?{query}").text
        return page.count('name="delivery"'), page.count("<code>product:")

    assert found("age=1h") == (1, 0)
    assert found("age=1d") == (0, 0)
    assert found("attempts=5") == (1, 0)
    assert found("attempts=%C2%B2&age=x") == (1, 2)
    assert found("text=V-77") == (1, 2)


def test_a_refused_amount_of_stock_is_never_sent_again(
    approve, receivers, run_tasks, operator, session
):
    """It would change what the seller has counted since; a parked one is owed and goes out."""
    approve(items=1)
    run_tasks()
    stopped(session, 2, "refused", "stock-below-zero", "orders")
    stopped(session, 1, "parked", "failed", "orders", first=9)
    rows = session.scalars(select(Delivery).filter_by(subject="stock").order_by(Delivery.id)).all()
    refused, _, parked = [row.id for row in rows]
    page = operator.get("/operator/deliveries", headers={"Accept-Language": "en"}).text
    assert "Send 1 again" in page and "Send all 2 again" not in page
    assert f'name="delivery" value="{parked}"' in page
    assert f'name="delivery" value="{refused}"' not in page
    one = operator.get(f"/operator/deliveries/{refused}", headers={"Accept-Language": "en"}).text
    assert "Send again now" not in one and "told to count anew" in one
    assert operator.post(f"/operator/deliveries/{refused}/replay").status_code == 409
    of_cause = {"state": "refused", "cause": "stock-below-zero", "upto": parked}
    assert operator.get("/operator/targets/orders/replay", query_string=of_cause).status_code == 404
    operator.post("/operator/targets/orders/replay", data=of_cause)
    operator.post("/operator/deliveries/replays", data={"delivery": [refused, parked]})
    session.expire_all()
    assert [row.state for row in rows] == ["refused", "refused", "due"]


def test_a_sku_is_found_in_any_case_and_without_reading_every_item(approve, operator, session):
    approve(items=1)
    session.execute(sql("UPDATE item SET sku = 'Mug-RED-7'"))
    session.execute(
        sql(
            "INSERT INTO item (listing_id, seller_id, position, sku)"
            " SELECT listing_id, seller_id, 100 + n, 'other-' || n FROM item,"
            " generate_series(1, 5000) n"
        )
    )
    session.execute(sql("ANALYZE item"))
    session.commit()
    for typed in ("Mug-RED-7", "mug-red-7"):
        assert "<code>product:" in operator.get(f"/operator/deliveries?text={typed}").text
    asked = []
    with listening(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given)):
        lines(text="mug-red-7")
    of_items = [(given[2], given[3]) for given in asked if "FROM item" in given[2]]
    assert of_items
    for statement, given in of_items:
        plan = session.connection().exec_driver_sql(f"EXPLAIN {statement}", given).scalars().all()
        assert any("ix_item_sku" in line for line in plan)
        assert not any("Seq Scan on item" in line for line in plan), plan


def test_each_line_says_how_long_it_took(approve, operator, session):
    approve(items=1)
    session.execute(
        sql(
            "UPDATE delivery SET state = 'delivered', delivered_at = created_at +"
            " make_interval(secs => CASE target WHEN 'orders' THEN 3.25 ELSE 10800 END)"
        )
    )
    session.commit()
    in_english = {"Accept-Language": "en"}
    for target, took in (("orders", "3.2 s"), ("catalogue", "3 h")):
        page = operator.get(f"/operator/deliveries?target={target}", headers=in_english).text
        assert f'data-head="Took">{took}</td>' in page
        row_id = session.scalars(select(Delivery.id).filter_by(target=target)).one()
        page = operator.get(f"/operator/deliveries/{row_id}", headers=in_english).text
        assert f"Took</th><td>{took}</td>" in page


def test_the_slowest_of_the_last_hour(approve, operator, session):
    approve(items=1)
    stopped(session, 60)
    session.execute(
        sql(
            "UPDATE delivery SET state = 'delivered', delivered_at = now(),"
            " created_at = now() - make_interval(secs => revision) WHERE subject = 'stock'"
        )
    )
    # It took longest, and that is longer ago.
    session.execute(
        sql(
            "UPDATE delivery SET delivered_at = now() - interval '2 hours',"
            " created_at = now() - interval '9 hours' WHERE subject = 'stock' AND revision = 60"
        )
    )
    session.commit()
    english = {"Accept-Language": "en"}
    page = operator.get("/operator/deliveries?order=slowest", headers=english).text
    keys = re.findall("<code>(stock:1:[0-9]+)</code>", page)
    assert keys == [f"stock:1:{number}" for number in range(59, 9, -1)]
    assert "before=" not in page and "newest 1,000 at most, the 50 that took longest" in page
    for query, left in (("attempts=10", 0), ("target=orders", 0), ("state=parked", 0)):
        asked = f"/operator/deliveries?order=slowest&{query}"
        assert operator.get(asked).text.count("<code>stock:") == left
    # From the figure of the target to what it is of; a selection keeps the order.
    assert "order=slowest&amp;target=catalogue#deliveries" in page
    assert '<input type="hidden" name="order" value="slowest">' in page


@pytest.mark.parametrize(
    "act",
    [
        lambda: lines(order="slowest"),
        lambda: lines(age="1h"),
        lambda: lines(attempts="3", target="orders"),
        health,
    ],
)
def test_what_an_operator_asks_for_is_found_without_reading_every_delivery(approve, session, act):
    approve(items=1)
    stopped(session, 20_000)
    # One a minute, so that what arrived lately is little beside what there is.
    session.execute(
        sql(
            "UPDATE delivery SET state = 'delivered',"
            " delivered_at = now() - make_interval(mins => revision)"
            " WHERE state = 'parked' AND revision > 20"
        )
    )
    session.execute(sql("ANALYZE delivery"))
    session.commit()
    asked = []
    with listening(session.get_bind(), "before_cursor_execute", lambda *given: asked.append(given)):
        act()
    plans = [
        "\n".join(session.connection().exec_driver_sql(f"EXPLAIN {one[2]}", one[3]).scalars())
        for one in asked
        if "FROM delivery" in one[2]
    ]
    assert plans
    for plan in plans:
        assert "Seq Scan on delivery" not in plan and "Backward using pk_delivery" not in plan


def test_of_a_paused_target_no_time_is_told_that_will_not_hold(
    approve, receivers, run_tasks, operator, session
):
    approve(items=1)
    receivers["catalogue"].moods.append("500")
    run_tasks()
    row_id = session.scalars(select(Delivery.id).filter_by(target="catalogue")).one()
    english, address = {"Accept-Language": "en"}, "/operator/deliveries?target=catalogue"
    assert "Again at" in operator.get(address, headers=english).text
    operator.post("/operator/targets/catalogue/pause")
    for page in (address, f"/operator/deliveries/{row_id}"):
        told = operator.get(page, headers=english).text
        assert "Goes on once the target is resumed" in told and "Again at" not in told
    assert "대상을 다시 시작하면 보냄" in operator.get(address).text


@pytest.fixture
def in_turn(monkeypatch):
    """The order system is told only after the catalogue."""
    monkeypatch.setenv("ORDERS_WAIT_FOR_CATALOGUE", "true")
    settings.cache_clear()
    yield
    monkeypatch.undo()
    settings.cache_clear()


@pytest.mark.parametrize(
    ("state", "operators", "sellers"),
    [
        ("due", "Goes out once Catalogue has taken", "Sent as soon as Catalogue has taken"),
        ("refused", "Catalogue refused the product", "Not sent: Catalogue refused the product"),
        ("parked", "The product is parked for Catalogue", "an operator looks into it"),
    ],
)
def test_what_waits_for_another_target_says_so(
    receivers, in_turn, approve, operator, client, session, state, operators, sellers
):
    listing_id = approve(items=1)
    session.execute(update(Delivery).where(Delivery.target == "catalogue").values(state=state))
    session.commit()
    waiting = session.scalars(select(Delivery).filter_by(target="orders")).one()
    told = next(each for each in health() if each.code == "orders")
    assert (told.waiting, told.due) == (1, 0)
    english = {"Accept-Language": "en"}
    page = operator.get("/operator/deliveries?state=waiting", headers=english).text
    assert "1 waits for Catalogue" in page and operators in page
    assert page.count("<code>product:") == 1
    page = operator.get(f"/operator/deliveries/{waiting.id}", headers=english).text
    awaited = session.scalars(select(Delivery.id).filter_by(target="catalogue")).one()
    assert operators in page and f"/operator/deliveries/{awaited}" in page

    owner = people.owner_of(session.get_one(Seller, session.get_one(Listing, listing_id).seller_id))
    seen = people.signed_in(client, owner).get(f"/listings/{listing_id}", headers=english).text
    assert sellers in seen
