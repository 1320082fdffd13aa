"""Many listings at once: looked at first, then done one by one, each for itself."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app.core.celery import celery
from app.core.clock import database_now
from app.core.retry import BATCH
from app.core.unit_of_work import unit_of_work
from app.journey.drafting.presets import save_preset
from app.listings.actions import record_stock_level, stage_offer
from app.listings.models import Listing
from app.listings.queries import newest_version
from app.surfaces.seller.many import choosing
from app.surfaces.seller.many.batches import KEPT
from app.surfaces.seller.many.models import Batch, BatchLine
from tests.factories import listings as made
from tests.factories import people
from tests.factories.pages import fields_of

MANY = "/listings/many"


@pytest.fixture
def look(client):
    """The page that shows what would happen to *chosen*."""

    def at(act: str, *chosen: Listing, **wish: str):
        query = {"act": act, "listing": [str(each.id) for each in chosen], **wish}
        return client.get(MANY, query_string=query)

    return at


@pytest.fixture
def do(client, look):
    """Look, then do exactly that; answers the result's page."""

    def act(act: str, *chosen: Listing, tick: bool = False, **wish: str) -> str:
        page = look(act, *chosen, **wish).text
        form = fields_of(page, action=MANY)
        if tick:
            form.setlist("confirmed", re.findall(r'name="confirmed" value="([^"]+)"', page))
        answer = client.post(MANY, data=form)
        assert answer.status_code == 303
        return client.get(answer.location).text

    return act


def _offer(of: Listing):
    return made.first_item(of).offer


def test_prices_are_shown_old_and_new_before_anything_is_done(session, seller, look) -> None:
    live, draft = made.live(seller), made.draft(seller)
    page = look("price", live, draft, mode="percent", amount="-10").text
    old = _offer(live).price
    assert f"<del>₩{old:,}</del>" in page and "Change 2 listings" in page
    assert (_offer(live).staged_price, _offer(draft).price) == (None, old)


