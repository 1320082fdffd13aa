"""What the draft's page says of quality, of markets, and of twins."""

import re
from dataclasses import replace
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from app.core.clock import today
from app.listings.queries import content_of, newest_version
from app.validation.rule import RULES
from tests.factories import listings as made


def _sent(page, listing, *fields: tuple[str, str]) -> MultiDict[str, str]:
    """One field as the page's script sends it."""
    form = page(listing.id)
    kept = [(k, v) for k, v in form.items() if k.startswith("rev-") or k == "tab"]
    return MultiDict([*kept, *fields])


def _score(text: str) -> int:
    found = re.search(r"Score <b[^>]*>(\d+)</b>", text)
    assert found
    return int(found[1])


def test_the_score_and_what_would_raise_it_stand_beside_the_form(client, seller, page) -> None:
    listing = made.draft(seller, changes={"name.en": ""})
    text = client.get(f"/listings/{listing.id}/draft").text
    assert _score(text) == 96
    assert "+4" in text and "There is no English name." in text
    answer = client.post(
        f"/listings/{listing.id}/draft",
        data=_sent(page, listing, ("name.en", "Mug of porcelain")),
        headers={"HX-Request": "true", "HX-Request-Type": "partial"},
    )
    assert _score(answer.text) == 100


def test_a_ticked_market_brings_its_fields_and_keeps_them(client, seller, page, autosave) -> None:
    listing = made.draft(seller)
    assert "eu.person" not in client.get(f"/listings/{listing.id}/draft").text
    answer = autosave(listing.id, _sent(page, listing, ("sold_in", ""), ("sold_in", "eu")))
    assert 'name="eu.maker_address"' in answer.text
    assert content_of(newest_version(listing.id))["product"]["sold_in"] == ["eu"]
    autosave(listing.id, _sent(page, listing, ("eu.maker_email", "safety@hanbit.example")))
    autosave(listing.id, _sent(page, listing, ("sold_in", "")))
    product = content_of(newest_version(listing.id))["product"]
    assert not product["sold_in"]
    assert product["eu"] == {"maker_email": "safety@hanbit.example"}
    assert "eu.person" not in client.get(f"/listings/{listing.id}/draft").text


def test_what_the_eu_asks_stops_a_submission_to_it_alone(client, seller, page, autosave) -> None:
    listing = made.draft(seller)
    autosave(listing.id, _sent(page, listing, ("sold_in", "eu")))
    answer = client.post(f"/listings/{listing.id}/submission", data=page(listing.id))
    assert answer.status_code == 422
    assert "Needed for sale in the EU, and empty." in answer.text
    autosave(listing.id, _sent(page, listing, ("sold_in", "kr")))
    answer = client.post(f"/listings/{listing.id}/submission", data=page(listing.id))
    assert answer.status_code == 303


def test_a_twin_is_named_with_a_link_that_is_no_link_in_a_link(client, seller, page) -> None:
    first = made.draft(seller, changes={"items.1.gtin": "8806088269696"})
    second = made.draft(seller, changes={"items.1.gtin": "8806088269696"})
    text = client.get(f"/listings/{second.id}/draft").text
    assert "Same barcode: Onshelf Mugs." in text
    assert text.count(f'<a href="/listings/{first.id}">Open that listing</a>') == 1


def test_a_rule_to_come_says_its_day(client, seller, monkeypatch) -> None:
    day = today() + timedelta(days=60)
    rule = replace(RULES["price-step"], enforced_from=day, weight=5)
    monkeypatch.setattr(RULES, "_plugins", {**RULES.load(), rule.code: rule})
    listing = made.draft(seller, changes={"items.1.price": 12_905})
    text = client.get(f"/listings/{listing.id}/draft").text
    assert "₩12,905 is not in steps of 10 won." in text
    assert f"From {day.day} {day:%b} {day.year} on it stops submission." in text
    assert _score(text) == 95
