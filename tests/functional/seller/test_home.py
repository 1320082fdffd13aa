"""What the home page says is to be done, and what it costs to say it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from app.accounts import suspending
from app.core.clock import database_now, today
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.models import Delivery
from app.validation.rule import RULES
from tests.factories import listings as made
from tests.factories import people


@pytest.fixture
def home(client):
    def read() -> str:
        return re.sub(r"\s+", " ", re.sub(r"<svg.*?</svg>", "", client.get("/home").text))

    return read


def test_what_was_sent_back_is_first_with_its_reason(session, seller, home) -> None:
    returned = made.submitted(seller, changes={"name.en": "Returned cup"})
    made.judge(returned, "reject")
    page = home()
    assert "1 listing was sent back by a reviewer" in page
    assert f'<a href="/listings/{returned.id}">Returned cup</a> <span class="second">' in page


def test_a_refused_picture_names_file_and_reason(session, seller, home) -> None:
    draft = made.draft(seller, changes={"name.en": "Pictured cup"})
    small = made.picture(draft, "refused")
    small.file_name = "small.jpg"
    small.facts = {"message": {"ko": "480px입니다.", "en": "480 px. Upload 500 px or more."}}
    made.picture(draft, "refused")  # in no text any more
    pictures = made.part(draft).content["pictures"]
    session.commit()
    made.save(draft, {"pictures": [*pictures, small.id]})
    page = home()
    assert "1 picture cannot be used" in page
    assert "small.jpg: 480 px. Upload 500 px or more." in page
    assert f'/listings/{draft.id}/draft#f-pictures-{small.id}"' in page


def test_drafts_by_what_is_missing(session, seller, home) -> None:
    made.draft(seller, changes={"name.en": "Ready cup"})
    made.draft(seller, changes={"name.en": "Far cup", "name.ko": "", "items.1.price": None})
    near = made.draft(seller, changes={"name.en": "Near cup", "items.1.price": None})
    page = home()
    assert "1 draft is ready to submit" in page and "2 drafts still need something" in page
    assert page.index("Near cup") < page.index("Far cup")
    assert f'/listings/{near.id}/draft#f-items-{made.first_item(near).id}-price">' in page
    assert re.search(r"Near cup</a> <span[^>]*>1 left", page)


def test_moving_tells_since_when_and_until_when(session, seller, home) -> None:
    made.submitted(seller, changes={"name.en": "Waiting cup"})
    page = home()
    assert "1 listing is with the reviewers" in page and "promised by" in page
    assert page.index("Moving") < page.index("Waiting cup")


def test_nothing_is_promised_to_a_suspended_company(session, seller, home) -> None:
    made.submitted(seller)
    who = people.operator().id
    session.commit()
    with unit_of_work():
        suspending.suspend(seller.id, "counterfeit", "", who)
    page = home()
    assert "1 listing is with the reviewers" in page and "promised by" not in page
    assert "Waits until the suspension is lifted" in page


def test_sold_out_staged_and_stopped_deliveries(session, seller, home) -> None:
    live = made.live(seller, changes={"name.en": "Sold cup"})
    assert "sold out" not in home() and "1 listing is on sale" in home()
    item = made.first_item(live)
    item.stock.count, item.offer.staged_price = 0, 9000
    session.execute(update(Delivery).values(state="parked", answer_message={"en": "Off it"}))
    session.commit()
    page = home()
    assert "1 listing is sold out" in page and "Off it" in page
    assert "1 listing has changes that are not applied yet" in page
    assert "1 listing was not taken by a system" in page
    assert "/listings/many?act=apply&amp;all=yes&amp;view=staged" in page


def test_a_rule_that_is_soon_to_bite_is_told_with_its_day(
    session, seller, home, monkeypatch
) -> None:
    soon = today() + timedelta(days=10)
    rules = {c: replace(r, since=None, enforced_from=None) for c, r in RULES.load().items()}
    rules["price-step"] = replace(rules["price-step"], enforced_from=soon, weight=5)
    monkeypatch.setattr(RULES, "_plugins", rules)
    made.draft(seller, changes={"name.en": "Odd cup", "items.1.price": 12_905})
    page = home()
    assert re.search(rf"From {soon.day} \w+ {soon.year} on 1 listing cannot be submitted", page)
    assert page.index("cannot be submitted") < page.rindex("Odd cup")


def test_nothing_to_do_is_said(session, seller, home) -> None:
    assert "No products yet" in home()
    made.live(seller)
    session.execute(update(Delivery).values(state="delivered", delivered_at=database_now()))
    session.commit()
    assert "Nothing waits for you." in home()


def test_anothers_work_is_not_on_it(session, seller, home) -> None:
    other = people.seller()
    for listing in (made.draft(other), made.submitted(other), made.live(other)):
        made.picture(listing, "refused")
    session.commit()
    assert "No products yet" in home()
