"""What the targets have and what we approved come together again, and each drift is mended once."""

import pytest
from sqlalchemy import select, text, update

from app.core.celery import ring
from app.core.unit_of_work import record, unit_of_work
from app.journey.handoff import payload, tasks
from app.journey.handoff.models import Delivery
from app.journey.handoff.reconciling import asking, noting, reading, runs, walking
from app.journey.handoff.reconciling.models import Difference, Reconciliation, ReconciliationPart
from app.journey.handoff.target import TARGETS
from app.listings.events import VersionApproved
from app.listings.models import Item, Listing, Offer, Stock
from app.listings.queries import live_version, part_of
from app.receivers import holdings
from app.settings import settings
from tests.factories import handoff as made
from tests.factories import people

HISTORY = "/operator/reconciliation"


@pytest.fixture(autouse=True)
def at_once(neighbours):
    object.__setattr__(settings(), "reconcile_grace_seconds", 0)


@pytest.fixture
def reconcile(session, run_tasks):
    """A whole run, and whatever it rang for; the differences that this run saw."""

    def run():
        session.commit()
        with unit_of_work():
            number = runs.start()
        assert walking.go_on(number, 60) is False
        ring("handoff.sweep")
        run_tasks()
        session.expire_all()
        seen = select(Difference).where(Difference.last_run_id == number).order_by(Difference.id)
        return session.scalars(seen).all()

    return run


@pytest.fixture
def sold(approve, run_tasks):
    """A listing of two items that both targets have."""
    listing_id = approve(items=2)
    run_tasks()
    return listing_id


def sql(neighbours, code, statement):
    app = dict(zip(("catalogue", "orders"), neighbours, strict=True))[code]
    with app.extensions["store"].engine.begin() as connection:
        connection.execute(text(statement))


def held(code):
    return {one["listing_id"]: one for one in asking.holdings(TARGETS[code], 0).listings}


def name_there(neighbours):
    with neighbours[0].extensions["store"].engine.begin() as connection:
        named = text("SELECT content->'name'->>'ko' FROM catalogue.product")
        return connection.scalars(named).one()


def told(rows):
    return [(row.target, row.part, row.kind, row.done) for row in rows]


def test_where_all_agree_nothing_is_done(sold, reconcile, session):
    before = session.scalar(select(Delivery.id).order_by(Delivery.id.desc()))
    assert reconcile() == []
    assert session.scalar(select(Delivery.id).order_by(Delivery.id.desc())) == before
    parts = session.scalars(select(ReconciliationPart)).all()
    assert {(part.target, part.listings, part.failure) for part in parts} == {
        ("catalogue", 1, ""),
        ("orders", 1, ""),
    }


@pytest.mark.parametrize(
    ("code", "broken", "expected"),
    [
        ("catalogue", "DELETE FROM catalogue.item; DELETE FROM catalogue.product",
         [("product", "missing", "resent")]),
        ("orders", "DELETE FROM orders.item WHERE item_id = (SELECT max(item_id) FROM orders.item)",
         [("item", "missing", "resent")]),
        ("catalogue", "UPDATE catalogue.product SET version = 0",
         [("product", "older", "resent")]),
        ("catalogue", "UPDATE catalogue.product SET version = 9",
         [("product", "newer", "resent")]),
        ("orders", "UPDATE orders.item SET price = 1", [("offer", "differs", "resent")] * 2),
        ("catalogue", "UPDATE catalogue.item SET sale = 'paused', sale_revision = 0",
         [("sale", "older", "resent")] * 2),
    ],
)  # fmt: skip
def test_drift_is_mended_although_the_key_is_noted(
    sold, reconcile, neighbours, code, broken, expected
):
    sql(neighbours, code, broken)
    assert told(reconcile()) == [(code, *one) for one in expected]
    assert reconcile() == [], "both targets and we agree"
    assert held("catalogue")[sold]["version"] == held("orders")[sold]["version"]
    for target in ("catalogue", "orders"):
        items = held(target)[sold]["items"]
        assert [(one["price"], one["sale"]) for one in items] == [(12900, "on")] * 2


