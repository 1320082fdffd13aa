"""What is live changes without review: staged, shown, applied once; sale states at once."""

import pytest
from sqlalchemy import select

from app.core.errors import Conflict, Invalid, NotFound
from app.core.unit_of_work import unit_of_work
from app.journey.handoff.models import Delivery
from app.listings import actions
from app.listings.models import Item, Listing, Placement, Stock
from app.listings.queries import placements_of, timeline_of
from tests.factories import listings as made


def _do(verb, *args, **named):
    with unit_of_work():
        return verb(*args, **named)


def _stage(item: Item, price: int, list_price: int | None = None) -> None:
    _do(actions.stage_offer, item.id, price, list_price, item.offer.revision, None)


@pytest.fixture
def listing(session) -> Listing:
    return made.live(category="t-shirts", items=2)


@pytest.fixture
def item(listing: Listing) -> Item:
    return made.first_item(listing)


def _told(session, subject: str, item: Item) -> list[dict]:
    rows = select(Delivery).where(Delivery.subject == subject, Delivery.subject_id == item.id)
    return [row.payload for row in session.scalars(rows.order_by(Delivery.id))]


def test_a_staged_price_reaches_nobody_until_it_is_applied(session, listing, item) -> None:
    _stage(item, 15000, 20000)
    session.expire_all()
    assert (item.offer.price, item.offer.staged_price) == (19900, 15000)
    assert _told(session, "offer", item) == []
    _do(actions.apply_staged, listing.id, None, (), None)
    session.expire_all()
    assert (item.offer.price, item.offer.list_price, item.offer.revision) == (15000, 20000, 2)
    assert (item.offer.staged_price, item.offer.staged_list_price) == (None, None)
    told = _told(session, "offer", item)
    assert len(told) == 2 and {p["offer"]["price"] for p in told} == {15000}
    step = timeline_of(listing.id)[0]
    assert (step.event, step.detail["old"], step.detail["new"]) == ("price-applied", 19900, 15000)


def test_staging_what_is_live_already_takes_the_staging_back(session, item) -> None:
    _stage(item, 15000, 20000)
    _stage(item, item.offer.price, item.offer.list_price)
    session.expire_all()
    assert item.offer.staged_price is None


def test_only_a_list_price_can_change(session, listing, item) -> None:
    _stage(item, item.offer.price, None)
    _do(actions.apply_staged, listing.id, None, (), None)
    session.expire_all()
    assert (item.offer.price, item.offer.list_price) == (19900, None)


def test_a_price_seen_before_it_changed_is_a_conflict(session, listing, item) -> None:
    seen = item.offer.revision
    _stage(item, 15000)
    _do(actions.apply_staged, listing.id, None, (), None)
    with pytest.raises(Conflict) as refused:
        _do(actions.stage_offer, item.id, 12000, None, seen, None)
    assert "15,000" in refused.value.text("ko")


@pytest.mark.parametrize("price", [-1, 2**31, 1_000_000_000])
def test_no_price_is_refused_before_it_reaches_a_column(session, item, price) -> None:
    with pytest.raises(Invalid):
        _stage(item, price)
    with pytest.raises(Invalid):
        _stage(item, 15000, price)


@pytest.mark.parametrize(
    ("price", "percent"),
    [(9900, "-50"), (100, "-99"), (40000, "+101"), (0, "-100"), (9950, None), (39800, None)],
)
def test_a_price_jump_stops_the_batch_until_it_is_ticked(
    session, listing, item, price, percent
) -> None:
    other = next(i for i in listing.items if i.id != item.id)
    _stage(item, price)
    _stage(other, 18000)
    if percent:
        with pytest.raises(Invalid) as refused:
            _do(actions.apply_staged, listing.id, None, (), None)
        assert refused.value.path == f"items.{item.id}.price"
        assert f"({percent}%)" in refused.value.text("en")
        session.expire_all()
        assert other.offer.price == 19900, "nothing of the batch is applied"
    confirmed = (f"{item.id}:19900:{price}",) if percent else ()
    _do(actions.apply_staged, listing.id, None, confirmed, None)
    session.expire_all()
    assert (item.offer.price, other.offer.price) == (price, 18000)


