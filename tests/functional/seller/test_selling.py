"""Prices, stock and sale of what is live, as its seller's page changes them."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from app.core.clock import database_now, now
from app.journey.handoff.models import Delivery, TargetState
from app.listings.models import Item, Listing
from tests.factories import listings as made
from tests.factories.pages import fields_of


@pytest.fixture
def listing(seller) -> Listing:
    return made.live(seller, category="t-shirts", items=2)


@pytest.fixture
def item(listing: Listing) -> Item:
    return made.first_item(listing)


@pytest.fixture
def stage(client, listing):
    """Send the price table as it is drawn, with some cells changed."""

    def send(item: Item, **cells: str):
        form = fields_of(
            client.get(f"/listings/{listing.id}").text, action=f"/listings/{listing.id}/staging"
        )
        for name, typed in cells.items():
            form[f"items.{item.id}.{name}"] = typed
        return client.post(f"/listings/{listing.id}/staging", data=form)

    return send


def _apply(client, listing: Listing, **form: str):
    return client.post(f"/listings/{listing.id}/staging/application", data=form)


def test_a_price_is_typed_shown_old_and_new_and_applied(client, listing, item, stage) -> None:
    assert stage(item, price="15,000원").status_code == 303
    page = client.get(f"/listings/{listing.id}").text
    assert "<del>₩19,900</del>" in page and "<ins>₩15,000</ins>" in page
    assert item.offer.price == 19900
    assert _apply(client, listing).status_code == 303
    assert (item.offer.price, item.offer.list_price) == (15000, 25000)
    other = next(i for i in listing.items if i.id != item.id)
    assert (other.offer.price, other.offer.revision) == (19900, 1)


def test_an_untouched_table_stages_nothing(client, listing, item, stage) -> None:
    assert stage(item).status_code == 303
    assert all(i.offer.staged_price is None and not i.stock.staged for i in listing.items)


def test_a_list_price_alone_can_be_changed(client, listing, item, stage) -> None:
    assert stage(item, list_price="30000").status_code == 303
    _apply(client, listing)
    assert (item.offer.price, item.offer.list_price) == (19900, 30000)


MISFITS = [
        ("price", "만 원"), ("price", "-5"), ("price", "0"), ("price", "15,005"), ("price", "5"),
        ("price", "99999999999"), ("price", "9999999999"), ("price", "<script>alert(1)</script>"),
        ("list_price", "x"), ("list_price", "-1"), ("list_price", "1000"),
        ("stock_change", "많이"), ("stock_change", "-31"), ("stock_change", "99999999"),
        ("stock_change", "2147483647"), ("stock_change", "1.5"),
]  # fmt: skip


def test_what_does_not_fit_is_told_in_its_cell_and_nothing_is_staged(listing, item, stage) -> None:
    for cell, typed in MISFITS:
        answer = stage(item, **{cell: typed})
        assert answer.status_code == 422, typed
        assert 'aria-invalid="true"' in answer.text and "<script>alert" not in answer.text
        kept = fields_of(answer.text, action=f"/listings/{listing.id}/staging")
        assert kept[f"items.{item.id}.{cell}"] == typed
        for each in listing.items:
            assert (each.offer.staged_price, each.stock.staged) == (None, None), typed


def test_of_several_cells_one_misfit_keeps_all_as_typed(client, listing, item, stage) -> None:
    answer = stage(item, price="15000", stock_change="x")
    assert answer.status_code == 422 and 'value="15000"' in answer.text
    assert item.offer.staged_price is None


def test_a_jump_must_be_ticked(client, listing, item, stage) -> None:
    stage(item, price="1990")
    refused = _apply(client, listing)
    assert refused.status_code == 422 and "-90" in refused.text
    assert item.offer.price == 19900
    assert _apply(client, listing, confirmed="²").status_code == 422
    ticked = f"{item.id}:19900:1990"
    assert f'name="confirmed" value="{ticked}"' in refused.text
    assert _apply(client, listing, confirmed=ticked).status_code == 303
    assert item.offer.price == 1990


def test_a_tick_confirms_the_amount_and_not_whatever_comes_meanwhile(
    client, listing, item, stage
) -> None:
    stage(item, price="1990")
    ticked = f"{item.id}:19900:1990"
    stage(item, price="990")
    assert _apply(client, listing, confirmed=ticked).status_code == 422
    assert _apply(client, listing, confirmed=str(item.id)).status_code == 422
    assert item.offer.price == 19900


def test_a_stale_page_does_not_overwrite_a_newer_price(client, listing, item, stage) -> None:
    url = f"/listings/{listing.id}"
    stale = fields_of(client.get(url).text, action=f"{url}/staging")
    stage(item, price="15000")
    _apply(client, listing)
    stale[f"items.{item.id}.price"] = "14000"
    answer = client.post(f"{url}/staging", data=stale)
    assert answer.status_code == 422 and "15,000" in answer.text
    assert (item.offer.price, item.offer.staged_price) == (15000, None)


def test_stock_goes_up_and_down_by_signed_changes(client, listing, item, stage) -> None:
    assert stage(item, stock_change="+5").status_code == 303
    assert "<ins>35</ins>" in client.get(f"/listings/{listing.id}").text
    client.post(f"/listings/{listing.id}/staging/removal")
    assert item.stock.staged is None
    stage(item, stock_change="-30")
    _apply(client, listing)
    assert item.stock.change_no == 1


def test_anothers_cells_change_nothing(client, listing, item, stage) -> None:
    foreign = made.first_item(made.live(category="t-shirts"))
    form = {f"items.{foreign.id}.price": "15000", f"items.{foreign.id}.offer_revision": "1"}
    assert client.post(f"/listings/{listing.id}/staging", data=form).status_code == 303
    assert foreign.offer.staged_price is None


def test_an_item_is_paused_resumed_and_recalled(client, listing, item) -> None:
    url = f"/listings/{listing.id}/sale"
    for action, state in [("pause", "paused"), ("resume", "on"), ("recall", "recalled")]:
        answer = client.post(url, data={"item": str(item.id), "action": action})
        assert answer.status_code == 303 and item.sale == state
    again = client.post(url, data={"item": str(item.id), "action": "recall"})
    assert again.status_code == 409 and "Recalled" in again.text
    assert client.get(f"/listings/{listing.id}").status_code == 200


def test_all_that_can_be_are_changed_at_once(client, listing, item) -> None:
    url = f"/listings/{listing.id}/sale"
    client.post(url, data={"item": str(item.id), "action": "pause"})
    assert client.post(url, data={"action": "recall"}).status_code == 303
    assert {i.sale for i in listing.items} == {"recalled"}


def test_there_are_no_other_actions(client, seller, listing, item) -> None:
    fresh = made.draft(seller)
    own = made.first_item(fresh)
    for action in ("release", "", "delete"):
        for of, which in [(listing, item), (fresh, own)]:
            sent = {"item": str(which.id), "action": action}
            assert client.post(f"/listings/{of.id}/sale", data=sent).status_code == 422, action
    assert (item.sale, own.sale) == ("on", "never")


@pytest.mark.parametrize("odd", ["", "x", "²", "-1", "9" * 30])
def test_an_item_that_is_no_number_is_never_all_of_them(client, listing, item, odd) -> None:
    sale = client.post(f"/listings/{listing.id}/sale", data={"action": "retire", "item": odd})
    assert sale.status_code == 404
    assert client.get(f"/listings/{listing.id}/recall?item={odd}").status_code == 404
    assert item.sale == "on"


def test_anothers_item_is_not_found(client, listing) -> None:
    foreign = made.first_item(made.live())
    form = {"item": str(foreign.id), "action": "recall"}
    assert client.post(f"/listings/{listing.id}/sale", data=form).status_code == 404
    assert foreign.sale == "on"


def test_a_listing_is_put_away_when_nothing_of_it_sells(client, seller, listing) -> None:
    assert client.post(f"/listings/{listing.id}/retirement").status_code == 409
    fresh = made.draft(seller, changes={"name.en": "Gone"})
    assert client.post(f"/listings/{fresh.id}/retirement").status_code == 303
    assert "Gone" not in client.get("/listings").text
    page = client.get(f"/listings/{fresh.id}")
    assert page.status_code == 200 and "put away" in page.text


def _count(client, listing, item, typed, **more):
    """Send the price table as it is drawn now, with a count typed."""
    url = f"/listings/{listing.id}"
    form = fields_of(client.get(url).text, action=f"{url}/staging")
    base = f"items.{item.id}"
    form[f"{base}.stock_count"] = typed
    for name, value in more.items():
        form[f"{base}.{name}"] = value
    return client.post(f"{url}/staging", data=form)


def test_a_count_becomes_the_change_that_makes_it_so(client, listing, item) -> None:
    assert _count(client, listing, item, "24").status_code == 303
    assert item.stock.staged == -6
    assert "<ins>24</ins>" in client.get(f"/listings/{listing.id}").text
    # It takes the place of the change that stands in the cell already.
    assert _count(client, listing, item, "31").status_code == 303
    assert item.stock.staged == 1
    _apply(client, listing)
    assert (item.stock.change_no, item.stock.staged) == (1, None)


def test_a_stale_count_is_answered_with_the_present_one_and_kept(client, listing, item) -> None:
    url = f"/listings/{listing.id}"
    stale = fields_of(client.get(url).text, action=f"{url}/staging")
    stale[f"items.{item.id}.stock_count"] = "24"
    # Two were sold since the page was drawn.
    item.stock.count, item.stock.revision = 28, item.stock.revision + 2
    answer = client.post(f"{url}/staging", data=stale)
    assert answer.status_code == 422 and "it is now 28" in answer.text
    again = fields_of(answer.text, action=f"{url}/staging")
    assert again[f"items.{item.id}.stock_count"] == "24"
    assert item.stock.staged is None
    assert client.post(f"{url}/staging", data=again).status_code == 303
    assert item.stock.staged == -4


def test_a_count_waits_for_a_change_that_is_on_its_way(client, listing, item, stage) -> None:
    stage(item, stock_change="+5")
    _apply(client, listing)
    answer = _count(client, listing, item, "24")
    assert answer.status_code == 422 and "has not reached the order system" in answer.text
    assert item.stock.staged is None


def test_a_count_is_told_with_the_revision_that_was_counted(
    client, listing, item, stage, session
) -> None:
    """An amount is told without, and what stands in the cells unchanged stays what it was."""
    seen = item.stock.revision
    _count(client, listing, item, "24")
    stage(item, list_price="90000")
    _apply(client, listing)
    query = select(Delivery.payload).filter_by(subject="stock").order_by(Delivery.id)
    (told,) = session.scalars(query)
    assert (told["delta"], told["seen"]) == (-6, seen)
    session.execute(update(Delivery).values(state="superseded"))
    session.commit()
    _count(client, listing, item, "24")
    stage(item, stock_change="+1")
    _apply(client, listing)
    assert [one.get("seen") for one in session.scalars(query)] == [seen, None]


def test_counts_of_a_while_ago_say_since_when(client, listing, item, session) -> None:
    url = f"/listings/{listing.id}"
    state = TargetState(target="orders", fed_at=now() - timedelta(seconds=50))
    session.add(state)
    session.commit()
    assert "the order system has not answered since" not in client.get(url).text
    state.fed_at = now() - timedelta(hours=3)
    session.commit()
    page = client.get(url).text
    assert page.count("the order system has not answered since") == 2, "beside both tables"


COUNTS = [("24", "+5"), ("-1", ""), ("100000", ""), ("x", ""), ("1.5", "")]


def test_a_count_that_does_not_fit_is_told_beside_it(client, listing, item) -> None:
    for typed, change in COUNTS:
        answer = _count(client, listing, item, typed, stock_change=change)
        assert answer.status_code == 422, typed
        kept = fields_of(answer.text, action=f"/listings/{listing.id}/staging")
        assert kept[f"items.{item.id}.stock_count"] == typed
        assert item.stock.staged is None


def _refused_amount(session, client, listing, item, stage) -> None:
    """Five are taken off while two sell: the order system refuses what it gets."""
    stage(item, stock_change="-30")
    assert _apply(client, listing).status_code == 303
    session.execute(update(Delivery).values(state="delivered", delivered_at=database_now()))
    session.execute(
        update(Delivery)
        .filter_by(subject="stock")
        .values(
            state="refused",
            delivered_at=None,
            answered_at=database_now(),
            answer_code="stock-below-zero",
            answer_message={"ko": "재고가 28개뿐입니다.", "en": "Only 28 are left."},
        )
    )
    item.stock.count, item.stock.revision = 28, item.stock.revision + 2
    session.commit()


def _in_korean(client, listing) -> str:
    client.set_cookie("language", "ko")
    told = client.get(f"/listings/{listing.id}").text
    client.set_cookie("language", "en")
    return told


def test_a_change_that_what_sold_makes_too_large_is_told_in_its_cell(
    client, session, listing, item, stage
) -> None:
    stage(item, stock_change="-30", price="18000")
    item.stock.count, item.stock.revision = 28, item.stock.revision + 2
    session.commit()
    answer = _apply(client, listing)
    assert answer.status_code == 422 and "-30: stock is 28 now. Take off 28 at most." in answer.text
    assert f'aria-describedby="f-items-{item.id}-stock_change-message"' in answer.text
    form = fields_of(answer.text, action=f"/listings/{listing.id}/staging")
    assert form[f"items.{item.id}.stock_change"] == "-30"
    session.expire_all()
    assert (item.stock.change_no, item.offer.price) == (0, 19900), "nothing of it is applied"
    query = {"act": "apply", "listing": listing.id}
    assert "stock is 28 now" in client.get("/listings/many", query_string=query).text
    stage(item, stock_change="-28")
    assert _apply(client, listing).status_code == 303


def test_a_refused_amount_says_what_to_do_and_is_over_with_the_next_that_arrives(
    client, session, listing, item, stage
) -> None:
    _refused_amount(session, client, listing, item, stage)
    page = client.get(f"/listings/{listing.id}").text
    assert "Only 28 are left." in page and "This stock change was not made" in page
    assert "Fix this, then resubmit" not in page
    korean = _in_korean(client, listing)
    assert "이 재고 변경은 반영되지 않았습니다." in korean
    stuck = "/listings?view=stuck"
    assert f'href="/listings/{listing.id}"' in client.get(stuck).text
    stage(item, stock_change="-2")
    _apply(client, listing)
    assert f'href="/listings/{listing.id}"' in client.get(stuck).text, "not there yet"
    session.execute(
        update(Delivery)
        .filter_by(subject="stock", state="due")
        .values(state="delivered", delivered_at=database_now())
    )
    session.commit()
    assert f'href="/listings/{listing.id}"' not in client.get(stuck).text
    page = client.get(f"/listings/{listing.id}").text
    assert "This stock change was not made" not in page and "Only 28" not in page


def test_a_refused_amount_is_over_with_a_count_that_finds_the_stock_right(
    client, session, listing, item, stage
) -> None:
    _refused_amount(session, client, listing, item, stage)
    assert "This stock change was not made" in client.get(f"/listings/{listing.id}").text
    assert _count(client, listing, item, "28").status_code == 303
    session.expire_all()
    assert item.stock.staged is None
    assert "This stock change was not made" not in client.get(f"/listings/{listing.id}").text
    assert f'href="/listings/{listing.id}"' not in client.get("/listings?view=stuck").text
