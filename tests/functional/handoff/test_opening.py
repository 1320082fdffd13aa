"""What an approval or a change opens, and what it ends."""

from sqlalchemy import select

from app.core.contracts import check
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.models import Delivery
from app.listings.actions import apply_staged, change_sale, stage_offer, stage_stock
from app.listings.models import Item, Stock


def deliveries(session, **filters):
    found = session.scalars(select(Delivery).filter_by(**filters).order_by(Delivery.id)).all()
    return list(found)


def items(session, listing_id):
    return session.scalars(select(Item).filter_by(listing_id=listing_id).order_by(Item.id)).all()


def test_an_approval_opens_one_delivery_for_each_target(session, approve):
    listing_id = approve(items=3)
    rows = deliveries(session)
    assert {(r.target, r.subject, r.subject_id, r.revision, r.state) for r in rows} == {
        ("catalogue", "product", listing_id, 1, "due"),
        ("orders", "product", listing_id, 1, "due"),
    }


def test_the_payload_fits_the_contract_and_says_what_was_approved(session, approve):
    approve(items=2)
    row = deliveries(session, target="catalogue")[0]
    told = row.payload
    wire = {
        "key": row.key,
        "subject": row.subject,
        "subject_id": str(row.subject_id),
        "revision": row.revision,
        "practice": row.practice,
        "payload": told,
    }
    check("delivery-batch", {"deliveries": [wire]})
    assert told["attributes"] == [
        {
            "code": "volume",
            "label": {"ko": "용량", "en": "Volume"},
            "value": {"ko": "350ml", "en": "350 ml"},
        }
    ]
    assert told["pictures"][0]["renditions"][0]["url"].startswith("http://localhost/pictures/")
    assert told["description"] == {"ko": "단단합니다.", "en": "단단합니다."}
    assert told["notice"]["fields"][0]["value"] == "도자기"
    assert told["certifications"][0]["number"] == "HU07123-19001A"
    assert told["shipping"]["return_fee"] == 3000
    assert told["options"] == [{"code": "colour", "label": {"ko": "색상", "en": "Colour"}}]
    assert told["option"]["label"]["ko"] == "색상"
    assert [i["option"] for i in told["items"]] == ["빨강 0", "빨강 1"]
    assert told["items"][0]["pictures"] == []
    assert told["items"][0]["options"][0]["value"] == {"ko": "빨강 0", "en": "빨강 0"}
    assert [i["offer"]["price"] for i in told["items"]] == [12900, 12900]
    assert [i["stock"]["count"] for i in told["items"]] == [10, 10]


def test_the_payload_says_who_sells_as_the_law_wants_it(session, approve):
    listing_id = approve(
        company={
            "representative": "김하늘",
            "business_number": "1208800767",
            "mail_order_exempt": "simplified",
            "address": "서울특별시 중구 세종대로 110",
            "contact_phone": "02-555-0101",
        }
    )
    told = deliveries(session, subject_id=listing_id)[0].payload["seller"]
    assert told["representative"] == "김하늘"
    assert told["business_number"] == "1208800767"
    assert told["mail_order_number"] == ""
    assert told["mail_order_exempt"] == {"ko": "간이과세자", "en": "Simplified VAT payer"}
    assert (told["address"], told["phone"]) == ("서울특별시 중구 세종대로 110", "02-555-0101")


def test_what_is_sold_in_the_eu_says_what_is_asked_there(session, approve):
    eu = {
        "maker_address": "Hanbit, 110 Sejong-daero, Seoul, Korea",
        "maker_email": "safety@hanbit.example",
        "maker_inside": "no",
        "person": "EU Rep GmbH, Ring 1, 10115 Berlin, Germany",
        "person_email": "rep@example.eu",
    }
    listing_id = approve(sold_in=["kr", "eu"], eu=eu)
    row = deliveries(session, subject_id=listing_id)[0]
    assert row.state == "due"
    assert row.payload["sold_in"] == ["kr", "eu"]
    assert row.payload["eu"] == {
        "maker": eu["maker_address"],
        "maker_email": eu["maker_email"],
        "person": eu["person"],
        "person_email": eu["person_email"],
        "warnings": "",
    }


def test_what_is_sold_in_korea_alone_says_nothing_of_the_eu(session, approve):
    """Answers of a market that was ticked off again stay in the draft."""
    listing_id = approve(eu={"maker_email": "safety@hanbit.example"})
    payload = deliveries(session, subject_id=listing_id)[0].payload
    assert (payload["sold_in"], payload["eu"]) == (["kr"], None)


def test_the_order_system_owns_the_stock_from_the_first_handoff_on(session, approve):
    approve()
    assert {s.owner for s in session.scalars(select(Stock))} == {"orders"}


def test_practice_says_so(session, approve):
    approve(practice=True)
    assert all(row.practice for row in deliveries(session))


def test_an_event_heard_twice_opens_nothing_more(session, approve):
    from app.core.unit_of_work import record
    from app.listings.events import VersionApproved
    from app.listings.queries import live_version

    listing_id = approve()
    version_id = live_version(listing_id).id
    with unit_of_work():
        record(VersionApproved(listing_id, version_id))
    assert len(deliveries(session)) == 2


def test_a_newer_price_ends_the_one_that_was_waiting(session, approve):
    listing_id = approve(items=1)
    item = items(session, listing_id)[0]
    for price, revision in ((13000, 1), (14000, 2)):
        with unit_of_work():
            stage_offer(item.id, price, None, revision, None)
        with unit_of_work():
            apply_staged(listing_id, None, [], None)
    rows = deliveries(session, subject="offer", target="catalogue")
    assert [(r.revision, r.state) for r in rows] == [(2, "superseded"), (3, "due")]
    assert rows[1].payload["offer"] == {"price": 14000, "list_price": None, "revision": 3}


def test_stock_changes_go_to_orders_alone_and_never_end_each_other(session, approve):
    listing_id = approve(items=1)
    item = items(session, listing_id)[0]
    for amount in (5, -3):
        with unit_of_work():
            stage_stock(item.id, amount, None)
        with unit_of_work():
            apply_staged(listing_id, None, [], None)
    rows = deliveries(session, subject="stock")
    assert [(r.target, r.revision, r.payload["delta"], r.state) for r in rows] == [
        ("orders", 1, 5, "due"),
        ("orders", 2, -3, "due"),
    ]


def test_a_recall_is_more_urgent_than_anything(session, approve):
    listing_id = approve(items=2)
    item = items(session, listing_id)[0]
    with unit_of_work():
        change_sale(listing_id, [item.id], "recall", None)
    rows = deliveries(session, subject="sale")
    assert {(r.target, r.urgency, r.payload["sale"]["state"]) for r in rows} == {
        ("catalogue", 0, "recalled"),
        ("orders", 0, "recalled"),
    }


def test_what_is_off_the_contract_is_parked_for_an_operator_and_the_approval_stands(
    session, approve
):
    approve(brand="x" * 600)
    rows = deliveries(session)
    assert {(r.state, r.answer_code) for r in rows} == {("parked", "off-contract")}
    assert "brand" in rows[0].answer_message["en"]
