"""What a seller learns before a rule begins to block."""

from dataclasses import replace
from datetime import date

import pytest

from app.listings.foresight import soon_to_bite
from app.validation.rule import RULES
from tests.factories import listings, people

NOW, SOON, LATER = date(2027, 2, 1), date(2027, 3, 31), date(2027, 4, 1)


@pytest.fixture(autouse=True)
def dated(monkeypatch):
    """`price-step` is enforced from April 2027 on, and nothing else has a day."""
    rules = {c: replace(r, since=None, enforced_from=None) for c, r in RULES.load().items()}
    rules["price-step"] = replace(rules["price-step"], enforced_from=LATER, weight=5)
    monkeypatch.setattr(RULES, "_plugins", rules)


@pytest.fixture
def seller(session):
    return people.seller()


def test_drafts_and_live_listings_that_a_rule_will_stop_are_told(seller) -> None:
    draft = listings.draft(seller, changes={"items.1.price": 12_905})
    live = listings.live(seller, items=2, changes={"items.2.price": 12_905})
    fine = listings.draft(seller)
    found = soon_to_bite(seller.id, NOW, LATER)
    assert {bite.listing_id for bite in found} == {draft.id, live.id} != {fine.id}
    assert {(bite.finding.code, bite.finding.severity, bite.day) for bite in found} == {
        ("price-step", "blocks", LATER)
    }
    assert all(bite.name["ko"] for bite in found)


def test_before_that_day_and_for_others_there_is_nothing(seller) -> None:
    listings.draft(people.seller(), changes={"items.1.price": 12_905})
    assert soon_to_bite(seller.id, NOW, LATER) == []
    listings.draft(seller, changes={"items.1.price": 12_905})
    assert soon_to_bite(seller.id, NOW, SOON) == []
    assert soon_to_bite(seller.id, LATER, date(2028, 1, 1)) == []