def test_a_drift_is_mended_once_and_flagged_when_it_stays(sold, reconcile, neighbours, session):
    # A target that takes what it is told and keeps it as it was.
    sql(neighbours, "catalogue", """
        CREATE OR REPLACE FUNCTION catalogue.stubborn() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.price := 1; NEW.offer_revision := 1; RETURN NEW; END $$;
        CREATE TRIGGER stubborn BEFORE UPDATE ON catalogue.item
        FOR EACH ROW EXECUTE FUNCTION catalogue.stubborn();
        UPDATE catalogue.item SET price = 1
    """)  # fmt: skip
    try:
        for _ in range(noting.FLAGGED_AFTER):
            rows = reconcile()
    finally:
        sql(neighbours, "catalogue", "DROP FUNCTION catalogue.stubborn CASCADE")
    assert [(row.seen, row.flagged_at is not None) for row in rows] == [(3, True)] * 2
    offers = session.scalars(select(Delivery).filter_by(subject="offer", target="catalogue")).all()
    assert len(offers) == 2, "one for each item, however often it was seen"


@pytest.mark.parametrize(
    ("code", "altered", "part"),
    [
        ("catalogue", """UPDATE catalogue.product SET content =
             jsonb_set(content, '{name,ko}', '"다른 이름"')""", "product"),
        ("catalogue", """UPDATE catalogue.product SET content =
             content #- '{pictures,0,renditions,0}'""", "product"),
        ("catalogue", "UPDATE catalogue.item SET pictures = '[7]' WHERE position = 0", "item"),
        ("catalogue", "UPDATE catalogue.item SET version = 0 WHERE position = 0", "item"),
        ("catalogue", "UPDATE catalogue.item SET list_price = 1 WHERE position = 0", "offer"),
        ("orders", """UPDATE orders.listing SET name = '{"ko": "다른 이름"}'""", "product"),
        ("orders", "UPDATE orders.item SET option = '파랑' WHERE option LIKE '%0'", "item"),
    ],
)  # fmt: skip
def test_what_was_altered_there_is_found_and_said_anew_once(
    sold, reconcile, neighbours, session, code, altered, part
):
    tasks.refresh_stock()
    sql(neighbours, code, altered)
    kind = "older" if "version" in altered else "differs"
    assert told(reconcile()) == [(code, part, kind, "resent")]
    assert reconcile() == [], "what was altered is as it was approved"
    sent = select(Delivery.target).where(Delivery.revision == 2)
    assert sorted(session.scalars(sent)) == ["catalogue", "orders"], "once, to both"
    counts = {one["stock"]["revision"] for one in held("orders")[sold]["items"]}
    assert counts == set(session.scalars(select(Stock.revision))), "counts do not begin anew"


def test_an_altered_title_that_stays_is_flagged_in_words(
    sold, reconcile, neighbours, client, session
):
    sql(neighbours, "catalogue", """
        CREATE OR REPLACE FUNCTION catalogue.stubborn() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN NEW.content := OLD.content; NEW.version := OLD.version; RETURN NEW; END $$;
        UPDATE catalogue.product SET content = jsonb_set(content, '{name,ko}', '"다른 이름"');
        CREATE TRIGGER stubborn BEFORE UPDATE ON catalogue.product
        FOR EACH ROW EXECUTE FUNCTION catalogue.stubborn();
    """)  # fmt: skip
    try:
        for _ in range(noting.FLAGGED_AFTER):
            row = next(row for row in reconcile() if row.part == "product")
    finally:
        sql(neighbours, "catalogue", "DROP FUNCTION catalogue.stubborn CASCADE")
    assert (row.seen, row.flagged_at is not None, row.done) == (3, True, "resent")
    sent = session.scalars(select(Delivery).filter_by(subject="product", target="catalogue")).all()
    assert len(sent) == 2, "said anew once, however often it was seen"
    operator = people.signed_in(client, people.operator())
    session.commit()
    mark = row.theirs["digest"][:8]
    assert f"Content {mark}" in operator.get(HISTORY, headers={"Accept-Language": "en"}).text
    korean = operator.get(HISTORY).text
    assert f"내용 {mark}" in korean and "내용이 다름" in korean