def test_chosen_items_alone_are_applied_or_forgotten(session, listing) -> None:
    one, two = listing.items
    for each in (one, two):
        _stage(each, 15000)
        _do(actions.stage_stock, each.id, 3, None)
    _do(actions.apply_staged, listing.id, [one.id], (), None)
    session.expire_all()
    assert (one.offer.price, two.offer.price, two.offer.staged_price) == (15000, 19900, 15000)
    _do(actions.unstage, listing.id, None, None)
    session.expire_all()
    assert (two.offer.staged_price, two.stock.staged) == (None, None)


def test_a_stock_change_is_signed_and_numbered(session, listing, item) -> None:
    for amount in (5, -3):
        _do(actions.stage_stock, item.id, amount, None)
        _do(actions.apply_staged, listing.id, None, (), None)
    session.expire_all()
    assert (item.stock.change_no, item.stock.staged) == (2, None)
    assert [p["delta"] for p in _told(session, "stock", item)] == [5, -3]
    assert item.stock.count == 30, "the order system says what is left"


def test_a_stock_change_below_nothing_is_refused(session, item) -> None:
    with pytest.raises(Invalid) as refused:
        _do(actions.stage_stock, item.id, -31, None)
    assert "30" in refused.value.text("ko")
    _do(actions.stage_stock, item.id, -30, None)
    _do(actions.stage_stock, item.id, 0, None)
    session.expire_all()
    assert item.stock.staged is None


def test_a_staged_change_is_weighed_again_when_it_is_applied(session, listing, item) -> None:
    _do(actions.stage_stock, item.id, -30, None)
    session.expire_all()
    item.stock.count = 28
    session.commit()
    with pytest.raises(Invalid) as refused:
        _do(actions.apply_staged, listing.id, None, (), None)
    assert refused.value.path == f"items.{item.id}.stock_change"
    session.expire_all()
    assert (item.stock.staged, item.stock.change_no) == (-30, 0)


def test_a_double_click_on_apply_applies_once(session, race, listing, item) -> None:
    listing_id = listing.id
    for round_no in range(1, 6):
        _stage(item, 15000 + round_no * 10)
        _do(actions.stage_stock, item.id, 2, None)

        def applies() -> bool:
            with unit_of_work():
                actions.apply_staged(listing_id, None, (), None)
            return True

        assert race(applies, applies, applies) == [True] * 3
        session.rollback()
        session.expire_all()
        assert (item.offer.revision, item.stock.change_no) == (1 + round_no, round_no)
        assert len(_told(session, "stock", item)) == round_no
    applied = [e.event for e in timeline_of(listing_id)]
    assert applied.count("price-applied") == applied.count("stock-applied") == 5


def test_two_who_stage_on_one_revision_while_it_is_applied(session, race, listing, item) -> None:
    listing_id, item_id = listing.id, item.id
    for _ in range(5):
        _stage(item, item.offer.price + 10)
        session.expire_all()
        seen = item.offer.revision
        session.commit()

        def stages(seen: int = seen) -> str:
            with unit_of_work():
                actions.stage_offer(item_id, 17000, None, seen, None)
            return "staged"

        def applies() -> str:
            with unit_of_work():
                actions.apply_staged(listing_id, None, (), None)
            return "applied"

        staged, applied = race(stages, applies)
        session.rollback()
        session.expire_all()
        assert applied == "applied"
        if staged == "staged":
            assert item.offer.price == 17000
        else:
            assert isinstance(staged, Conflict) and item.offer.staged_price is None


def test_what_was_never_approved_is_not_staged(session) -> None:
    fresh = made.first_item(made.draft())
    for verb, *args in [
        (actions.stage_offer, fresh.id, 100, None, 1, None),
        (actions.stage_stock, fresh.id, 1, None),
    ]:
        with pytest.raises(Conflict, match="item-not-live"):
            _do(verb, *args)


def test_what_does_not_exist_is_not_found(session, listing) -> None:
    with pytest.raises(NotFound):
        _do(actions.stage_stock, 10**9, 1, None)
    with pytest.raises(NotFound):
        _do(actions.change_sale, listing.id, [10**9], "pause", None)


def test_a_retired_items_staging_holds_nobody_up(session, listing, item) -> None:
    other = next(i for i in listing.items if i.id != item.id)
    _stage(item, 10)
    _stage(other, 18000)
    _do(actions.change_sale, listing.id, [item.id], "retire", None)
    _do(actions.apply_staged, listing.id, None, (), None)
    session.expire_all()
    assert other.offer.price == 18000


