"""The operators' ledger, and who may see it."""

import pytest
from sqlalchemy import select

from app.journey.handoff.models import Delivery, TargetState
from tests.factories import people


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