def test_another_text_under_a_version_that_the_targets_have_had_gets_through(
    sold, reconcile, neighbours, run_tasks, session
):
    """Our database was restored to before version 2, and another version 2 was approved since."""
    sent = session.scalars(select(Delivery.payload).filter_by(target="catalogue")).one()
    lost = sent | {"version": 2, "name": {"ko": "잃어버린 이름"}}
    for target in TARGETS:
        asking.tell(target, [payload.delivery("product", sold, 2, False, lost)])
    first = live_version(sold)
    product = part_of(first, None).content | {"name": {"ko": "새 이름"}}
    listing = session.get(Listing, sold)
    second = made.new_version(listing, 2, first.category_version_id, product).id
    session.commit()
    with unit_of_work():
        record(VersionApproved(sold, second))
    run_tasks()
    states = select(Delivery.state).filter_by(subject="product", revision=2)
    assert session.scalars(states).all() == ["delivered"] * 2, "answered as repeats"
    assert name_there(neighbours) == "잃어버린 이름"
    # The order system's is on its way by then: what is said anew is said to both.
    assert told(reconcile()) == [("catalogue", "product", "differs", "resent")]
    assert reconcile() == []
    assert name_there(neighbours) == "새 이름"


def test_targets_that_tell_no_digest_are_compared_as_before(
    sold, reconcile, neighbours, monkeypatch
):
    def older(page):
        for one in page["listings"]:
            one.pop("digest", None)
            for item in one["items"]:
                item.pop("digest", None)
                item.pop("list_price", None)
        return page

    sql(neighbours, "catalogue", "UPDATE catalogue.product SET content = content - 'brand'")
    sql(neighbours, "catalogue", "UPDATE catalogue.item SET list_price = 1")
    as_told = holdings.page
    monkeypatch.setattr(holdings, "page", lambda *given: older(as_told(*given)))
    assert reconcile() == []
    sql(neighbours, "catalogue", "UPDATE catalogue.item SET price = 1")
    assert told(reconcile()) == [("catalogue", "offer", "differs", "resent")] * 2


def test_what_was_delivered_before_there_were_digests_is_compared_as_before(
    sold, reconcile, neighbours, session
):
    session.execute(update(Delivery).values(digests=None))
    sql(neighbours, "catalogue", "UPDATE catalogue.product SET content = content - 'brand'")
    assert reconcile() == []


def test_counts_are_the_order_systems(sold, reconcile, neighbours, session):
    sql(neighbours, "orders", "UPDATE orders.item SET stock = 3, stock_revision = 8")
    assert told(reconcile()) == [("orders", "stock", "newer", "taken")] * 2
    levels = session.execute(select(Stock.count, Stock.revision)).all()
    assert levels == [(3, 8)] * 2
    sql(neighbours, "orders", "UPDATE orders.item SET stock = 5, stock_revision = 2")
    assert told(reconcile()) == [("orders", "stock", "older", "taken")] * 2
    assert reconcile() == []


def test_what_was_recalled_there_does_not_come_back(sold, reconcile, neighbours, session):
    sql(neighbours, "catalogue", "UPDATE catalogue.item SET sale = 'recalled', sale_revision = 7")
    assert told(reconcile()) == [("catalogue", "sale", "newer", "taken")] * 2
    assert set(session.scalars(select(Item.sale))) == {"recalled"}
    assert {one["sale"] for one in held("orders")[sold]["items"]} == {"recalled"}
    assert reconcile() == []


def test_what_is_unknown_here_is_recalled_and_never_deleted(sold, reconcile, neighbours, session):
    sql(neighbours, "catalogue", "UPDATE catalogue.product SET listing_id = 999")
    assert ("catalogue", "product", "unknown", "recalled") in told(reconcile())
    assert {one["sale"] for one in held("catalogue")[999]["items"]} == {"recalled"}
    assert ("catalogue", "product", "unknown", "left") in told(reconcile())
    assert 999 in held("catalogue")
    # Its items are another's there, so what is missing was refused: once, and then flagged.
    flagged = [(row.part, row.kind) for row in reconcile() if row.flagged_at]
    assert flagged == [("product", "missing")]
    sent = select(Delivery.state).filter_by(subject="product", target="catalogue")
    assert session.scalars(sent.order_by(Delivery.id)).all() == ["delivered", "refused"]


def test_what_is_on_its_way_is_no_drift(approve, reconcile, session):
    approve(items=1)
    session.execute(update(Delivery).values(lease_until=text("now() + interval '1 hour'")))
    session.commit()
    assert reconcile() == []