@pytest.mark.parametrize("action", ["pause", "recall", "retire"])
def test_a_sale_state_is_told_with_its_revision(session, listing, item, action) -> None:
    _do(actions.change_sale, listing.id, [item.id], action, None)
    session.expire_all()
    states = {"pause": "paused", "recall": "recalled", "retire": "retired"}
    assert (item.sale, item.sale_changed_at is not None) == (states[action], True)
    told = _told(session, "sale", item)
    assert {(p["sale"]["state"], p["sale"]["revision"]) for p in told} == {
        (states[action], item.sale_revision)
    }
    assert timeline_of(listing.id)[0].event == f"item-{action}"
    with pytest.raises(Conflict):
        _do(actions.change_sale, listing.id, [item.id], action, None)


def test_a_recalled_item_comes_back_only_by_resuming(session, listing, item) -> None:
    _do(actions.change_sale, listing.id, [item.id], "recall", None)
    _do(actions.change_sale, listing.id, [item.id], "resume", None)
    session.expire_all()
    assert item.sale == "on"


@pytest.mark.parametrize("action", ["release", "", "sell", "approve"])
def test_nobody_releases_an_item_but_a_verdict(session, action) -> None:
    listing = made.draft()
    item = made.first_item(listing)
    with pytest.raises(Invalid):
        _do(actions.change_sale, listing.id, [item.id], action, None)
    session.expire_all()
    assert item.sale == "never"


def test_an_item_never_approved_has_no_sale_to_change(session) -> None:
    listing = made.draft()
    item = made.first_item(listing)
    with pytest.raises(Conflict):
        _do(actions.change_sale, listing.id, [item.id], "retire", None)
    session.expire_all()
    assert item.sale == "never"


def test_one_refused_item_keeps_the_whole_batch_as_it_was(session, listing) -> None:
    one, two = listing.items
    _do(actions.change_sale, listing.id, [two.id], "pause", None)
    with pytest.raises(Conflict):
        _do(actions.change_sale, listing.id, [one.id, two.id], "pause", None)
    session.expire_all()
    assert (one.sale, two.sale) == ("on", "paused")


def test_anothers_item_is_not_changed(session, listing) -> None:
    foreign = made.first_item(made.live())
    with pytest.raises(NotFound):
        _do(actions.change_sale, listing.id, [foreign.id], "recall", None)
    session.expire_all()
    assert foreign.sale == "on"


def test_pausing_against_recalling_never_ends_on_sale(session, race, listing, item) -> None:
    listing_id, item_id = listing.id, item.id
    session.commit()

    def does(action: str):
        def act() -> str:
            with unit_of_work():
                actions.change_sale(listing_id, [item_id], action, None)
            return action

        return act

    race(does("pause"), does("recall"))
    session.rollback()
    session.expire_all()
    assert item.sale in ("recalled", "paused")
    revisions = [p["sale"]["revision"] for p in _told(session, "sale", item)]
    assert revisions == sorted(revisions)


def test_a_placement_never_goes_back(session, item) -> None:
    def tells(**said) -> Placement:
        _do(actions.record_placement, item.id, "catalogue", **said)
        session.expire_all()
        return placements_of([item.id])[item.id, "catalogue"]

    tells(state="recalled", sale_revision=5, product_revision=3, offer_revision=4, url="/p/1")
    row = tells(state="on", sale_revision=4, product_revision=2, offer_revision=9)
    assert (row.state, row.sale_revision, row.product_revision) == ("recalled", 5, 3)
    assert (row.offer_revision, row.url) == (9, "/p/1")
    assert row.external_id == f"catalogue-{item.id}"
    assert tells(state="on", sale_revision=6, external_id="new").state == "on"


def test_a_stock_level_never_goes_back(session, item) -> None:
    for count, revision, stands in [(20, 5, 20), (99, 4, 20), (99, 5, 20), (0, 6, 0)]:
        _do(actions.record_stock_level, item.id, count, revision)
        session.expire_all()
        stock = session.get(Stock, item.id)
        assert (stock.count, stock.owner) == (stands, "orders")
