import pytest
from jsonschema_rs import meta

from app.core.contracts import OffContract, check, faults, names, schema


@pytest.mark.parametrize("contract", names())
def test_every_contract_is_a_schema_with_a_title(contract):
    meta.validate(schema(contract))
    assert schema(contract)["title"].endswith("version 1")


def delivery(**changed):
    return {
        "key": "sale:4:2",
        "subject": "sale",
        "subject_id": "4",
        "revision": 2,
        "practice": False,
        "payload": {"listing_id": 1, "item_id": 4, "sale": {"state": "recalled", "revision": 2}},
    } | changed


def test_a_delivery_that_fits():
    check("delivery-batch", {"deliveries": [delivery(a_later_addition=1)]})


def test_every_fault_is_told_with_its_place():
    broken = delivery(
        revision=0, payload={"listing_id": "1", "item_id": 4, "sale": {"state": "gone"}}
    )
    found = faults("delivery-batch", {"deliveries": [delivery(), broken]})
    assert {fault.path for fault in found} == {
        "/deliveries/1/revision",
        "/deliveries/1/payload/listing_id",
        "/deliveries/1/payload/sale",
        "/deliveries/1/payload/sale/state",
    }
    with pytest.raises(OffContract, match="/deliveries/0/payload/sale"):
        check("delivery-batch", {"deliveries": [broken]})


def test_a_long_value_does_not_fill_the_sentence():
    (fault,) = faults("delivery-batch", {"deliveries": "x" * 10_000})
    assert len(fault.text) < 200


def test_half_a_character_hides_no_other_fault():
    broken = [delivery(key="\ud83d"), delivery(revision=0), delivery(**{"\udc00": 1})]
    found = faults("delivery-batch", {"deliveries": broken})
    assert [fault.path for fault in found] == [
        "/deliveries/0/key",
        "/deliveries/1/revision",
        "/deliveries/2",
    ]


def test_nesting_without_end_is_off_contract():
    deep: list = []
    for _ in range(600):
        deep = [deep]
    assert [fault.path for fault in faults("delivery-batch", {"deliveries": deep, "x": deep})]


@pytest.mark.parametrize("text", ["a\0b", "\ud800"])
def test_text_that_no_database_takes_is_off_contract(text):
    item = {
        "item_id": 1, "sku": text, "option": "", "version": 1,
        "offer": {"price": 1, "revision": 1}, "sale": {"state": "on", "revision": 1},
    }  # fmt: skip
    payload = {
        "listing_id": 1, "version": 1, "seller": {"id": 1, "name": "가게"},
        "category": {"code": "mugs", "path": []}, "name": {"ko": "컵"}, "brand": "",
        "pictures": [], "items": [item],
    }  # fmt: skip
    found = faults("delivery-batch", {"deliveries": [delivery(subject="product", payload=payload)]})
    assert [fault.path for fault in found] == ["/deliveries/0/payload/items/0/sku"]