def test_a_later_approval_is_newer_than_what_was_said_anew(sold, reconcile, neighbours, session):
    sql(neighbours, "catalogue", "UPDATE catalogue.product SET version = 9")
    reconcile()
    assert session.get(Listing, sold).version_lead == 9
    assert held("catalogue")[sold]["version"] == 10, "the next version is told as 11"


def test_one_run_at_a_time_and_a_dead_one_is_gone_on_with(sold, reconcile, session):
    with unit_of_work():
        number = runs.start()
        assert runs.start() == number
        lease = runs.claim(number)
    assert lease is not None
    with unit_of_work():
        assert runs.claim(number) is None and runs.due() is None
    session.execute(update(Reconciliation).values(lease_until=text("now() - interval '1 s'")))
    session.execute(
        update(ReconciliationPart)
        .where(ReconciliationPart.target == "catalogue")
        .values(cursor=sold, listings=1)
    )
    session.commit()
    with unit_of_work():
        assert runs.due() == number
    assert walking.go_on(number, 60) is False
    session.expire_all()
    parts = session.scalars(select(ReconciliationPart)).all()
    assert [part.listings for part in parts] == [1, 1], "nothing is gone through twice"


def test_a_target_that_does_not_answer_ends_its_part_alone(sold, reconcile, monkeypatch, session):
    monkeypatch.setenv("CATALOGUE_URL", "http://127.0.0.1:9")
    settings.cache_clear()
    reconcile()
    parts = {part.target: part.failure for part in session.scalars(select(ReconciliationPart))}
    assert parts == {"catalogue": "no-answer", "orders": ""}


def test_page_by_page(approve, reconcile, neighbours, run_tasks, monkeypatch):
    listings = [approve(items=1) for _ in range(5)]
    run_tasks()
    for module, name in ((holdings, "LISTINGS_PAGE"), (reading, "PAGE")):
        monkeypatch.setattr(module, name, 2)
    for place in (0, 2, 4):
        sql(neighbours, "catalogue", f"""
            DELETE FROM catalogue.item WHERE product_id IN
              (SELECT id FROM catalogue.product WHERE listing_id = {listings[place]});
            DELETE FROM catalogue.product WHERE listing_id = {listings[place]}
        """)  # fmt: skip
    found = reconcile()
    assert [row.listing_id for row in found] == [listings[0], listings[2], listings[4]]
    assert reconcile() == []


def test_prices_of_a_restored_database_are_said_anew(sold, reconcile, neighbours, session):
    for code in ("catalogue", "orders"):
        sql(neighbours, code, f"UPDATE {code}.item SET price = 9900, offer_revision = 6")
    kinds = told(reconcile())
    # The second target's are on their way already, by what the first one's difference opened.
    assert kinds == [("catalogue", "offer", "newer", "resent")] * 2
    assert set(session.scalars(select(Offer.revision))) == {7}
    assert reconcile() == []
    assert {one["price"] for one in held("orders")[sold]["items"]} == {12900}


def test_operators_read_what_differed_and_ask_for_a_run(
    sold, reconcile, neighbours, session, client, run_tasks
):
    operator = people.signed_in(client, people.operator(name="한도윤"))
    english = {"Accept-Language": "en"}
    assert "Nothing was compared yet" in operator.get(HISTORY, headers=english).text
    assert HISTORY in operator.get("/operator/deliveries").text
    sql(neighbours, "orders", "UPDATE orders.item SET price = 1")
    session.commit()
    answer = operator.post(HISTORY)
    assert answer.status_code == 303
    assert operator.post(HISTORY).location == answer.location, "a second click begins no other"
    run_tasks()
    page = operator.get(answer.location, headers=english).text
    assert "₩1," in page and "₩12,900" in page and "Sent again as a newer revision" in page
    assert "한도윤" in operator.get(HISTORY).text
    reconcile()
    assert "Agree again" in operator.get(answer.location, headers=english).text


def test_the_command_says_what_it_did(sold, neighbours, session, app):
    sql(neighbours, "orders", "UPDATE orders.item SET price = 1")
    session.commit()
    done = app.test_cli_runner().invoke(args=["reconcile"])
    assert done.exit_code == 0, done.output
    assert "offer differs: resent" in done.output and "2 differences, 2 mended" in done.output