def test_live_prices_are_noted_and_drafts_written(session, client, seller, do) -> None:
    live, draft = made.live(seller), made.draft(seller)
    old = _offer(live).price
    result = do("price", live, draft, mode="percent", amount="-10")
    new = (old * 9 // 10 + 5) // 10 * 10
    assert "2 of 2 done." in result
    assert (_offer(live).price, _offer(live).staged_price) == (old, new)
    assert _offer(draft).price == new
    applied = do("apply", live)
    assert "1 of 1 done." in applied and _offer(live).price == new
    assert _offer(live).staged_price is None


@pytest.mark.parametrize(
    ("mode", "amount", "new"),
    [
        ("set", "15,000원", 15000), ("set", "15005", 15010), ("won", "-1000", 11900),
        ("won", "+2,004", 14900), ("percent", "5", 13550), ("percent", "-12.5%", 11290),
        ("percent", "－１０％", 11610),
    ],
)  # fmt: skip
def test_every_way_to_a_price_rounds_to_ten_won(session, seller, do, mode, amount, new) -> None:
    draft = made.draft(seller, changes={"items.1.price": 12900, "items.1.list_price": None})
    do("price", draft, mode=mode, amount=amount)
    assert _offer(draft).price == new


@pytest.mark.parametrize(
    "wish",
    [
        {"mode": "percent", "amount": ""}, {"mode": "percent", "amount": "many"},
        {"mode": "percent", "amount": "-100"}, {"mode": "percent", "amount": "NaN"},
        {"mode": "percent", "amount": "1e9"}, {"mode": "percent", "amount": "1_0"},
        {"mode": "percent", "amount": "1e-9"}, {"mode": "won", "amount": "1.5"},
        {"mode": "set", "amount": "0"}, {"mode": "set", "amount": "99999999999"},
        {"mode": "steal", "amount": "1"}, {"mode": "", "amount": "<script>alert(1)</script>"},
    ],
)  # fmt: skip
def test_a_wrong_number_is_told_and_the_choice_is_kept(session, seller, look, wish) -> None:
    first, second = made.draft(seller), made.draft(seller)
    answer = look("price", first, second, **wish)
    assert answer.status_code == 422 and "<script>alert" not in answer.text
    kept = fields_of(answer.text, action=MANY)
    assert set(kept.getlist("listing")) == {str(first.id), str(second.id)}
    assert kept["amount"] == wish["amount"]


def test_a_list_price_that_was_noted_stays_noted(session, seller, do) -> None:
    live = made.live(seller)
    offer = _offer(live)
    with unit_of_work():
        stage_offer(offer.item_id, offer.price, 90000, offer.revision, None)
    do("price", live, mode="percent", amount="-10")
    assert _offer(live).staged_list_price == 90000


def test_one_that_cannot_stops_no_other(session, seller, look, do) -> None:
    fine, cheap = made.draft(seller), made.live(seller, changes={"items.1.price": 1000})
    waiting = made.submitted(seller, changes={"name.en": "Waiting cup"})
    page = look("price", fine, cheap, waiting, mode="won", amount="-1000").text
    assert "2 cannot be changed" in page and "With the reviewers" not in page
    assert "It is with the reviewers" in page and "it would be ₩0" in page
    result = do("price", fine, cheap, waiting, mode="won", amount="-1000")
    assert "1 of 3 done." in result and "2 were not changed." in result
    assert "Waiting cup" in result and _offer(cheap).staged_price is None


def test_the_rules_of_submission_guard_what_is_on_sale(session, seller, look) -> None:
    live = made.live(seller, category="t-shirts")
    page = look("price", live, mode="set", amount="90000").text
    assert "1 cannot be changed" in page and "Nothing would change." in page


def test_no_more_at_once_than_a_page_would_show(session, client, seller, monkeypatch) -> None:
    monkeypatch.setattr(choosing, "MOST", 1)
    sealed = [f"{made.draft(seller).id}:{'0' * 16}" for _ in range(2)]
    answer = client.post(MANY, data={"act": "copy", "sealed": sealed})
    assert answer.status_code == 422 and "At most 1 listings" in answer.text
    assert not session.scalars(select(Batch)).all()


def test_a_second_click_does_nothing_more(session, client, seller, look) -> None:
    draft = made.draft(seller, changes={"items.1.price": 10000, "items.1.list_price": None})
    form = fields_of(look("price", draft, mode="won", amount="1000").text, action=MANY)
    first, second = client.post(MANY, data=form), client.post(MANY, data=form)
    assert first.location == second.location
    assert _offer(draft).price == 11000
    assert len(session.scalars(select(Batch)).all()) == 1


def test_what_changed_since_it_was_shown_is_left_alone(session, client, seller, look) -> None:
    draft, other = made.draft(seller), made.draft(seller)
    form = fields_of(look("price", draft, other, mode="won", amount="1000").text, action=MANY)
    made.save(draft, {"price": 50000}, made.first_item(draft))
    result = client.get(client.post(MANY, data=form).location).text
    assert "1 of 2 done." in result and "changed meanwhile" in result
    assert _offer(draft).price == 50000


def test_anothers_listing_is_not_touched(session, client, seller, look) -> None:
    mine, theirs = made.draft(seller), made.draft(people.seller())
    old = _offer(theirs).price
    page = look("price", mine, theirs, mode="won", amount="1000").text
    assert "Change 1 listing" in page
    form = fields_of(page, action=MANY)
    seal = form["sealed"].partition(":")[2]
    form.add("sealed", f"{theirs.id}:{seal}")
    result = client.get(client.post(MANY, data=form).location).text
    assert "1 of 1 done." in result and _offer(theirs).price == old
    form.setlist("sealed", [f"{theirs.id}:{seal}"])
    form["token"] = "another"
    assert client.post(MANY, data=form).status_code == 404
    assert look("price", theirs).status_code == 422


def test_anothers_result_is_not_there(session, client, seller, do) -> None:
    do("price", made.draft(seller), mode="won", amount="1000")
    number = session.scalars(select(Batch.id)).one()
    other = people.signed_in(client.application.test_client(), people.owner_of(people.seller()))
    assert other.get(f"{MANY}/{number}").status_code == 404


def test_stock_is_a_change_on_sale_and_a_count_in_drafts(session, seller, look, do) -> None:
    live, draft = made.live(seller), made.draft(seller)
    had = made.first_item(live).stock.count
    do("stock", live, draft, change="-5", count="70")
    assert made.first_item(live).stock.staged == -5
    assert made.first_item(draft).stock.count == 70
    refused = look("stock", live, change=f"-{had + 1}").text
    assert f"stock is {had} now" in refused
    do("apply", live)
    assert made.first_item(live).stock.change_no == 1


def test_an_order_that_comes_meanwhile_stops_no_change_of_stock(
    session, client, seller, look
) -> None:
    live = made.live(seller)
    item = made.first_item(live)
    form = fields_of(look("stock", live, change="+20").text, action=MANY)
    with unit_of_work():
        record_stock_level(item.id, item.stock.count - 1, revision=2)
    assert "1 of 1 done." in client.get(client.post(MANY, data=form).location).text
    assert made.first_item(live).stock.staged == 20


@pytest.mark.parametrize("wish", [{"change": ""}, {"change": "lots"}, {"count": "-1"}])
def test_a_wrong_stock_is_told(session, seller, look, wish) -> None:
    assert look("stock", made.draft(seller), **wish).status_code == 422


def test_a_jump_is_applied_only_when_ticked(session, seller, do) -> None:
    jumping, calm = made.live(seller), made.live(seller)
    old = _offer(jumping).price
    do("price", jumping, mode="percent", amount="-60")
    do("price", calm, mode="percent", amount="-10")
    result = do("apply", jumping, calm)
    assert "1 of 2 done." in result and _offer(jumping).price == old
    assert "1 of 1 done." in do("apply", jumping, tick=True)
    assert _offer(jumping).price < old / 2


def test_only_what_sells_nothing_is_put_away(session, client, seller, do) -> None:
    draft, live, waiting = made.draft(seller), made.live(seller), made.submitted(seller)
    result = do("retire", draft, live, waiting)
    assert "1 of 3 done." in result and "still on sale" in result
    assert draft.retired_at and not live.retired_at and not waiting.retired_at


def test_all_that_fit_the_filters_are_chosen(session, client, seller) -> None:
    for _ in range(3):
        made.draft(seller)
    made.draft(seller, "t-shirts")
    made.draft(people.seller())
    page = client.get(f"{MANY}?act=retire&all=yes&category=mugs").text
    assert "Put 3 listings away" in page


def test_a_page_without_script_is_ticked_as_a_whole(session, client, seller) -> None:
    first, second = made.draft(seller), made.draft(seller)
    form = fields_of(client.get("/listings").text, "selection")
    assert "listing" not in form
    query = {**form, "page": "yes", "act": "retire"}
    page = client.get(MANY, query_string=query).text
    assert "Put 2 listings away" in page
    assert str(first.id) in form["shown"] and str(second.id) in form["shown"]


def test_nothing_chosen_and_too_many_are_told(session, client, seller, monkeypatch) -> None:
    assert client.get(f"{MANY}?act=price").status_code == 422
    assert client.get(f"{MANY}?act=price&listing=x&listing={'9' * 40}").status_code == 422
    monkeypatch.setattr("app.surfaces.seller.many.choosing.MOST", 1)
    made.draft(seller), made.draft(seller)
    answer = client.get(f"{MANY}?act=price&all=yes")
    assert answer.status_code == 422 and "At most 1 listings" in answer.text
    monkeypatch.setattr("app.surfaces.seller.many.choosing.MOST", 2)
    monkeypatch.setattr("app.surfaces.seller.many.choosing.MOST_ITEMS", 1)
    answer = client.get(f"{MANY}?act=price&all=yes")
    assert answer.status_code == 422 and "The listings have 2 items." in answer.text
    assert client.get(f"{MANY}?act=retire&all=yes").status_code == 200
    assert client.get(f"{MANY}?act=no-such").status_code == 404


def _goes_on(session, run_tasks) -> list[str]:
    """As if the lease of whoever was at work were over."""
    session.execute(update(Batch).values(lease_until=None))
    session.commit()
    celery.send_task("many.sweep")
    return run_tasks()


def test_what_takes_longer_than_a_page_is_waited_for_is_done_by_a_worker(
    session, client, seller, do, run_tasks, monkeypatch
) -> None:
    monkeypatch.setattr("app.surfaces.seller.many.routes.SECONDS", 0)
    drafts = [made.draft(seller) for _ in range(3)]
    page = do("price", *drafts, mode="set", amount="15000")
    assert "1 of 3 done." in page and "2 are still to come." in page
    assert "The rest is being done." in page
    assert run_tasks() == ["many.go_on"]
    page = client.get(f"{MANY}/{session.scalars(select(Batch.id)).one()}").text
    assert "3 of 3 done." in page and "still to come" not in page
    assert {_offer(draft).price for draft in drafts} == {15000}
    assert _goes_on(session, run_tasks) == ["many.sweep"], "nothing is left to ring for"


def test_what_a_dead_worker_left_is_found_again(session, client, seller, do, run_tasks) -> None:
    drafts = [made.draft(seller), made.draft(seller)]
    do("retire", *drafts)
    session.execute(delete(BatchLine).where(BatchLine.listing_id == drafts[0].id))
    session.execute(update(Batch).values(finished_at=None))
    session.execute(update(Listing).values(retired_at=None))
    assert "many.go_on" in _goes_on(session, run_tasks)
    page = client.get(f"{MANY}/{session.scalars(select(Batch.id)).one()}").text
    assert "2 of 2 done." in page and drafts[0].retired_at is not None
    assert drafts[1].retired_at is None, "what has its line is not done again"


def test_a_listing_that_ends_its_worker_again_and_again_is_set_aside(
    session, client, seller, do, run_tasks
) -> None:
    drafts = [made.draft(seller), made.draft(seller)]
    do("retire", *drafts)
    session.execute(delete(BatchLine))
    session.execute(update(Batch).values(finished_at=None, attempts=BATCH.attempts))
    session.execute(update(Listing).values(retired_at=None))
    _goes_on(session, run_tasks)
    page = client.get(f"{MANY}/{session.scalars(select(Batch.id)).one()}").text
    assert "1 of 2 done." in page and "It could not be done." in page


def test_what_became_of_a_batch_is_kept_for_a_season(
    session, client, seller, do, run_tasks
) -> None:
    do("retire", made.draft(seller))
    batch = session.scalars(select(Batch.id)).one()
    for age, there in ((KEPT - timedelta(days=1), 200), (KEPT, 404)):
        session.execute(update(Batch).values(finished_at=database_now() - age))
        session.commit()
        celery.send_task("many.prune")
        run_tasks()
        assert client.get(f"{MANY}/{batch}").status_code == there


def test_copies_are_drafts_of_their_own(session, client, seller, do) -> None:
    live, draft = made.live(seller), made.draft(seller)
    result = do("copy", live, draft)
    assert "2 of 2 done." in result
    made_ids = [int(found) for found in re.findall(r"/listings/(\d+)/draft", result)]
    assert len(made_ids) == 2 and not {live.id, draft.id} & set(made_ids)
    assert {session.get(Listing, number).seller_id for number in made_ids} == {seller.id}


def test_a_preset_goes_into_every_draft(session, client, seller, look, do) -> None:
    source = made.draft(seller, changes={"shipping.fee": 4000})
    preset = save_preset(newest_version(source.id), "shipping", "Parcel", None)
    session.commit()
    first, second, live = made.draft(seller), made.draft(seller), made.live(seller)
    assert "Parcel" in look("preset", first).text
    assert look("preset", first, preset="").status_code == 422
    result = do("preset", source, first, second, live, preset=str(preset.id))
    assert "2 of 4 done." in result and "1 was so already." in result
    for draft in (first, second):
        assert made.part(draft).content["shipping"]["fee"] == 4000


def test_anothers_preset_is_not_there(session, client, seller, look) -> None:
    theirs = made.draft(people.seller(), changes={"shipping.fee": 4000})
    preset = save_preset(newest_version(theirs.id), "shipping", "Parcel", None)
    session.commit()
    assert look("preset", made.draft(seller), preset=str(preset.id)).status_code == 404
